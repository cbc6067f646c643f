import { join } from 'node:path';
import {
  caseRecord,
  matterRecord,
  calendarVersionRecord,
  commandNames,
  datasetVersionRecord,
  queryNames,
  type MatterContent,
} from '@yici/domain/model';
import type { LedgerEvent } from '@yici/api';
import { provisionalCalendar, verifyFolder, yearsInReach } from '@yici/client/testing';
import { dataFolder } from '@yici/network';
import { exportBlocks } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { digestOf, leaseMatter, openDataset } from '../../integration/gateway/support/story.js';
import { ask, endorse, blockOf, heightOf, Players } from './players.js';
import type { Clock, EngineUnderTest, Keys, Stand } from './stand.js';
import { entriesOf, Renaming, type Entry } from './transcript.js';
import { sealedVoucher } from '../../support/vouchers.js';

/** What a run on one engine left behind, for comparing it with another's. */
export interface Transcript {
  /** Records and refusals that callers got, in order. */
  readonly answers: unknown[];
  /** Events that listeners got. */
  readonly events: Omit<LedgerEvent, 'txId'>[];
  /** What the peers committed. */
  readonly entries: Entry[];
}

/** What fabric-contract-api says of a chaincode (contract-schema.json of fabric-contract-api 2.5.8). */
const contractMetadata = z.object({
  info: z.object({ title: z.string() }),
  contracts: z.record(
    z.string(),
    z.object({
      transactions: z.array(
        z.object({
          name: z.string(),
          tag: z.array(z.string()).default([]),
          parameters: z.array(z.unknown()).default([]),
        }),
      ),
    }),
  ),
});

/** Both engines begin at this height: read-write sets name blocks, and deploying the chaincode takes more or fewer. */
const firstBlock = 12;

const functions: Readonly<Record<string, readonly string[]>> = {
  establishment: ['establishment'],
  offices: [],
  data: ['leadAuthority'],
  supervision: ['supervision'],
};
const departments = Object.keys(functions);

/** A matter on which two departments are asked at once, and one material that comes by an attestation. */
const matter: MatterContent = {
  ...leaseMatter,
  materials: [
    ...leaseMatter.materials,
    {
      code: 'headcount',
      name: { zh: '实有人数', en: 'Present staff' },
      required: true,
      tolerable: false,
      source: 'sharing',
      datasetId: 'headcount',
      form: 'electronic',
    },
  ],
  flow: [
    ...leaseMatter.flow,
    {
      id: 'review',
      department: 'supervision',
      kind: 'opinion',
      mode: 'parallel',
      after: [],
      limit: { value: 3, unit: 'workingDay' },
    },
  ],
};
const { taskCode } = matter;
const filing = {
  taskCode,
  matterVersion: 1,
  form: digestOf('form'),
  materials: [{ code: 'application', document: digestOf('application') }],
};

/**
 * How a network behaves, whichever engine is under it: what callers are answered, what is refused and with which code, what
 * validation codes the peers write, what listeners are told, and that all of it can be verified from the blocks alone.
 * Registers the suite with mocha; the transcript is complete when it has run.
 */
