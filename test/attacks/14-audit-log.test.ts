import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  apiKeysFile,
  ensureAccounts,
  openLevelStore,
  revokeApiKey,
  rotateApiKey,
  type StateStore,
} from '@yici/gateway/testing';
import { dataFolder } from '@yici/network';
import { exportBlocks } from '@yici/network/testing';
import { expect } from 'chai';
import { fileCase, filing, seed } from '../integration/gateway/support/story.js';
import { openWorld, type World } from '../integration/gateway/support/world.js';
import { SmallDisk } from '../support/small-disk.js';
import { runYici } from '../support/terminal.js';

const hour = 3_600_000;
const office = 'supervision.supervisor1';
const custodyOf = ({ directory }: World) => join(directory, 'gateway', 'custody');

/** The API key of an account as the commands leave it. */
const apiKeyOf = (world: World, account: string): string => {
  const text = readFileSync(join(custodyOf(world), apiKeysFile), 'utf8');
  return (JSON.parse(text) as Record<string, string>)[account] ?? '';
};

/** What the gateway's administrator is shown of the lines of a kind, newest first. */
const linesOf = async ({ api }: World, kind: string) =>
  (await api.get('data.admin', `/v1/journal?kind=${kind}`)).list('items');

interface Found {
  readonly holds: boolean;
  readonly findings: readonly { readonly code: string; readonly seq?: number }[];
  readonly unanchored: number;
}

