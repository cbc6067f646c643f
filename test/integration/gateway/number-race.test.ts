import { join } from 'node:path';
import { createPemSigner, YiciClient } from '@yici/client';
import { ensureAccounts, type Gateway } from '@yici/gateway/testing';
import { expect } from 'chai';
import { digestOf, filing, seed } from './support/story.js';
import { listen, openWorld, type World } from './support/world.js';

/** Of each kind of caller at each gateway, all at the same moment. */
const atOnce = 10;
const account = 'data.service1';

/** A gateway with a person who signs and a system whose key it keeps. */
interface Door {
  readonly url: string;
  readonly person: YiciClient;
  readonly system: YiciClient;
}

interface Filed {
  readonly caseNo: string;
  readonly form: string;
}

describe('gateways that file the same matter at the same moment', function () {
  this.timeout(240_000);
  let world: World;
  const further: Gateway[] = [];
  const doors: Record<'first' | 'colleague' | 'other', Door | undefined> = {
    first: undefined,
    colleague: undefined,
    other: undefined,
  };

  const doorAt = async (url: string, apiKey: string): Promise<Door> => {
    const { mspId, certificatePem, keyPem } = await world.network.identity('data.clerk1');
    const identity = {
      ...{ mspId, certificate: certificatePem, sign: createPemSigner(keyPem) },
      pins: {
        ...{ channel: world.network.channel, chaincode: 'yici' },
        genesisHash: world.network.genesisHash,
        gateways: [{ audience: 'door of the test', addresses: [url] }],
      },
    };
    const person = new YiciClient({ baseUrl: url, identity });
    await person.login();
    return { url, person, system: new YiciClient({ baseUrl: url, token: apiKey }) };
  };

  /** A further gateway of the department of its user, over that department's peer. */
  const open = async (name: string, user: string): Promise<Door> => {
    const identity = { account, ...(await world.network.identity(account)) };
    ensureAccounts(join(world.directory, name, 'custody'), [identity]);
    const { mspId } = await world.network.identity(user);
    const gateway = await world.another(name, {}, world.network.peer(mspId), undefined, user);
    further.push(gateway);
    await gateway.caughtUp();
    const keys = world.apiKeysOf(name);
    return doorAt(await listen(gateway), keys[account]!);
  };

  before(async () => {
    world = await openWorld();
    await seed(world.api);
    doors.first = await doorAt(world.url, world.apiKeys[account]!);
    doors.colleague = await open('colleague', 'data.gateway');
    doors.other = await open('other', 'offices.head1');
  });

  after(async () => {
    await Promise.all(further.map((gateway) => gateway.close()));
    await world.close();
  });

  const file = async (client: YiciClient, name: string): Promise<Filed> => {
    const form = digestOf(name);
    const { input } = await client.execute('case.submit', { ...filing, form });
    return { caseNo: String(input['caseNo']), form: form.digest };
  };

  for (const [what, rival] of [
    ['of one department', 'colleague'],
    ['of two departments', 'other'],
  ] as const) {
    it(`end every filing committed under its own number, ${what}`, async () => {
      const clients = [doors.first, doors[rival]].flatMap((door) => [door!.person, door!.system]);
      const all = clients.flatMap((client, of) =>
        Array.from({ length: atOnce }, (_, n) => file(client, `${what} ${of} ${n}`)),
      );
      const ended = await Promise.allSettled(all);
      const failed = ended.flatMap((each) =>
        each.status === 'rejected' ? [String(each.reason)] : [],
      );
      expect(failed).to.deep.equal([]);
      const filed = await Promise.all(all);
      expect(new Set(filed.map(({ caseNo }) => caseNo)).size).to.equal(all.length);
      const forms = new Map<string, string[]>();
      for (const { caseNo } of filed) {
        const record = world.gateway.index.record('case', caseNo);
        forms.set(record!.form.digest, [...(forms.get(record!.form.digest) ?? []), caseNo]);
      }
      expect(
        [...forms].every(([form, numbers]) =>
          filed.some((each) => each.form === form && numbers.join() === each.caseNo),
        ),
        'each under the number that it was told',
      ).to.equal(true);
    });
  }

  it('leave no filing on the ledger twice', async () => {
    const page = await world.api.get('data.clerk1', '/v1/cases?limit=200');
    const forms = page.list('items').map((_, n) => page.str(`items.${n}.caseNo`));
    expect(forms).to.have.length(8 * atOnce);
  });
});