export function behavesAsANetwork(engine: EngineUnderTest, keys: () => Keys, clock: () => Clock) {
  const transcript: Transcript = { answers: [], events: [], entries: [] };

  describe(`the behaviour of a network on the ${engine.kind} engine`, function () {
    this.timeout(240_000);
    let stand: Stand;
    let players: Players;
    let caseNo: string;

    before(async function () {
      engine.requires(this);
      stand = await engine.open(keys(), clock());
      players = new Players(stand);
    });

    after(async () => {
      await (stand as Stand | undefined)?.close();
    });

    const act = async (user: string, command: string, input: object): Promise<unknown> => {
      const record = await players.act(user, command, { ...input });
      transcript.answers.push(record);
      return record;
    };
    const refused = async (user: string, command: string, input: object): Promise<string> => {
      const code = await players.refused(user, command, { ...input });
      transcript.answers.push(code);
      return code;
    };
    const code = async (work: Promise<string>): Promise<string> => {
      const name = await work;
      transcript.answers.push(name);
      return name;
    };

    it('says which engine it is and whether that is one point of trust', async () => {
      const network = await (await players.as('data.clerk1')).network();
      expect(network).to.deep.include({
        channel: 'stand',
        engine: engine.kind,
        onePointOfTrust: engine.kind === 'embedded',
        genesisHash: stand.genesisHash,
      });
    });

    it('tells of every command and query in its metadata, as contracts written out would', async () => {
      const bytes = await ask(stand, 'data.clerk1', 'yici', ['org.hyperledger.fabric:GetMetadata']);
      const { info, contracts } = contractMetadata.parse(JSON.parse(Buffer.from(bytes).toString()));
      expect(info.title).to.equal('@yici/chaincode');
      const told = Object.entries(contracts)
        .filter(([contract]) => contract !== 'org.hyperledger.fabric')
        .flatMap(([contract, { transactions }]) =>
          transactions.map(({ name, tag, parameters }) => {
            expect(parameters, name).to.deep.equal([
              { name: 'input', description: '', schema: { type: 'string' } },
            ]);
            return [`${contract}.${name}`, tag.includes('SUBMIT')];
          }),
        );
      expect(Object.fromEntries(told)).to.deep.equal({
        ...Object.fromEntries(commandNames.map((name) => [name, true])),
        ...Object.fromEntries(queryNames.map((name) => [name, false])),
      });
    });

    it('orders a query that is submitted, and writes nothing for it', async () => {
      while ((await heightOf(stand)) < firstBlock) {
        const call = await endorse(stand, { user: 'data.clerk1', args: ['department:list', '{}'] });
        expect(await call.submit()).to.equal('VALID');
      }
      expect(await heightOf(stand)).to.equal(firstBlock);
      // How many blocks a start takes is the engine's own affair, and so is how many were missing here.
      clock().goOnTo(firstBlock);
    });

    it('registers departments, and a function when enough others declare for it', async () => {
      for (const id of departments) {
        const name = { zh: id, en: id };
        const entry = { id, name, level: 'city', regionCode: '331100', functions: functions[id] };
        await act(`${id}.head1`, 'department.register', entry);
      }
      expect(await refused('data.head1', 'department.register', register('data'))).to.equal(
        'ALREADY_EXISTS',
      );
      for (const id of departments.filter((each) => functions[each]?.length)) {
        for (const other of departments.filter((each) => each !== id).slice(0, 2)) {
          await act(`${other}.head1`, 'department.confirm', { id, functions: functions[id] });
        }
      }
    });

    it('takes a calendar that another department confirmed', async () => {
      for (const year of yearsInReach(clock().now())) {
        const proposed = await act('data.clerk1', 'calendar.import', provisionalCalendar(year));
        const { version, contentDigest } = calendarVersionRecord.parse(proposed);
        await act('establishment.head1', 'calendar.confirm', { year, version, contentDigest });
      }
    });

    it('publishes a matter only with the signatures of owner and establishment office', async () => {
      const worded = datasetVersionRecord.parse(
        await act('establishment.clerk1', 'dataset.register', openDataset('headcount', 'present')),
      );
      const entry = { datasetId: 'headcount', version: 1, contentDigest: worded.contentDigest };
      const approval = { ...entry, secrecyReview: digestOf('secrecy review') };
      expect(await refused('data.clerk1', 'dataset.publish', entry)).to.equal('WRONG_STATE');
      await act('establishment.head1', 'dataset.approve', approval);
      await act('data.clerk1', 'dataset.publish', entry);
      const draft = matterRecord.parse(await act('offices.clerk1', 'matter.draft', matter));
      const { version, contentDigest } = draft;
      const cosignature = { taskCode, version, contentDigest };
      expect(await refused('data.clerk1', 'case.submit', filing)).to.equal('MATTER_NOT_PUBLISHED');
      expect(await refused('offices.clerk1', 'matter.publish', { taskCode, version })).to.equal(
        'WRONG_STATE',
      );
      expect(await refused('offices.clerk1', 'matter.cosign', cosignature)).to.equal(
        'ROLE_REFUSED',
      );
      await act('offices.head1', 'matter.cosign', cosignature);
      await act('establishment.head1', 'matter.cosign', cosignature);
      await act('offices.clerk1', 'matter.publish', { taskCode, version });
    });

    it('carries a case from filing to delivery, and refuses what the rules refuse', async () => {
      expect(await refused('data.clerk1', 'case.submit', { ...filing, materials: [] })).to.equal(
        'MATERIAL_MISSING',
      );
      const filed = caseRecord.parse(await act('data.clerk1', 'case.submit', filing));
      ({ caseNo } = filed);
      expect(await refused('establishment.clerk1', 'case.receive', { caseNo })).to.equal(
        'WRONG_DEPARTMENT',
      );
      await act('offices.clerk1', 'case.receive', { caseNo });
      expect(await refused('offices.clerk1', 'case.receive', { caseNo })).to.equal('WRONG_STATE');
      const attestationId = `${caseNo}-headcount`;
      await act('establishment.clerk1', 'attestation.issue', attestation(attestationId, caseNo));
      const attested = [{ code: 'headcount', attestationId }];
      await act('offices.clerk1', 'case.accept', { caseNo, attested, ...sealedVoucher });
    });

    it('takes one of two answers that were given at once, and the other when it is signed anew', async () => {
      const opinion = { answer: 'agree' };
      const ask = (user: string, stepId: string) =>
        players.api.post(user, `/v1/cases/${caseNo}/opinion`, { ...opinion, stepId });
      clock().tick();
      const users = ['establishment.clerk1', 'supervision.clerk1'] as const;
      const [first, second] = users;
      const one = await players.api.step(first, await ask(first, 'headcount'), 'endorse');
      const two = await players.api.step(second, await ask(second, 'review'), 'endorse');
      const settle = async (user: string, transaction: typeof one) => {
        await players.api.step(user, transaction, 'submit');
        return players.api.get(user, `/v1/transactions/${transaction.id}?wait=20`);
      };
      expect((await settle(first, one)).at('state')).to.equal('committed');
      const lost = await settle(second, two);
      transcript.answers.push(lost.at('code'), lost.at('retry'));
      expect([lost.at('code.name'), lost.at('retry')]).to.deep.equal(['MVCC_READ_CONFLICT', true]);
      clock().tick();
      const again = await players.api.post(second, `/v1/transactions/${two.id}/retry`, {});
      const anew = await players.api.step(second, again, 'endorse');
      expect((await settle(second, anew)).at('state')).to.equal('committed');
    });

    it('ends the case, keeps its chain, and adds corrections without rewriting', async () => {
      await act('offices.head1', 'case.decide', {
        caseNo,
        outcome: 'granted',
        document: digestOf('decision'),
      });
      await act('offices.clerk1', 'case.complete', { caseNo, result: digestOf('permit') });
      await act('offices.clerk1', 'case.deliver', { caseNo, form: 'web' });
      expect(
        await refused('data.clerk1', 'case.withdraw', { caseNo, reasonCode: 'changedMind' }),
      ).to.equal('CASE_CLOSED');
      const correction = { caseNo, seq: 1, reasonCode: 'clerical' as const, note: 'note' };
      await act('offices.head1', 'case.correct', correction);
    });

    it('answers from the peer what it answers from its index', async () => {
      const client = await players.as('data.clerk1');
      const indexed = [
        await client.read('cases.get', { caseNo }),
        await client.read('matters.get', { taskCode }),
      ];
      expect([
        await client.read('cases.get', { caseNo, source: 'ledger' }),
        await client.read('matters.get', { taskCode, source: 'ledger' }),
      ]).to.deep.equal(indexed);
      transcript.answers.push(
        ...indexed,
        await client.read('departments.list', {}),
        await client.read('cases.list', {}),
        await client.read('matters.list', {}),
        await client.read('cases.events', { caseNo }),
      );
    });

    it('gives each invalid transaction its code', async () => {
      const late = await endorse(stand, update('offices', 'one'));
      const ranged = await endorse(stand, { user: 'data.clerk1', args: ['department:list', '{}'] });
      const lone = await endorse(stand, { ...update('offices', 'two'), endorsers: ['OfficesMSP'] });
      const key = await endorse(stand, {
        user: 'offices.head1',
        args: ['matter:retire', JSON.stringify({ taskCode, version: 1, reasonCode: 'superseded' })],
        endorsers: ['DataMSP', 'SupervisionMSP', 'OfficesMSP'],
      });
      expect(await code(lone.submit())).to.equal('ENDORSEMENT_POLICY_FAILURE');
      expect(await code(key.submit())).to.equal('ENDORSEMENT_POLICY_FAILURE');
      const early = await endorse(stand, update('offices', 'three'));
      expect(await code(early.submit())).to.equal('VALID');
      expect(await code(late.submit())).to.equal('MVCC_READ_CONFLICT');
      expect(await code(ranged.submit())).to.equal('PHANTOM_READ_CONFLICT');
    });

    it('tells listeners of every write once, in the order of the blocks', async () => {
      const client = await players.as('supervision.supervisor1');
      const writes = (await allEntries(stand)).filter(
        (entry) => entry.code === 'VALID' && entry.event !== undefined,
      );
      const signal = AbortSignal.timeout(30_000);
      for await (const event of client.events({ after: '0-0', signal })) {
        const { txId, ...rest } = event;
        expect(txId).to.match(/^[0-9a-f]{64}$/);
        transcript.events.push(rest);
        if (transcript.events.length === writes.length) break;
      }
      expect(transcript.events.map(({ block }) => block)).to.deep.equal(
        writes.map(({ block }) => block),
      );
    });

    it('is verified from its blocks and the genesis hash alone, with every code reproduced', async () => {
      transcript.entries.push(...(await allEntries(stand)));
      const out = join(stand.folder, 'exported');
      await exportBlocks(dataFolder(stand.folder), out);
      const report = await verifyFolder({ folder: out, genesisHash: stand.genesisHash });
      expect(report.findings).to.deep.equal([]);
      expect(report.verdict).to.equal('VERIFIED');
      expect(Object.fromEntries(report.codes)).to.include.keys(
        'VALID',
        'MVCC_READ_CONFLICT',
        'PHANTOM_READ_CONFLICT',
        'ENDORSEMENT_POLICY_FAILURE',
      );
    });
  });

  return transcript;
}

