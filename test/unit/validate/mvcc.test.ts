import { expect } from 'chai';
import fc from 'fast-check';
import {
  hashKey,
  merkleSummary,
  sha256,
  validateBlock,
  type BlockVerdict,
  type KvRead,
  type NamespaceRwSet,
  type RangeQuery,
} from '@yici/ledger';
import type { MemoryState } from '@yici/ledger/testing';
import { codes, commit, createLab, put, stateWith, type Lab } from '../../support/ledger/lab.js';
import {
  block,
  CHAINCODE,
  namespace,
  read,
  remove,
  transaction,
  write,
} from '../../support/ledger/transaction.js';

describe('reads that are no longer so', () => {
  let lab: Lab;

  before(async () => {
    lab = await createLab();
  });

  const envelope = (parts: Partial<NamespaceRwSet>): Uint8Array =>
    transaction({
      creator: lab.hrss.client,
      endorsers: [lab.hrss.peer, lab.finance.peer],
      rwset: [namespace(parts)],
    }).envelope;

  const judge = (
    state: MemoryState,
    ...parts: readonly Partial<NamespaceRwSet>[]
  ): Promise<BlockVerdict> =>
    validateBlock(block(7n, ...parts.map(envelope)), { config: lab.config, state });

  const withKeys = (...keys: readonly string[]): MemoryState => {
    const state = stateWith();
    for (const key of keys) put(state, CHAINCODE, key, { block: 3n, tx: 1 });
    return state;
  };

  const range = (
    start: string,
    end: string,
    reads: RangeQuery['reads'],
    exhausted = true,
  ): Partial<NamespaceRwSet> => ({
    rangeQueries: [{ startKey: start, endKey: end, exhausted, reads }],
  });

  it('make a transaction MVCC_READ_CONFLICT when a key moved, came or went', async () => {
    const verdict = await judge(
      withKeys('a'),
      { reads: [read('a', 3n, 1)] },
      { reads: [read('a', 3n, 0)] },
      { reads: [read('a')] },
      { reads: [read('b')] },
      { reads: [read('b', 3n, 1)] },
    );
    expect(codes(verdict)).to.deep.equal([
      'VALID',
      'MVCC_READ_CONFLICT',
      'MVCC_READ_CONFLICT',
      'VALID',
      'MVCC_READ_CONFLICT',
    ]);
    expect(verdict.transactions[1]?.reason).to.equal(
      'key a of matters was read at 3:0 but is at 3:1',
    );
  });

  it('count what an earlier valid transaction of the block wrote or deleted', async () => {
    const verdict = await judge(
      withKeys('a', 'b'),
      { writes: [write('a'), remove('b')] },
      { reads: [read('a', 3n, 1)] },
      { reads: [read('b', 3n, 1)], writes: [write('c')] },
      { reads: [read('c')] },
    );
    expect(codes(verdict)).to.deep.equal([
      'VALID',
      'MVCC_READ_CONFLICT',
      'MVCC_READ_CONFLICT',
      'VALID',
    ]);
    expect(verdict.updates.writes.map(({ key, next }) => [key, next === undefined])).to.deep.equal([
      ['a', false],
      ['b', true],
    ]);
  });

  it('do not stop blind writes: the last one of a block wins', async () => {
    const state = withKeys('a');
    const writes = ['one', 'two'].map((text) => envelope({ writes: [write('a', text)] }));
    const verdict = await commit(lab.config, state, block(7n, ...writes));
    expect(codes(verdict)).to.deep.equal(['VALID', 'VALID']);
    expect(verdict.updates.writes.map(({ next }) => next?.version.tx)).to.deep.equal([0, 1]);
    expect(Buffer.from(state.get(CHAINCODE, 'a')?.value ?? []).toString()).to.equal('two');
  });

  it('take an empty value for a delete, as Fabric does', async () => {
    const verdict = await judge(withKeys('a'), { writes: [write('a', '')] });
    expect(verdict.updates.writes[0]?.next).to.equal(undefined);
  });

  describe('of a range', () => {
    const both = [read('a', 3n, 1), read('b', 3n, 1)];

    it('are in order when the range has the same keys at the same heights', async () => {
      const state = withKeys('a', 'b', 'z');
      const verdict = await judge(state, range('a', 'c', both), range('c', 'd', []));
      expect(codes(verdict)).to.deep.equal(['VALID', 'VALID']);
    });

    it('make it PHANTOM_READ_CONFLICT when a key came, went or moved', async () => {
      const state = withKeys('a', 'b', 'bb');
      const verdict = await judge(
        state,
        range('a', 'c', both),
        range('a', 'bb', [...both, read('b', 3n, 2)]),
        range('a', 'bb', [read('a', 3n, 1), read('b', 2n, 1)]),
        range('a', 'bb', []),
        range('x', '', [read('x', 3n, 1)]),
      );
      expect(codes(verdict)).to.deep.equal(Array(5).fill('PHANTOM_READ_CONFLICT'));
    });

    it('count what the block wrote so far', async () => {
      const state = withKeys('a', 'b');
      const verdict = await judge(
        state,
        { writes: [write('aa')] },
        range('a', 'c', both),
        { writes: [remove('aa')] },
        range('a', 'c', both),
        { writes: [remove('b')] },
        range('a', 'c', [read('a', 3n, 1)]),
        range('a', 'c', both),
      );
      expect(codes(verdict)).to.deep.equal([
        'VALID',
        'PHANTOM_READ_CONFLICT',
        'VALID',
        'VALID',
        'VALID',
        'VALID',
        'PHANTOM_READ_CONFLICT',
      ]);
    });

    it('count the last key seen when the query was not read to its end', async () => {
      const state = withKeys('a', 'b', 'c');
      const verdict = await judge(
        state,
        range('a', 'b', both, false),
        range('a', 'b', [read('a', 3n, 1)], false),
        range('a', 'b', [read('a', 3n, 1)], true),
      );
      expect(codes(verdict)).to.deep.equal(['VALID', 'PHANTOM_READ_CONFLICT', 'VALID']);
    });

    it('go through all keys when the end is empty', async () => {
      const state = withKeys('a', 'b');
      expect(codes(await judge(state, range('', '', both)))).to.deep.equal(['VALID']);
    });

    it('are compared by their hashes when there were many', async () => {
      const keys = Array.from({ length: 40 }, (_, index) => `k${String(index).padStart(3, '0')}`);
      const summary = merkleSummary(
        keys.map((key) => read(key, 3n, 1)),
        3,
      );
      const state = withKeys(...keys);
      const verdict = await judge(
        state,
        range('k', 'l', summary),
        { writes: [write('k0005')] },
        range('k', 'l', summary),
      );
      expect(codes(verdict)).to.deep.equal(['VALID', 'VALID', 'PHANTOM_READ_CONFLICT']);
    });

    it('stop the channel when the tree of hashes has an impossible degree', async () => {
      const summary = { maxDegree: 1, maxLevel: 1, maxLevelHashes: [] };
      expect((await judge(withKeys(), range('a', 'b', summary))).halt?.reason).to.match(/degree/);
    });

    it('are in order exactly when nothing changed in them, whatever the keys are', async () => {
      const key = fc.stringMatching(/^[a-e\u00e9\u{10330}]{1,2}$/u);
      const keys = fc.uniqueArray(key, { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(keys, keys, key, key, async (stored, written, one, other) => {
          const [start, end] = [one, other].sort(byUtf8);
          const inside = (name: string): boolean =>
            byUtf8(name, start ?? '') >= 0 && byUtf8(name, end ?? '') < 0;
          const reads: KvRead[] = stored
            .filter(inside)
            .sort(byUtf8)
            .map((name) => read(name, 3n, 1));
          const verdict = await judge(
            withKeys(...stored),
            { writes: written.map((name) => write(name)) },
            range(start ?? '', end ?? '', reads),
          );
          const expected = written.some(inside) ? 'PHANTOM_READ_CONFLICT' : 'VALID';
          expect(codes(verdict)).to.deep.equal(['VALID', start === end ? 'VALID' : expected]);
        }),
        { numRuns: 60 },
      );
    });
  });

  describe('of private keys', () => {
    const collection = 'sealed';
    const reading = (key: string, version?: KvRead['version']): Partial<NamespaceRwSet> => ({
      collections: [
        {
          collection,
          reads: [{ keyHash: hashKey(key), ...(version && { version }) }],
          writes: [],
          metadataWrites: [],
          privateRwSetHash: new Uint8Array(0),
        },
      ],
    });

    it('are compared by key hash and height', async () => {
      const state = stateWith();
      const version = { block: 3n, tx: 1 };
      const next = { valueHash: sha256(Buffer.from('v')), version };
      const known = { namespace: CHAINCODE, collection, keyHash: hashKey('k'), txId: '' };
      state.apply({ writes: [], hashes: [{ ...known, next }] }, []);
      const verdict = await judge(
        state,
        reading('k', version),
        reading('k', { block: 3n, tx: 0 }),
        reading('k'),
        reading('nothing'),
      );
      expect(codes(verdict)).to.deep.equal([
        'VALID',
        'MVCC_READ_CONFLICT',
        'MVCC_READ_CONFLICT',
        'VALID',
      ]);
    });
  });
});

function byUtf8(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
