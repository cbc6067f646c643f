import { join } from 'node:path';
import { functionName, queries, queryNames, type QueryName } from '@yici/domain/model';
import { expect } from 'chai';
import type { Door, UserFiles } from '../../integration/gateway/support/api.js';
import {
  commit,
  digestOf,
  fileCase,
  openDataset,
  publishDataset,
  taskCode,
} from '../../integration/gateway/support/story.js';
import { deliverTo } from '../../support/domain/sharing.js';
import { peerAddress, StockClient } from './stock-client.js';
import { withoutRole } from './without-role.js';

const shareId = 'share-attacked';
const attestationId = 'attestation-attacked';
const orderId = 'order-attacked';
const year = new Date().getUTCFullYear();
const duty = { department: 'offices', code: 'OFFICES-01' };

/** What each query is asked; records that nobody has made are left to the contract's own tests. */
const inputs = (caseNo: string): Readonly<Record<QueryName, object>> => ({
  'department.get': { id: 'data' },
  'department.list': {},
  'reform.get': { reformId: 'none' },
  'reform.list': {},
  'calendar.get': { year },
  'duty.get': duty,
  'duty.list': {},
  'duty.versions': duty,
  'duty.matters': duty,
  'duty.overlaps': {},
  'matter.get': { taskCode },
  'matter.list': {},
  'matter.reviews': {},
  'oneThing.get': { code: 'NONE' },
  'oneThing.list': {},
  'oneThing.case': { no: 'NONE-20260101-0001' },
  'case.get': { caseNo },
  'case.events': { caseNo },
  'dataset.get': { datasetId: 'establishment.attacked' },
  'dataset.list': {},
  'dataset.versions': { datasetId: 'establishment.attacked' },
  'dataset.topics': {},
  'attestation.get': { attestationId },
  'attestation.verify': { attestationId },
  'attestation.list': { caseNo },
  'attestation.uses': { attestationId },
  'appKey.get': { department: 'data', keyId: '0'.repeat(32) },
  'appKey.list': {},
  'dutyRuling.get': { rulingId: `${caseNo}-R1` },
  'delegation.get': { delegationId: 'none' },
  'delegation.list': {},
  'card.get': { cardId: 'none' },
  'order.get': { orderId },
  'evaluation.get': { caseNo },
  'audit.get': { report: '0'.repeat(64) },
  'journal.list': {},
  'sharing.get': { shareId },
  'sharing.grantOf': { shareId },
  'sharing.events': { shareId },
  'sharing.receipts': { shareId },
  'sharing.values': { shareId },
});

/** Queries about what is there and concerns some departments, and no other. */
const made: readonly QueryName[] = [
  'case.get',
  'case.events',
  'attestation.get',
  'attestation.verify',
  'attestation.list',
  'attestation.uses',
  'sharing.get',
  'sharing.grantOf',
  'sharing.events',
  'sharing.receipts',
];

/** A network with the departments of the tests, seeded, whose peers can be reached. */
export interface ReachableStand {
  readonly api: Door;
  readonly channel: string;
  /** The network's data folder: `identities/`, `pki/`. */
  readonly folder: string;
}

