import { ledger } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  compareUtf8,
  decodeTxPrivateRwSet,
  decodeTxRwSet,
  decodeTxWrites,
  encodeTxPrivateRwSet,
  encodeTxRwSet,
  hashKey,
  isDeleteWrite,
  merkleSummary,
  sha256,
  type KvRead,
  type NamespaceRwSet,
  type PrivateCollectionWrites,
  type RangeQuery,
  type TxRwSet,
} from '@yici/ledger';
import { isDeleteHashedWrite, isMerkleSummary } from '@yici/ledger/testing';
import { anyString, fromHex, hex, refused, someBytes, text } from './support/bytes.js';
import { merkleVectors, privateRwSetVector, publicRwSetVector } from './support/fabric-vectors.js';
import { hashPrivateWrites, sortTxRwSet } from '../../support/ledger/rwset.js';

const { kvrwset } = ledger.rwset;

const version = fc.record({ block: fc.bigInt({ min: 0n, max: 2n ** 53n }), tx: fc.nat() });
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 3 });
const optional = { requiredKeys: ['key' as const] };
const kvRead: fc.Arbitrary<KvRead> = fc.record({ key: anyString, version }, optional);
const entry = fc.record({ name: anyString, value: fc.uint8Array() });
const rangeQuery: fc.Arbitrary<RangeQuery> = fc.record({
  startKey: anyString,
  endKey: anyString,
  exhausted: fc.boolean(),
  reads: fc.oneof(
    list(kvRead),
    fc.record({
      maxDegree: fc.nat(),
      maxLevel: fc.nat(),
      maxLevelHashes: list(fc.uint8Array()),
    }),
  ),
});
const collection = fc.record({
  collection: anyString,
  reads: list(fc.record({ keyHash: someBytes, version }, { requiredKeys: ['keyHash'] })),
  writes: list(
    fc.record({
      keyHash: someBytes,
      isDelete: fc.boolean(),
      valueHash: fc.uint8Array(),
      isPurge: fc.boolean(),
    }),
  ),
  metadataWrites: list(fc.record({ keyHash: someBytes, entries: list(entry) })),
  privateRwSetHash: fc.uint8Array(),
});
const namespace: fc.Arbitrary<NamespaceRwSet> = fc.record({
  namespace: anyString,
  reads: list(kvRead),
  rangeQueries: list(rangeQuery),
  writes: list(fc.record({ key: anyString, isDelete: fc.boolean(), value: fc.uint8Array() })),
  metadataWrites: list(fc.record({ key: anyString, entries: list(entry) })),
  collections: list(collection),
});

const empty = {
  reads: [],
  rangeQueries: [],
  writes: [],
  metadataWrites: [],
  collections: [],
} as const;

