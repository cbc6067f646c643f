import { copyFile, cp, open, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { hashKey } from '@yici/ledger';
import { NetworkError, type ChannelLedger, type RecoveryProgress } from '@yici/network/testing';
import { expect } from 'chai';
import { failureOf, take } from './support/expectations.js';
import {
  CHAINCODE,
  collection,
  define,
  del,
  makeLab,
  put,
  rwset,
  transaction,
  write,
  type Lab,
} from './support/lab.js';
import { hashPrivateWrites } from '../../support/ledger/rwset.js';

const BLOCKS = 12;

describe('opening a ledger again', () => {
  let lab: Lab;
  let embedded: string;
  let segment: string;
  let pristine: string;
  /** The folder as it was one block before the end. */
  let earlier: string;
  let info: ReturnType<ChannelLedger['chainInfo']>;

  before(async () => {
    lab = await makeLab();
    embedded = join(lab.directory, 'embedded');
    segment = join(embedded, 'blocks', '000001.seg');
    pristine = join(lab.directory, 'pristine');
    earlier = join(lab.directory, 'earlier');
    const ledger = await lab.open();
    await ledger.order(define(lab));
    for (let i = 2; i < BLOCKS - 1; i++) await ledger.order(change(i).envelope);
    await ledger.close();
    await cp(embedded, earlier, { recursive: true });
    const again = await lab.open();
    await again.order(change(BLOCKS - 1).envelope);
    info = again.chainInfo();
    await again.close();
    await cp(embedded, pristine, { recursive: true });
  });

  beforeEach(async () => {
    await rm(embedded, { recursive: true });
    await cp(pristine, embedded, { recursive: true });
  });

  after(() => lab.remove());

  function change(i: number) {
    return write(lab, [
      put(`k${i % 4}`, `value ${i}`),
      i % 5 === 0 ? del('k1') : put('all', `${i}`),
    ]);
  }

  it('builds state and indexes from the block files when the level folder was removed, and tells how far it is', async () => {
    const before = await contents(lab);
    await rm(join(embedded, 'level'), { recursive: true });
    const progress: RecoveryProgress[] = [];
    const ledger = await lab.open({ onProgress: (step) => progress.push(step) });
    expect(progress.at(-1)).to.deep.equal({ done: BigInt(BLOCKS), total: BigInt(BLOCKS) });
    expect(ledger.chainInfo()).to.deep.equal(info);
    expect((await ledger.order(change(BLOCKS).envelope)).code).to.equal(0);
    await ledger.close();
    await rm(embedded, { recursive: true });
    await cp(pristine, embedded, { recursive: true });
    await rm(join(embedded, 'level'), { recursive: true });
    expect(await contents(lab)).to.deep.equal(before);
  });

  it('applies the block that was durable when the process died before its state was', async () => {
    const expected = await contents(lab);
    await rm(join(embedded, 'level'), { recursive: true });
    await cp(join(earlier, 'level'), join(embedded, 'level'), { recursive: true });
    expect(await contents(lab)).to.deep.equal(expected);
  });

  it('drops a block of which only a part reached the disk, wherever it was torn, and goes on', async function () {
    this.timeout(120_000);
    const start = (await stat(join(earlier, 'blocks', '000001.seg'))).size;
    const end = (await stat(segment)).size;
    await rm(join(embedded, 'level'), { recursive: true });
    await cp(join(earlier, 'level'), join(embedded, 'level'), { recursive: true });
    // Every offset of the frame, then some of the block: the unit test of the files takes every one.
    const cuts = [...Array(24).keys()].map((i) => start + i);
    for (let at = start + 24; at < end; at += Math.ceil((end - start) / 20)) cuts.push(at);
    for (const at of [...cuts, end - 1]) {
      await copyFile(join(pristine, 'blocks', '000001.seg'), segment);
      await truncate(segment, at);
      const ledger = await lab.open();
      expect(ledger.height, `cut at ${at}`).to.equal(BigInt(BLOCKS - 1));
      await ledger.close();
      expect((await stat(segment)).size).to.equal(start);
    }
    const ledger = await lab.open();
    expect((await ledger.order(change(BLOCKS - 1).envelope)).block).to.equal(BigInt(BLOCKS - 1));
    await ledger.close();
  });

  it('reports that block files end before a block that was acknowledged', async () => {
    await truncate(segment, (await stat(join(earlier, 'blocks', '000001.seg'))).size);
    const error = await failureOf(lab.open());
    expect(error).to.be.instanceOf(NetworkError).with.property('code', 'BLOCK_FILE_CORRUPT');
  });

  it('reports a flipped byte with file and offset: at once in the newest block, else when the block is read', async () => {
    const { size } = await stat(segment);
    await flip(segment, size - 40);
    const newest = await failureOf(lab.open());
    expect(newest).to.have.property('code', 'BLOCK_FILE_CORRUPT');
    expect(newest).to.have.nested.property('details.file', segment);
    expect(newest).to.have.nested.property('details.offset').that.is.a('number');
    await flip(segment, size - 40);
    await flip(segment, 60);
    const first = await failureOf(lab.open());
    expect(first).to.have.property('code', 'BLOCK_FILE_CORRUPT');
    expect(first).to.have.nested.property('details.offset', 20);
  });

  it('reports a flipped byte anywhere when it builds the state', async () => {
    await rm(join(embedded, 'level'), { recursive: true });
    const middle = Math.floor((await stat(segment)).size / 2);
    await flip(segment, middle);
    const error = await failureOf(lab.open());
    expect(error).to.have.property('code', 'BLOCK_FILE_CORRUPT');
    expect(error).to.have.nested.property('details.file', segment);
  });

  it('builds the same state with metadata, deletes and several writers of a key in one block', async () => {
    await rm(embedded, { recursive: true });
    const ledger = await lab.open();
    await ledger.order(define(lab, [collection('secrets')]));
    for (let round = 0; round < 12; round++) {
      // What would end a Fabric peer is refused: metadata of a key that the block deleted before.
      await Promise.allSettled(Array.from({ length: 8 }, () => ledger.order(anything(lab))));
    }
    await ledger.close();
    const kept = await contents(lab);
    await rm(join(embedded, 'level'), { recursive: true });
    expect(await contents(lab)).to.deep.equal(kept);
  });

  it('starts a build anew that was broken off', async () => {
    await rm(join(embedded, 'level'), { recursive: true });
    const stop = () => {
      throw new NetworkError('CLOSED', { zh: '由测试中止', en: 'broken off by the test' });
    };
    expect(await failureOf(lab.open({ onProgress: stop }))).to.have.property('code', 'CLOSED');
    const ledger = await lab.open();
    expect(ledger.chainInfo()).to.deep.equal(info);
    await ledger.close();
  });

  it('refuses a folder of another channel or with another genesis block', async () => {
    const other = await makeLab();
    try {
      const error = await failureOf(lab.open({ genesisBlock: other.genesisBlock }));
      expect(error).to.have.property('code', 'GENESIS_MISMATCH');
      const named = await failureOf(lab.open({ channel: 'elsewhere' }));
      expect(named).to.have.property('code', 'GENESIS_MISMATCH');
    } finally {
      await other.remove();
    }
    const ledger = await lab.open();
    expect(ledger.chainInfo()).to.deep.equal(info);
    await ledger.close();
  });

  it('spreads over segment files and finds everything again', async () => {
    await rm(embedded, { recursive: true });
    const ledger = await lab.open({ segmentBytes: 8192 });
    await ledger.order(define(lab));
    const made = Array.from({ length: 8 }, (_, i) => change(i));
    for (const { envelope } of made) await ledger.order(envelope);
    await ledger.close();
    expect((await readdir(join(embedded, 'blocks'))).length).to.be.above(3);
    await rm(join(embedded, 'level'), { recursive: true });
    const again = await lab.open({ segmentBytes: 8192 });
    for (const { txId, envelope } of made) {
      expect((await again.transaction(txId))?.envelope).to.deep.equal(envelope);
    }
    await again.close();
  });
});

/** A transaction that writes, deletes and annotates a few keys of few, public and private. */
function anything(lab: Lab): Uint8Array {
  const pick = (bound: number) => Math.floor(Math.random() * bound);
  const some = <T>(make: (n: number) => T) =>
    [...Array(4).keys()].filter(() => pick(3) === 0).map((n) => make(n));
  const note = () => (pick(3) === 0 ? [] : [{ name: 'NOTE', value: Buffer.from(`${pick(99)}`) }]);
  const writes = some((n) => (pick(4) === 0 ? del(`a${n}`) : put(`a${n}`, `${pick(999)}`)));
  const metadataWrites = some((n) => ({ key: `a${n}`, entries: note() }));
  const clear = some((n) => ({ ...put(`p${n}`, `${pick(999)}`), isPurge: false }));
  const hashed = {
    collection: 'secrets',
    reads: [],
    ...hashPrivateWrites({ writes: clear, metadataWrites: [] }),
    metadataWrites: some((n) => ({ keyHash: hashKey(`p${n}`), entries: note() })),
  };
  const set = rwset(CHAINCODE, { writes, metadataWrites, collections: [hashed] });
  return transaction(lab, { rwset: set }).envelope;
}

/** What the ledger holds, seen through its own door. */
async function contents(lab: Lab): Promise<unknown> {
  const ledger = await lab.open();
  const state = ledger.snapshot();
  const entries = await take(state.range(CHAINCODE, '', ''));
  const history = [];
  for (const { key } of entries) history.push(await take(state.history(CHAINCODE, key)));
  const hashes = [0, 1, 2, 3].map((n) => state.getHash(CHAINCODE, 'secrets', hashKey(`p${n}`)));
  const config = state.get('', 'CHANNEL_CONFIG_ENV_BYTES');
  const result = {
    entries,
    history,
    hashes,
    config,
    chain: ledger.chainInfo(),
    height: state.height,
  };
  await state.close();
  await ledger.close();
  return result;
}

async function flip(file: string, at: number): Promise<void> {
  const handle = await open(file, 'r+');
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, at);
  await handle.write(Buffer.of(byte[0]! ^ 0x10), 0, 1, at);
  await handle.close();
}
