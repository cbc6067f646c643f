import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashKey, validationCode, type PrivateCollectionWrites } from '@yici/ledger';
import type { ChannelLedger, StateSnapshot } from '@yici/network/testing';
import { expect } from 'chai';
import { take } from './support/expectations.js';
import {
  CHAINCODE,
  collection,
  define,
  del,
  makeLab,
  privateWrite,
  put,
  write,
  type Lab,
} from './support/lab.js';

describe('private data', () => {
  let lab: Lab;
  let ledger: ChannelLedger;

  beforeEach(async () => {
    lab = await makeLab();
    ledger = await lab.open();
    await ledger.order(define(lab, [collection('secrets'), collection('brief', 2n)]));
  });

  afterEach(async () => {
    await ledger.close();
    await lab.remove();
  });

  it('becomes state when its transaction commits, and everyone keeps the hash', async () => {
    const { block } = await commit(lab, ledger, 'secrets', [put('k1', 'v1'), put('k2', 'v2')]);
    await withSnapshot(ledger, async (state) => {
      expect(text(state, 'secrets', 'k1')).to.equal('v1');
      expect(state.getPrivate(CHAINCODE, 'secrets', 'k1')!.version).to.deep.equal({ block, tx: 0 });
      const hash = state.getHash(CHAINCODE, 'secrets', hashKey('k1'));
      expect(hash?.version).to.deep.equal({ block, tx: 0 });
      const range = await take(state.rangePrivate(CHAINCODE, 'secrets', 'k', ''));
      expect(range.map(({ key }) => key)).to.deep.equal(['k1', 'k2']);
    });
    const writes = await ledger.privateWrites(block);
    expect(keysOf(writes.get(0))).to.deep.equal(['k1', 'k2']);
  });

  it('is not taken over when its hash is not the one in the block', async () => {
    const { txId, envelope, clear } = privateWrite(lab, 'secrets', [put('k', 'true')]);
    const forged = clear.map((each) => ({
      ...each,
      writes: [
        { ...put('k', 'forged'), isPurge: false },
        { ...put('x', 'extra'), isPurge: false },
      ],
    }));
    await ledger.stagePrivate(txId, forged);
    const { code, block } = await ledger.order(envelope);
    expect(code).to.equal(validationCode.VALID);
    await withSnapshot(ledger, (state) => {
      expect(state.getHash(CHAINCODE, 'secrets', hashKey('k'))).to.not.equal(undefined);
      expect(state.getPrivate(CHAINCODE, 'secrets', 'k')).to.equal(undefined);
      expect(state.getPrivate(CHAINCODE, 'secrets', 'x')).to.equal(undefined);
    });
    expect((await ledger.privateWrites(block)).size).to.equal(0);
  });

  it('never shows an old value when only the hash of the new one is known', async () => {
    await commit(lab, ledger, 'secrets', [put('k', 'old')]);
    const unknown = privateWrite(lab, 'secrets', [put('k', 'new')]);
    await ledger.order(unknown.envelope);
    await withSnapshot(ledger, (state) => {
      expect(state.getPrivate(CHAINCODE, 'secrets', 'k')).to.equal(undefined);
      expect(state.getHash(CHAINCODE, 'secrets', hashKey('k'))).to.not.equal(undefined);
    });
  });

  it('is forgotten when its transaction is not valid', async () => {
    const { txId, envelope, clear } = privateWrite(lab, 'absent', [put('k', 'v')]);
    await ledger.stagePrivate(txId, clear);
    expect((await ledger.order(envelope)).code).to.not.equal(validationCode.VALID);
    await withSnapshot(ledger, (state) => {
      expect(state.getPrivate(CHAINCODE, 'absent', 'k')).to.equal(undefined);
    });
  });

  it('waits through a restart for its transaction', async () => {
    const { txId, envelope, clear } = privateWrite(lab, 'secrets', [put('k', 'patient')]);
    await ledger.stagePrivate(txId, clear);
    await ledger.close();
    ledger = await lab.open();
    await ledger.order(envelope);
    await withSnapshot(ledger, (state) => {
      expect(text(state, 'secrets', 'k')).to.equal('patient');
    });
  });

  it('is deleted with its hash, and its past stays until it is purged', async () => {
    const first = await commit(lab, ledger, 'secrets', [put('k', 'v')]);
    await commit(lab, ledger, 'secrets', [del('k')]);
    await withSnapshot(ledger, (state) => {
      expect(state.getPrivate(CHAINCODE, 'secrets', 'k')).to.equal(undefined);
      expect(state.getHash(CHAINCODE, 'secrets', hashKey('k'))).to.equal(undefined);
    });
    expect(keysOf((await ledger.privateWrites(first.block)).get(0))).to.deep.equal(['k']);
  });

  it('is gone from state, past and disk once purged, and only what was purged', async () => {
    const one = await commit(lab, ledger, 'secrets', [
      put('case', 'unspeakable-one'),
      put('other', 'kept'),
    ]);
    const two = await commit(lab, ledger, 'secrets', [put('case', 'unspeakable-two')]);
    const purge = await commit(lab, ledger, 'secrets', [{ ...del('case'), isPurge: true }]);
    await withSnapshot(ledger, (state) => {
      expect(state.getPrivate(CHAINCODE, 'secrets', 'case')).to.equal(undefined);
      expect(state.getHash(CHAINCODE, 'secrets', hashKey('case'))).to.equal(undefined);
      expect(text(state, 'secrets', 'other')).to.equal('kept');
    });
    expect(keysOf((await ledger.privateWrites(one.block)).get(0))).to.deep.equal(['other']);
    expect((await ledger.privateWrites(two.block)).size).to.equal(0);
    expect((await ledger.privateWrites(purge.block)).size).to.equal(0);
    await ledger.close();
    expect(await filesHold(lab, 'unspeakable')).to.equal(false);
    ledger = await lab.open();
    await commit(lab, ledger, 'secrets', [put('case', 'new life')]);
    await withSnapshot(ledger, (state) => {
      expect(text(state, 'secrets', 'case')).to.equal('new life');
    });
  });

  it('leaves the disk also when a reader was open while it was purged', async () => {
    await commit(lab, ledger, 'secrets', [put('case', 'unspeakable')]);
    const reader = ledger.snapshot();
    await commit(lab, ledger, 'secrets', [{ ...del('case'), isPurge: true }]);
    expect(text(reader, 'secrets', 'case')).to.equal('unspeakable');
    expect(await filesHold(lab, 'unspeakable')).to.equal(true);
    await reader.close();
    await ledger.close();
    expect(await filesHold(lab, 'unspeakable')).to.equal(false);
  });

  it('ends its life when its blocks are over, unless it was written again', async () => {
    const first = await commit(lab, ledger, 'brief', [put('a', 'short'), put('b', 'renewed')]);
    await commit(lab, ledger, 'brief', [put('b', 'again')]);
    await tick(lab, ledger);
    await withSnapshot(ledger, (state) => {
      expect(text(state, 'brief', 'a')).to.equal('short');
    });
    // Written at block n with blockToLive 2: it goes with block n + 3.
    expect(await tick(lab, ledger)).to.equal(first.block + 3n);
    await withSnapshot(ledger, (state) => {
      expect(state.getPrivate(CHAINCODE, 'brief', 'a')).to.equal(undefined);
      expect(state.getHash(CHAINCODE, 'brief', hashKey('a'))).to.equal(undefined);
      expect(text(state, 'brief', 'b')).to.equal('again');
    });
    expect((await ledger.privateWrites(first.block)).size).to.equal(0);
    await tick(lab, ledger);
    await withSnapshot(ledger, (state) => {
      expect(state.getPrivate(CHAINCODE, 'brief', 'b')).to.equal(undefined);
    });
  });

  it('survives a rebuild of the state', async () => {
    const { block } = await commit(lab, ledger, 'secrets', [put('k', 'v1')]);
    await commit(lab, ledger, 'secrets', [put('k', 'v2'), put('gone', 'x')]);
    await commit(lab, ledger, 'secrets', [{ ...del('gone'), isPurge: true }]);
    await commit(lab, ledger, 'brief', [put('b', 'v')]);
    await ledger.close();
    ledger = await lab.open({ rebuild: true });
    await withSnapshot(ledger, (state) => {
      expect(text(state, 'secrets', 'k')).to.equal('v2');
      expect(state.getPrivate(CHAINCODE, 'secrets', 'gone')).to.equal(undefined);
      expect(text(state, 'brief', 'b')).to.equal('v');
    });
    expect(keysOf((await ledger.privateWrites(block)).get(0))).to.deep.equal(['k']);
    for (let i = 0; i < 3; i++) await tick(lab, ledger);
    await withSnapshot(ledger, (state) => {
      expect(state.getPrivate(CHAINCODE, 'brief', 'b')).to.equal(undefined);
    });
  });
});