describe('ledger: read-write sets', () => {
  it('reads back every read-write set that it writes', () => {
    fc.assert(
      fc.property(list(namespace), (rwset) => {
        expect(decodeTxRwSet(encodeTxRwSet(rwset))).to.deep.equal(rwset);
      }),
    );
  });

  it('reads the writes alone as it reads them with the rest', () => {
    fc.assert(
      fc.property(list(namespace), (rwset) => {
        const bytes = encodeTxRwSet(rwset);
        const unread = decodeTxRwSet(bytes).map((set) => ({ ...set, reads: [], rangeQueries: [] }));
        expect(decodeTxWrites(bytes)).to.deep.equal(unread);
      }),
    );
  });

  it('writes the very bytes that the generated protobuf classes write', () => {
    fc.assert(
      fc.property(list(namespace), (rwset) => {
        const bytes = encodeTxRwSet(rwset);
        const message = ledger.rwset.TxReadWriteSet.deserializeBinary(bytes);
        expect(hex(message.serializeBinary())).to.equal(hex(bytes));
        for (const inner of message.getNsRwsetList()) {
          const kv = inner.getRwset_asU8();
          expect(hex(kvrwset.KVRWSet.deserializeBinary(kv).serializeBinary())).to.equal(hex(kv));
          for (const hashed of inner.getCollectionHashedRwsetList()) {
            const set = hashed.getHashedRwset_asU8();
            const again = kvrwset.HashedRWSet.deserializeBinary(set).serializeBinary();
            expect(hex(again)).to.equal(hex(set));
          }
        }
      }),
    );
  });

  it('tells a key that was never there from one written at height 0:0', () => {
    const reads = [{ key: 'absent' }, { key: 'genesis', version: { block: 0n, tx: 0 } }];
    const [decoded] = decodeTxRwSet(encodeTxRwSet([{ ...empty, namespace: 'yici', reads }]));
    expect(decoded?.reads).to.deep.equal(reads);
  });

  it('makes what Fabric makes of the same simulation', () => {
    const secret = { key: 'secret', isDelete: false, value: text('s'), isPurge: false };
    const pair = { namespace: 'yici', collection: 'pair', writes: [secret], metadataWrites: [] };
    const metadata = (key: string) => ({
      key,
      entries: [
        { name: 'a', value: Uint8Array.of(1) },
        { name: 'b', value: text('vp') },
      ],
    });
    const rwset: TxRwSet = [
      {
        ...empty,
        namespace: 'yici',
        reads: [
          { key: 'read', version: { block: 300n, tx: 2 } },
          { key: 'genesis', version: { block: 0n, tx: 0 } },
        ],
        writes: [
          { key: '\u{1f600}', isDelete: false, value: text('emoji') },
          { key: '\uffff', isDelete: false, value: text('bmp') },
          { key: 'gone', isDelete: true, value: text('') },
        ],
        metadataWrites: [metadata('read'), metadata('genesis')],
        collections: [
          {
            collection: 'pair',
            reads: [{ keyHash: hashKey('secret'), version: { block: 4n, tx: 1 } }],
            metadataWrites: [],
            ...hashPrivateWrites(pair),
          },
        ],
      },
      {
        ...empty,
        namespace: '_lifecycle',
        writes: [{ key: 'x', isDelete: false, value: text('1') }],
      },
    ];
    expect(hex(encodeTxRwSet(sortTxRwSet(rwset)))).to.equal(publicRwSetVector);
    expect(hex(encodeTxPrivateRwSet([pair]))).to.equal(privateRwSetVector);
    const fromFabric = decodeTxRwSet(fromHex(publicRwSetVector));
    expect(hex(encodeTxRwSet(fromFabric))).to.equal(publicRwSetVector);
  });

  it('sorts by UTF-8 bytes, not by UTF-16 units', () => {
    fc.assert(
      fc.property(anyString, anyString, (left, right) => {
        const expected = Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right)));
        return Math.sign(compareUtf8(left, right)) === expected;
      }),
    );
    expect(compareUtf8('\uffff', '\u{1f600}')).to.be.lessThan(0);
  });

  it('knows the deletes that do not say so', () => {
    const write = { key: 'k', isDelete: false, value: text('') };
    expect(isDeleteWrite(write)).to.equal(true);
    expect(isDeleteWrite({ ...write, value: text('v') })).to.equal(false);
    const hashed = { keyHash: text('k'), isDelete: false, isPurge: false };
    expect(isDeleteHashedWrite({ ...hashed, valueHash: sha256() })).to.equal(true);
    expect(isDeleteHashedWrite({ ...hashed, valueHash: text('') })).to.equal(true);
    expect(isDeleteHashedWrite({ ...hashed, valueHash: sha256(text('v')) })).to.equal(false);
  });

  it('refuses garbage and every cut-off or altered set with a code, never another error', () => {
    const bytes = fromHex(publicRwSetVector);
    refused('MALFORMED_BYTES', () => decodeTxRwSet(text('garbage')));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        for (const broken of [
          bytes.subarray(0, at),
          bytes.map((byte, index) => (index === at ? value : byte)),
        ]) {
          try {
            decodeTxRwSet(broken);
          } catch (error) {
            expect(error).to.include({ name: 'LedgerError', code: 'MALFORMED_BYTES' });
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('ledger: private read-write sets', () => {
  const delta: PrivateCollectionWrites = {
    namespace: 'yici',
    collection: 'pair',
    writes: [
      { key: 'a', isDelete: false, value: text('1'), isPurge: false },
      { key: 'b', isDelete: true, value: text(''), isPurge: true },
    ],
    metadataWrites: [{ key: 'c', entries: [{ name: 'VALIDATION_PARAMETER', value: text('p') }] }],
  };

  it('keeps metadata entries out of the private set and groups collections by namespace', () => {
    const other = { ...delta, collection: 'other', metadataWrites: [] };
    const foreign = { ...other, namespace: 'zeta' };
    const bytes = encodeTxPrivateRwSet([delta, other, foreign]);
    const message = ledger.rwset.TxPvtReadWriteSet.deserializeBinary(bytes);
    expect(message.getNsPvtRwsetList().map((inner) => inner.getNamespace())).to.deep.equal([
      'yici',
      'zeta',
    ]);
    const decoded = decodeTxPrivateRwSet(bytes);
    expect(decoded.map((set) => set.collection)).to.deep.equal(['pair', 'other', 'other']);
    expect(decoded[0]?.metadataWrites).to.deep.equal([{ key: 'c', entries: [] }]);
  });
});

describe('ledger: Merkle summaries of range queries', () => {
  const reads = (count: number): KvRead[] =>
    Array.from({ length: count }, (_, index) => ({
      key: `key${String(index).padStart(6, '0')}`,
      version: { block: BigInt(index % 7), tx: index % 3 },
    }));

  for (const vector of merkleVectors) {
    it(`agrees with Fabric on ${vector.reads} reads of degree ${vector.degree}`, () => {
      const query = {
        startKey: 'key',
        endKey: 'kez',
        exhausted: true,
        reads: merkleSummary(reads(vector.reads), vector.degree),
      };
      const rwset = [{ ...empty, namespace: 'ns', rangeQueries: [query] }];
      expect(hex(sha256(encodeTxRwSet(rwset)))).to.equal(vector.sha256);
    });
  }

  it('keeps the raw reads up to the degree and the hashes above it', () => {
    expect(isMerkleSummary(merkleSummary(reads(50)))).to.equal(false);
    expect(isMerkleSummary(merkleSummary(reads(51)))).to.equal(true);
  });

  it('changes with every read', () => {
    const some = reads(60);
    const whole = merkleSummary(some, 5);
    fc.assert(
      fc.property(fc.nat(59), (at) => {
        const missing = some.filter((_, index) => index !== at);
        expect(merkleSummary(missing, 5)).to.not.deep.equal(whole);
      }),
    );
  });

  it('refuses a degree below two, which a read-write set may claim', () => {
    refused('MALFORMED_BYTES', () => merkleSummary(reads(3), 1));
  });
});