const register = (id: string) => ({
  id,
  name: { zh: id, en: id },
  level: 'city',
  regionCode: '331100',
});

const update = (id: string, name: string) => ({
  user: `${id}.head1`,
  args: ['department:update', JSON.stringify({ systemId: name })],
});

const attestation = (attestationId: string, caseNo: string) => ({
  attestationId,
  datasetId: 'headcount',
  requester: 'offices',
  caseNo,
  purpose: 'purpose',
  fields: [{ code: 'present', ...digestOf('10') }],
  validFrom: '2020-01-01T00:00:00.000Z',
  validTo: '2099-01-01T00:00:00.000Z',
});

async function allEntries(stand: Stand): Promise<Entry[]> {
  const entries: Entry[] = [];
  const height = await heightOf(stand);
  for (let number = firstBlock; number < height; number += 1) {
    entries.push(...entriesOf(await blockOf(stand, number)));
  }
  return entries;
}

/** What two runs must have in common: everything but what is drawn anew in each. */
export function comparable({ answers, events, entries }: Transcript) {
  const names = new Renaming();
  return {
    answers: names.in(JSON.stringify(answers, undefined, 1)),
    events: names.in(JSON.stringify(events, undefined, 1)),
    entries: entries.map((entry) => names.entry(entry)),
  };
}