async function commit(
  lab: Lab,
  ledger: ChannelLedger,
  name: string,
  writes: Parameters<typeof privateWrite>[2],
): Promise<{ block: bigint }> {
  const { txId, envelope, clear } = privateWrite(lab, name, writes);
  await ledger.stagePrivate(txId, clear);
  const { block, code } = await ledger.order(envelope);
  expect(code).to.equal(validationCode.VALID);
  return { block };
}

/** One more block. */
async function tick(lab: Lab, ledger: ChannelLedger): Promise<bigint> {
  return (await ledger.order(write(lab, [put('tick', 'x')]).envelope)).block;
}

function text(state: StateSnapshot, name: string, key: string): string | undefined {
  const found = state.getPrivate(CHAINCODE, name, key);
  return found && Buffer.from(found.value).toString();
}

function keysOf(writes: readonly PrivateCollectionWrites[] | undefined): string[] | undefined {
  return writes?.flatMap((each) => each.writes.map(({ key }) => key));
}

async function filesHold(lab: Lab, needle: string): Promise<boolean> {
  const folder = join(lab.directory, 'embedded');
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of names) {
    if (!entry.isFile()) continue;
    if ((await readFile(join(entry.parentPath, entry.name))).includes(needle)) return true;
  }
  return false;
}

async function withSnapshot(
  ledger: ChannelLedger,
  look: (state: StateSnapshot) => void | Promise<void>,
): Promise<void> {
  const snapshot = ledger.snapshot();
  try {
    await look(snapshot);
  } finally {
    await snapshot.close();
  }
}