/** What whoever reaches a peer is answered there. Registers the tests. */
export function tellsQueries(stand: () => ReachableStand): void {
  let caseNo: string;
  const clients = new Map<string, StockClient>();

  before(async () => {
    const { api } = stand();
    caseNo = await fileCase(api, 'data.clerk1');
    await deliverTo(api, shareId, 'establishment.shared');
    const attested = openDataset('establishment.attacked', 'count');
    await publishDataset(api, 'establishment', attested);
    await commit(api, 'establishment.clerk1', '/v1/attestations', {
      ...{ attestationId, datasetId: 'establishment.attacked', requester: 'data', caseNo },
      purpose: 'office space',
      fields: [{ code: 'count', ...digestOf('salted 12') }],
      validFrom: new Date(Date.now() - 60_000).toISOString(),
      validTo: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await commit(api, 'supervision.supervisor1', '/v1/orders', {
      ...{ orderId, department: 'offices', subject: '督办', document: digestOf('order') },
      ...{ mandate: 'headInstruction', mandateNumber: '督〔2026〕1号' },
      mandateDocument: digestOf('mandate'),
      limit: { value: 5, unit: 'workingDay' },
    });
  });
  after(() => {
    for (const client of clients.values()) client.close();
  });

  const address = (department: string) => {
    const user = department === 'supervision' ? 'supervision.head1' : `${department}.clerk1`;
    return peerAddress(join(stand().folder, 'identities', user));
  };
  /** Asks one department's peer, whoever it is that asks. */
  const asking = async (name: string, at: string, files?: UserFiles): Promise<StockClient> => {
    const key = `${name}@${at}`;
    const who = files ?? (await stand().api.identity(name));
    const client = clients.get(key) ?? new StockClient(stand().channel, address(at), who);
    clients.set(key, client);
    return client;
  };
  const answers = async (client: StockClient, names: readonly QueryName[]) => {
    const given = inputs(caseNo);
    const all: Record<string, string> = {};
    for (const name of names) {
      all[name] = await client.ask(functionName(name), given[name]);
    }
    return all;
  };
  const refusedWith = (code: string, names: readonly QueryName[]) =>
    Object.fromEntries(names.map((name) => [name, code]));

  it('whoever has a certificate of a member without a role is answered nothing, by any peer', async () => {
    for (const at of ['data', 'offices']) {
      const nobody = await withoutRole(stand().folder, 'data', 'DataMSP');
      const given = await answers(await asking('nobody', at, nobody), queryNames);
      expect(given).to.deep.equal(refusedWith('ROLE_REFUSED', queryNames));
    }
  });

  it('an official of a department that has no part in it is told that there is no such record', async () => {
    for (const at of ['supervision', 'data', 'offices']) {
      const third = await asking('supervision.head1', at);
      expect(await answers(third, made)).to.deep.equal(refusedWith('NOT_FOUND', made));
    }
    const other = await asking('establishment.clerk1', 'establishment');
    expect(await other.ask('order:get', { orderId })).to.equal('NOT_FOUND');
  });

  it('nor is anybody told whether there is one: what is not there is refused in the same words', async () => {
    const third = await asking('supervision.head1', 'supervision');
    const none = 'OFFICES0001-20260101-0001';
    for (const query of ['case.get', 'case.events'] as const) {
      const ask = (given: string) =>
        third.contract
          .evaluateTransaction(functionName(query), JSON.stringify({ caseNo: given }))
          .then(
            () => 'answered',
            (error: unknown) => JSON.stringify(error, ['details', 'message']),
          );
      const [there, absent] = [await ask(caseNo), await ask(none)];
      expect(there.replaceAll(caseNo, none), query).to.equal(absent);
    }
  });

  it('those it concerns are answered, and supervisors of the supervision office, and a gateway for its users', async () => {
    const ask = async (user: string, at: string, name: QueryName) =>
      (await answers(await asking(user, at), [name]))[name];
    for (const [user, at, name] of [
      ['data.clerk1', 'data', 'case.get'],
      ['offices.head1', 'offices', 'case.events'],
      ['establishment.clerk1', 'establishment', 'attestation.get'],
      ['data.clerk1', 'data', 'attestation.verify'],
      ['offices.clerk1', 'offices', 'order.get'],
      ['offices.clerk1', 'offices', 'sharing.get'],
      // The lead authority reads use records (Order 809 art 29).
      ['data.clerk1', 'data', 'sharing.receipts'],
      ['supervision.supervisor1', 'supervision', 'case.get'],
      ['supervision.supervisor1', 'supervision', 'sharing.events'],
      ['data.gateway', 'data', 'sharing.get'],
    ] as const) {
      expect(await ask(user, at, name), `${user} ${name}`).to.match(/^[{]/);
    }
  });

  it('what is for every member every member’s officials are answered', async () => {
    const shared = queryNames.filter((name) => queries[name].audience === 'members');
    const given = await answers(await asking('supervision.head1', 'supervision'), shared);
    for (const [name, answer] of Object.entries(given)) {
      expect(answer, name).to.match(/^([{]|NOT_FOUND$)/);
    }
  });

  it('no third department is answered values or salts, by whichever peer', async () => {
    for (const [user, at] of [
      ['data.clerk1', 'data'],
      ['data.clerk1', 'offices'],
      ['supervision.supervisor1', 'establishment'],
      ['supervision.head1', 'offices'],
    ] as const) {
      const client = await asking(user, at);
      const answer = await client.ask('sharing:values', { shareId });
      expect(answer, `${user} at ${at}`).to.not.include('"salt"');
    }
  });
}