/** Whoever is root on a gateway's host writes to its files as he likes. */
describe('attack 14: the operator of a gateway edits its audit journal', function () {
  this.timeout(180_000);
  let world: World;
  let folder: string;
  let ahead = 0;
  let mine: string;

  before(async () => {
    const scheduler = { enabled: true, everySeconds: 3_600, spreadSeconds: 0, inFlight: 1 };
    world = await openWorld({ scheduler }, false, () => new Date(Date.now() + ahead));
    folder = mkdtempSync(join(tmpdir(), 'yici-journal-'));
    await seed(world.api);
    mine = await fileCase(world.api, 'data.clerk1');
    await readAndAnchor();
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A supervisor looks at a case, and the day is anchored. */
  const readAndAnchor = async () => {
    await world.api.get(office, `/v1/cases/${mine}`);
    await world.gateway.anchoring.tick();
  };

  const yici = (user: string, ...args: string[]) => {
    const identity = join(world.directory, 'state', 'identities', user);
    return runYici([...args, '--json', '--identity', identity, '--gateway', world.url], {
      YICI_HOME: folder,
    });
  };
  const check = async (...args: string[]): Promise<Found & { readonly exitCode: number }> => {
    const run = await yici(office, 'audit', 'journal', ...args);
    const found = JSON.parse(run.out[0] ?? '{}') as Found;
    return { ...found, exitCode: run.exitCode };
  };
  const codes = ({ findings }: Found) => [...new Set(findings.map(({ code }) => code))];

  /** The gateway is stopped, its journal edited, and it is started again. */
  const edit = async (change: (store: StateStore, keys: readonly string[]) => Promise<void>) => {
    await world.gateway.close();
    const store = await openLevelStore(join(world.directory, 'gateway', 'audit'));
    const keys = [...(await store.keys({ gte: 'l\u0000', lt: 'l\u0001' }))];
    await change(store, keys);
    await store.close();
    world.api.forgetSessions();
    await world.reopen();
  };
  /** Everything as it was, for the next attack. */
  const attacked = async (
    change: (store: StateStore, keys: readonly string[]) => Promise<void>,
    look: () => Promise<void>,
  ) => {
    const before = new Map<string, string>();
    await edit(async (store, keys) => {
      for await (const [key, value] of store.range({ gte: '\u0001', lt: '\uffff' })) {
        before.set(key, value);
      }
      await change(store, keys);
    });
    await look();
    await edit(async (store) => {
      await store.clear();
      await store.write(
        [...before].map(([key, value]) => ({ type: 'put', key, value })),
        true,
      );
    });
  };

  it('nothing is found while nothing is wrong: logins, refusals, reads, key use and the anchor are there', async () => {
    await world.api.call('GET', '/v1/cases', { token: 'ys_made-up-0123456789' });
    await world.api.post('data.clerk1', `/v1/cases/${mine}/receive`, {});
    const key = world.apiKeys['data.service1'] ?? '';
    const filed = await world.api.call('POST', '/v1/cases?wait=20', { token: key, body: filing });
    expect(filed.status, filed.text).to.equal(200);
    const kept = join(folder, 'first.jsonl');
    const found = await check('--out', kept);
    expect(found.findings).to.deep.equal([]);
    expect(found.exitCode).to.equal(0);
    const kinds = new Set(readFileSync(kept, 'utf8').match(/"kind":"[a-z.A-Z]+"/g));
    for (const kind of [
      ...['gateway.start', 'channel.config', 'session.open', 'account.add', 'request.refused'],
      ...['key.use', 'record.read', 'journal.anchor'],
    ]) {
      expect(kinds, kind).to.include(`"kind":"${kind}"`);
    }
  });

  it('he acts on its accounts while it runs: that is noted before anybody is let in by it', async () => {
    const account = 'data.service1';
    const status = async (token: string) =>
      (await world.api.call('GET', '/v1/inbox', { token })).status;
    const noted = async (kind: string) => (await linesOf(world, kind))[0];
    rotateApiKey(custodyOf(world), account);
    const rotated = apiKeyOf(world, account);
    expect(await status(rotated)).to.equal(200);
    expect(await noted('account.change')).to.deep.include({ account, what: ['apiKey'] });
    revokeApiKey(custodyOf(world), account);
    const before = await linesOf(world, 'account.change');
    expect(before, 'noted by the request of anybody').to.have.lengthOf(2);
    expect(await status(rotated)).to.equal(401);
    const taken = { account: 'taken-over', ...(await world.network.identity('data.clerk1')) };
    ensureAccounts(custodyOf(world), [taken]);
    expect(await status(apiKeyOf(world, 'taken-over'))).to.equal(200);
    expect(await noted('account.add')).to.deep.include({ account: 'taken-over' });
    expect((await check()).findings).to.deep.equal([]);
  });

  it('he cuts off the newest lines, the anchored one among them', async () => {
    await attacked(
      async (store, keys) => {
        await store.write(
          keys.slice(3).map((key) => ({ type: 'del', key })),
          true,
        );
      },
      async () => {
        const found = await check('--of', 'data/data.gateway');
        expect(found.exitCode).to.equal(1);
        expect(codes(found)).to.include.oneOf(['JOURNAL_CUT', 'JOURNAL_REPLACED']);
      },
    );
  });

  it('he changes one line', async () => {
    await attacked(
      async (store, keys) => {
        for (const key of keys) {
          const text = store.get(key) ?? '';
          if (!text.includes('"record.read"')) continue;
          const value = text.replace(office, 'supervision.supervisor2');
          await store.write([{ type: 'put', key, value }], true);
        }
      },
      async () => {
        const found = await check();
        expect([found.exitCode, codes(found)]).to.deep.equal([1, ['JOURNAL_CHANGED']]);
      },
    );
  });

  it('he takes one line out of the middle', async () => {
    await attacked(
      (store, keys) => store.write([{ type: 'del', key: keys[4] ?? '' }], true),
      async () => {
        expect(codes(await check())).to.deep.equal(['JOURNAL_MISSING']);
      },
    );
  });

  it('he replaces the whole chain by a new one, under the own name or under none', async () => {
    await attacked(
      (store) => store.clear(),
      async () => {
        await world.api.get('data.clerk1', '/v1/cases');
        expect(codes(await check('--of', 'data/data.gateway'))).to.include.oneOf([
          'JOURNAL_CUT',
          'JOURNAL_REPLACED',
        ]);
        expect(codes(await check())).to.include('JOURNAL_UNANCHORED');
      },
    );
  });

  it('he hides a read from the department whose records were read: its own check shows it', async () => {
    const before = await yici('data.clerk1', 'supervise', 'reads', '--check');
    expect(before.exitCode, before.out.join()).to.equal(0);
    await attacked(
      async (store) => {
        // The newest link of the chain of that department, and what says where it ends.
        const links = await store.keys({
          gte: 'c\u0000department\u0000data\u0000',
          lt: 'c\u0000department\u0000data\u0001',
        });
        await store.write(
          [...links.slice(-1), 'h\u0000department\u0000data'].map((key) => ({ type: 'del', key })),
          true,
        );
      },
      async () => {
        const check = await yici('data.clerk1', 'supervise', 'reads', '--check');
        expect(check.exitCode, check.out.join()).to.equal(1);
        expect(JSON.parse(check.out[0] ?? '{}'))
          .to.have.property('cut')
          .that.is.a('number');
      },
    );
  });

  it('he lies about the anchors: blocks that were verified say what they are', async () => {
    const kept = join(folder, 'kept.jsonl');
    expect((await check('--out', kept)).exitCode).to.equal(0);
    const blocks = join(folder, 'blocks');
    await exportBlocks(dataFolder(join(world.directory, 'state')), blocks);
    const pin = world.gateway.index.checkpoint()?.genesis ?? '';
    const proof = ['--blocks', blocks, '--pin', pin];
    expect((await check(kept, ...proof)).findings).to.deep.equal([]);
    const lines = readFileSync(kept, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    const cut = join(folder, 'cut.jsonl');
    writeFileSync(cut, lines.slice(0, 3).join('\n'));
    const found = await check(cut, ...proof, '--of', 'data/data.gateway');
    expect([found.exitCode, codes(found)]).to.deep.equal([1, ['JOURNAL_CUT']]);
  });

  it('nobody else anchors in its place, and nobody but those it is for is shown it', async () => {
    const body = { seq: 1, head: '0'.repeat(64) };
    const anchored = await world.api.post('data.clerk1', '/v1/journal-anchors', body);
    expect([anchored.status, anchored.at('code')]).to.deep.equal([403, 'ROLE_REFUSED']);
    const again = await world.api.run('data.gateway', '/v1/journal-anchors', body);
    expect([again.status, again.at('code')]).to.deep.equal([409, 'ALREADY_EXISTS']);
    for (const user of ['data.clerk1', 'data.head1', 'offices.head1']) {
      const shown = await world.api.get(user, '/v1/journal');
      expect([shown.status, shown.at('code')], user).to.deep.equal([403, 'ROLE_REFUSED']);
    }
    for (const user of [office, 'data.admin']) {
      expect((await world.api.get(user, '/v1/journal?kind=record.read')).status).to.equal(200);
    }
    const foreign = await world.api.get('offices.admin', '/v1/journal');
    expect([foreign.status, foreign.at('code')]).to.deep.equal([403, 'ROLE_REFUSED']);
  });

  it('he stops anchoring: two days later that shows too', async () => {
    ahead += 73 * hour;
    world.api.forgetSessions();
    await world.api.get(office, `/v1/cases/${mine}`);
    expect(codes(await check())).to.deep.equal(['JOURNAL_UNANCHORED']);
    await readAndAnchor();
    expect((await check()).findings).to.deep.equal([]);
  });
});

/** What cannot be noted is not done: filling the journal's disk hides nothing. */
describe('attack 14: the operator of a gateway fills the disk of its audit journal', function () {
  this.timeout(180_000);
  const account = 'data.service1';
  let directory: string;
  let disk: SmallDisk | undefined;
  let world: World;

  before(async function () {
    if (!SmallDisk.available()) this.skip();
    directory = mkdtempSync(join(tmpdir(), 'yici-journal-'));
    disk = SmallDisk.mount(join(directory, 'gateway', 'audit'), 64 * 1024 * 1024);
    world = await openWorld({}, false, () => new Date(), { directory, topology: {} });
    await seed(world.api);
    await world.api.as(office);
    await world.api.as('data.clerk1');
  });
  after(async () => {
    if (disk === undefined) return;
    await world.close();
    disk.unmount();
    rmSync(directory, { recursive: true, force: true });
  });

  const login = async () => {
    const { session } = await world.api.login('offices.clerk1');
    return [session.status, session.at('code')];
  };

  it('nobody is let in that could not be noted, and the gateway says why', async () => {
    disk?.leave(0);
    let said = await login();
    // What is left of the last page takes a few lines.
    for (let n = 0; n < 100 && said[0] === 201; n += 1) said = await login();
    const failed = [503, 'STORAGE_FAILED'];
    expect(said).to.deep.equal(failed);
    const ready = await world.api.call('GET', '/readyz');
    expect([ready.status, ready.str('obstacles')]).to.satisfy(
      ([status, text]: [number, string]) => status === 503 && text.includes('audit'),
    );
    rotateApiKey(custodyOf(world), account);
    const token = apiKeyOf(world, account);
    const withKey = await world.api.call('GET', '/v1/inbox', { token });
    expect([withKey.status, withKey.at('code')]).to.deep.equal(failed);
    const supervisor = await world.api.get(office, '/v1/cases');
    expect([supervisor.status, supervisor.at('code')]).to.deep.equal(failed);
  });

  it('whoever needs no new line is served', async () => {
    expect((await world.api.get('data.clerk1', '/v1/cases')).status).to.equal(200);
    const token = world.apiKeys['offices.service1'] ?? '';
    expect((await world.api.call('GET', '/v1/inbox', { token })).status).to.equal(200);
  });

  it('all are let in again, and noted, when there is space', async () => {
    disk?.release();
    while ((await world.api.call('GET', '/readyz')).status !== 200) await pause(100);
    expect(await login()).to.deep.equal([201, undefined]);
    const token = apiKeyOf(world, account);
    expect((await world.api.call('GET', '/v1/inbox', { token })).status).to.equal(200);
    const [line] = await linesOf(world, 'account.change');
    expect(line).to.deep.include({ account, what: ['apiKey'] });
  });
});
