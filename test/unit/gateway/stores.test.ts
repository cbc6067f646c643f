import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  assertSealing,
  GatewayError,
  KeyedQueue,
  caseNumber,
  ensureAccounts,
  keyEncryptionKey,
  openKey,
  openLevelStore,
  readAccounts,
  readPage,
  sealKey,
  sealingProof,
  shanghaiDay,
  type StoreChange,
} from '@yici/gateway/testing';
import { GroupWriter } from '@yici/network';
import { expect } from 'chai';
import fc from 'fast-check';

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof GatewayError ? error.code : String(error);
  }
}

describe('the level store', () => {
  let directory: string;
  let store: Awaited<ReturnType<typeof openLevelStore>>;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yici-store-'));
    store = await openLevelStore(join(directory, 'level'));
  });

  afterEach(async () => {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const fill = (count: number) =>
    store.write(
      Array.from({ length: count }, (_, n) => ({
        type: 'put' as const,
        key: `row\u0000${String(n).padStart(4, '0')}`,
        value: String(n),
      })),
    );

  it('answers undefined for a missing key', () => {
    expect(store.get('nothing')).to.equal(undefined);
  });

  it('is open in one place at a time, and says so', async () => {
    const failure = await openLevelStore(join(directory, 'level')).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(GatewayError).with.property('code', 'STATE_FOLDER_LOCKED');
  });

  it('says that a folder is unusable', async () => {
    writeFileSync(join(directory, 'file'), '');
    const failure = await openLevelStore(join(directory, 'file', 'below')).catch(
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(GatewayError).with.property('code', 'STATE_FOLDER_UNUSABLE');
  });

  it('pages through a range once, whatever the page size, direction and filter', async () => {
    await fill(60);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 70 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        async (limit, reverse, every) => {
          const seen: number[] = [];
          let cursor: string | undefined;
          do {
            const page = await readPage(
              store,
              {
                gte: 'row\u0000',
                lt: 'row\u0001',
                reverse,
                read: (value) => (Number(value) % every === 0 ? Number(value) : undefined),
              },
              { limit, cursor },
            );
            expect(page.items.length).to.be.at.most(limit);
            seen.push(...page.items);
            cursor = page.next ?? undefined;
          } while (cursor !== undefined);
          const all = Array.from({ length: 60 }, (_, n) => n).filter((n) => n % every === 0);
          expect(seen).to.deep.equal(reverse ? all.reverse() : all);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('ends a page after reading five thousand rows that do not fit, with a cursor to go on', async () => {
    await fill(5_002);
    const scan = {
      gte: 'row\u0000',
      lt: 'row\u0001',
      read: (v: string) => (v === '5001' ? v : undefined),
    };
    const first = await readPage(store, scan, { limit: 10 });
    expect(first.items).to.deep.equal([]);
    const second = await readPage(store, scan, { limit: 10, cursor: first.next ?? undefined });
    expect(second).to.deep.equal({ items: ['5001'], next: null });
  });

  it('clears away deleted keys and keeps the others', async () => {
    await fill(50);
    const range = { gte: 'row\u0000', lt: 'row\u0001' };
    const [first = '', ...others] = await store.keys(range);
    await store.write([{ type: 'del', key: first }]);
    await store.compact(range);
    expect(await store.keys(range)).to.deep.equal(others);
  });

  it('refuses a cursor from outside the range', async () => {
    await fill(3);
    const scan = { gte: 'row\u0000', lt: 'row\u0001', read: (value: string) => value };
    for (const cursor of [Buffer.from('other\u00001').toString('base64url'), '%%%', '']) {
      const failure = await readPage(store, scan, { limit: 1, cursor }).catch((e: unknown) => e);
      expect(failure).to.be.instanceOf(GatewayError).with.property('code', 'CURSOR_INVALID');
    }
  });

  it('groups writes that arrive together, and acknowledges each when it is stored', async () => {
    let batches = 0;
    const writer = new GroupWriter<StoreChange, string>(async (changes) => {
      batches += 1;
      await store.write(changes, true);
      return changes.map(({ key }) => key);
    });
    await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const key = `k${n}`;
        expect(await writer.write({ type: 'put', key, value: String(n) })).to.equal(key);
        expect(store.get(key)).to.equal(String(n));
      }),
    );
    expect(batches).to.equal(2);
  });

  it('waits for more after a shared write where it may, and never for one alone', async () => {
    const groups: number[][] = [];
    const writer = new GroupWriter<number, void>(
      (group) => {
        groups.push([...group]);
        return Promise.resolve(group.map(() => undefined));
      },
      { gathering: 20 },
    );
    // The first goes alone, the next two share; those that come right after these gather.
    await Promise.all([1, 2, 3].map((n) => writer.write(n)));
    const after = writer.write(4);
    await new Promise(setImmediate);
    await Promise.all([after, writer.write(5)]);
    expect(groups).to.deep.equal([[1], [2, 3], [4, 5]]);
  });

  it('tells only those whose group failed, and goes on', async () => {
    let broken = true;
    const writer = new GroupWriter<StoreChange, void>(async (changes) => {
      if (broken) throw new TypeError('disk');
      await store.write(changes);
      return changes.map(() => undefined);
    });
    const put = { type: 'put', key: 'after', value: '1' } as const;
    const failed = await writer.write(put).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(TypeError);
    broken = false;
    await writer.write(put);
    expect(store.get('after')).to.equal('1');
  });
});

describe('the keyed queue', () => {
  it('runs tasks of one key in order and of different keys at once, also after a failure', async () => {
    const queue = new KeyedQueue();
    const order: string[] = [];
    const task =
      (name: string, fail = false) =>
      async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
        if (fail) throw new TypeError(name);
      };
    const results = await Promise.allSettled([
      queue.run('a', task('a1', true)),
      queue.run('a', task('a2')),
      queue.run('b', task('b1')),
    ]);
    expect(results.map(({ status }) => status)).to.deep.equal([
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(order.indexOf('a2 begins')).to.be.greaterThan(order.indexOf('a1 ends'));
    expect(order.indexOf('b1 begins')).to.be.lessThan(order.indexOf('a1 ends'));
  });
});

describe('case numbers', () => {
  it('carry the day in Shanghai, which begins at 16:00 UTC', () => {
    expect(shanghaiDay(new Date('2026-01-31T15:59:59.999Z'))).to.equal('20260131');
    expect(shanghaiDay(new Date('2026-01-31T16:00:00.000Z'))).to.equal('20260201');
    expect(caseNumber('T1', '20260201', 7)).to.equal('T1-20260201-0007');
  });
});

describe('custodial keys', () => {
  const owner = { account: 'data.service1', mspId: 'DataMSP' };
  const key = randomBytes(32);
  let folder: string;
  let directory: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yici-custody-'));
    // The key that seals lies beside it.
    directory = join(folder, 'custody');
    mkdirSync(directory);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('open with their key, for their account, unchanged, and never otherwise', () => {
    const sealed = sealKey(key, owner, 'PRIVATE');
    if (typeof sealed === 'string') throw new TypeError('it is kept as it is');
    expect(openKey(key, owner, sealed)).to.equal('PRIVATE');
    expect(JSON.stringify(sealed)).to.not.contain('PRIVATE');
    const wrong = [
      () => openKey(randomBytes(32), owner, sealed),
      () => openKey(key, { ...owner, account: 'data.service2' }, sealed),
      () => openKey(key, { ...owner, mspId: 'OtherMSP' }, sealed),
      () => openKey(key, owner, { ...sealed, ciphertext: Buffer.from('x').toString('base64') }),
      () => openKey(key, owner, { ...sealed, tag: sealed.tag.slice(0, 4) }),
    ];
    for (const open of wrong) expect(codeOf(open)).to.equal('KEY_STORE_UNREADABLE');
  });

  it('are sealed with a file’s key or a passphrase’s, the same again after a restart', () => {
    expect(keyEncryptionKey(directory)).to.deep.equal(keyEncryptionKey(directory));
    const one = keyEncryptionKey(directory, { passphrase: 'correct horse' });
    expect(one).to.deep.equal(keyEncryptionKey(directory, { passphrase: 'correct horse' }));
    expect(one).to.not.deep.equal(keyEncryptionKey(directory, { passphrase: 'correct mouse' }));
  });

  it('are recognised by what a backup has of them, without being made', () => {
    const by = { passphrase: 'correct horse' };
    const refused = (proof: unknown, given: object) =>
      codeOf(() => {
        assertSealing(proof, join(folder, 'elsewhere', 'custody'), given);
      });
    const proof: unknown = sealingProof(directory, keyEncryptionKey(directory, by));
    expect(refused(proof, by)).to.equal(undefined);
    expect(refused(proof, { passphrase: 'correct mouse' })).to.equal('KEY_STORE_UNREADABLE');
    const keyFile = join(folder, 'a.key');
    const ofFile: unknown = sealingProof(directory, keyEncryptionKey(directory, { keyFile }));
    expect(refused(ofFile, { keyFile })).to.equal(undefined);
    const missing = { keyFile: join(folder, 'b.key') };
    expect(refused(ofFile, missing)).to.equal('KEY_STORE_UNREADABLE');
    expect(existsSync(missing.keyFile)).to.equal(false);
  });

  it('are taken in once: an account that exists keeps its key and its API key', () => {
    const identity = { ...owner, certificatePem: 'CERT', keyPem: 'KEY' };
    expect(ensureAccounts(directory, [identity])).to.deep.equal([owner.account]);
    const before = readFileSync(join(directory, 'api-keys.json'), 'utf8');
    expect(ensureAccounts(directory, [identity])).to.deep.equal([]);
    expect(readFileSync(join(directory, 'api-keys.json'), 'utf8')).to.equal(before);
    expect(readAccounts(directory)).to.have.length(1);
  });

  it('name the file that is damaged', () => {
    ensureAccounts(directory, [{ ...owner, certificatePem: 'CERT', keyPem: 'KEY' }]);
    const path = join(directory, 'accounts', `${owner.account}.json`);
    writeFileSync(path, '{');
    expect(codeOf(() => readAccounts(directory))).to.equal('KEY_STORE_UNREADABLE');
    writeFileSync(`${directory}.key`, 'short');
    expect(codeOf(() => keyEncryptionKey(directory))).to.equal('KEY_STORE_UNREADABLE');
  });
});
