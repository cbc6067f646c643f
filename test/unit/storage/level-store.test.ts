import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LevelStore, WriteBatch } from '@yici/network/testing';
import { expect } from 'chai';

/** In the bucket of private state. */
const KEY = Buffer.from('\x30secret');
const OTHER = Buffer.from('\x30other');

describe('level store', () => {
  let directory: string;
  let store: LevelStore;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'yici-level-'));
    store = await LevelStore.open(join(directory, 'level'));
    await write(store, (batch) => {
      batch.put(KEY, Buffer.from('unspeakable'));
      batch.put(OTHER, Buffer.from('kept'));
    });
  });

  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('removes an erased value from the files', async () => {
    await store.flush();
    expect(await filesHold('level', 'unspeakable')).to.equal(true);
    await erase(store);
    await store.erased();
    expect(await filesHold('level', 'unspeakable')).to.equal(false);
    expect(store.get(OTHER)?.toString()).to.equal('kept');
  });

  it('removes it as soon as an older snapshot is closed', async () => {
    const snapshot = store.snapshot();
    await erase(store);
    expect(store.get(KEY)).to.equal(undefined);
    expect(snapshot.get(KEY)?.toString()).to.equal('unspeakable');
    expect(await filesHold('level', 'unspeakable')).to.equal(true);
    await snapshot.close();
    await store.erased();
    expect(await filesHold('level', 'unspeakable')).to.equal(false);
  });

  it('removes it as soon as a scan that had begun ends', async () => {
    const scan = store.entries({ gte: KEY, lt: Buffer.from('\x31') });
    await scan.next();
    await erase(store);
    expect(await filesHold('level', 'unspeakable')).to.equal(true);
    await scan.return(undefined);
    await store.erased();
    expect(await filesHold('level', 'unspeakable')).to.equal(false);
  });

  it('removes every value that was erased while an earlier one waited for its reader', async () => {
    const snapshot = store.snapshot();
    await erase(store);
    await write(store, (batch) => {
      batch.put(KEY, Buffer.from('unmentionable'));
    });
    const later = store.snapshot();
    await erase(store);
    await snapshot.close();
    await later.close();
    await store.erased();
    expect(await filesHold('level', 'unspeakable')).to.equal(false);
    expect(await filesHold('level', 'unmentionable')).to.equal(false);
  });

  it('removes it when the store is closed with the snapshot open', async () => {
    store.snapshot();
    await erase(store);
    await store.close();
    expect(await filesHold('level', 'unspeakable')).to.equal(false);
  });

  it('removes it at the next start when the process ended before', async () => {
    const snapshot = store.snapshot();
    await erase(store);
    await cp(join(directory, 'level'), join(directory, 'crashed'), { recursive: true });
    await snapshot.close();
    expect(await filesHold('crashed', 'unspeakable')).to.equal(true);
    const again = await LevelStore.open(join(directory, 'crashed'));
    await again.erased();
    expect(await filesHold('crashed', 'unspeakable')).to.equal(false);
    await again.close();
  });

  async function filesHold(folder: string, needle: string): Promise<boolean> {
    const names = await readdir(join(directory, folder));
    const files = await Promise.all(names.map((name) => readFile(join(directory, folder, name))));
    return files.some((bytes) => bytes.includes(needle));
  }
});

async function write(store: LevelStore, fill: (batch: WriteBatch) => void): Promise<void> {
  const batch = new WriteBatch();
  fill(batch);
  await store.write(batch, { sync: true });
}

async function erase(store: LevelStore): Promise<void> {
  await write(store, (batch) => {
    batch.delete(KEY);
    batch.erase();
  });
}
