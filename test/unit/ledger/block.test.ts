import { createHash } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  blockMetadataIndex,
  blockSignatureMessage,
  buildBlock,
  commitHash,
  commitHashOf,
  creatorHeader,
  decodeOrdererMetadata,
  decodeSignatureMetadata,
  encodeBlock,
  encodeOrdererMetadata,
  encodeSignatureMetadata,
  headerHash,
  metadataAt,
  parseBlock,
  sha256,
  transactionsFilter,
  withCommitHash,
  withMetadata,
  withTransactionsFilter,
  type StateUpdates,
  WireWriter,
} from '@yici/ledger';
import { dataHash, encodeHeight, encodeUpdates, headerBytes } from '@yici/ledger/testing';
import { fromHex, hex, refused, someBytes, text } from './support/bytes.js';
import { headerVectors, updatesVector } from './support/fabric-vectors.js';

const anyBlock = fc.record({
  number: fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }),
  previousHash: fc.uint8Array(),
  envelopes: fc.array(fc.uint8Array(), { maxLength: 4 }),
});

describe('ledger: block headers', () => {
  it('writes ASN.1 as laid out by hand', () => {
    const header = { number: 128n, previousHash: fromHex('aabb'), dataHash: fromHex('cc') };
    // SEQUENCE(11) { INTEGER 128 needs a leading zero, OCTET STRING aabb, OCTET STRING cc }
    const expected = '300b' + '02020080' + '0402aabb' + '0401cc';
    expect(hex(headerBytes(header))).to.equal(expected);
    const hash = createHash('sha256').update(expected, 'hex').digest('hex');
    expect(hex(headerHash(header))).to.equal(hash);
  });

  for (const vector of headerVectors) {
    it(`agrees with Fabric on block ${vector.number}`, () => {
      const number = BigInt(vector.number);
      const hash = number === 0n ? new Uint8Array(0) : new Uint8Array(130).fill(7);
      const header = { number, previousHash: fromHex('aabb'), dataHash: hash };
      expect(hex(sha256(headerBytes(header)))).to.equal(vector.sha256);
    });
  }

  it('hashes the envelopes as one run of bytes', () => {
    expect(dataHash([text('a'), text('bc')])).to.deep.equal(sha256(text('abc')));
  });
});

describe('ledger: blocks', () => {
  it('reads back every block that it writes', () => {
    fc.assert(
      fc.property(anyBlock, (input) => {
        const block = buildBlock(input);
        expect(parseBlock(encodeBlock(block))).to.deep.equal(block);
      }),
    );
  });

  it('writes the very bytes that the generated protobuf classes write', () => {
    fc.assert(
      fc.property(anyBlock, (input) => {
        const bytes = encodeBlock(buildBlock(input));
        const again = common.Block.deserializeBinary(bytes).serializeBinary();
        expect(hex(again)).to.equal(hex(bytes));
      }),
    );
  });

  it('keeps block numbers that a JavaScript number cannot hold', () => {
    const number = 2n ** 64n - 1n;
    const block = buildBlock({ number, previousHash: text('p'), envelopes: [] });
    expect(parseBlock(encodeBlock(block)).number).to.equal(number);
  });

  it('starts with five empty metadata slots and replaces one at a time', () => {
    const block = buildBlock({ number: 1n, previousHash: text('p'), envelopes: [text('e')] });
    expect(block.metadata.map((slot) => slot.length)).to.deep.equal([0, 0, 0, 0, 0]);
    const bare = { ...block, metadata: [] };
    const changed = withMetadata(bare, blockMetadataIndex.orderer, text('o'));
    expect(changed.metadata).to.have.length(5);
    expect(metadataAt(changed, blockMetadataIndex.orderer)).to.deep.equal(text('o'));
    expect(metadataAt(bare, blockMetadataIndex.orderer)).to.have.length(0);
  });

  it('refuses a block without header or data, and garbage', () => {
    const block = new common.Block();
    refused('MALFORMED_BYTES', () => parseBlock(block.serializeBinary()));
    block.setHeader(new common.BlockHeader());
    refused('MALFORMED_BYTES', () => parseBlock(block.serializeBinary()));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (garbage) => {
        refused('MALFORMED_BYTES', () => parseBlock(new Uint8Array([0x0a, 0xff, ...garbage])));
      }),
    );
  });
});

describe('ledger: block signatures', () => {
  const header = { number: 5n, previousHash: text('previous'), dataHash: text('data') };
  const value = encodeOrdererMetadata({ lastConfig: 3n, consenterMetadata: text('raft') });
  /** `common.IdentifierHeader` bytes: a consenter signs by its number. */
  const numberedHeader = new WireWriter().varint(1, 4).bytes(2, text('nonce')).finish();

  it('covers metadata value, signer header and block header in that order', () => {
    const signer = creatorHeader(text('creator'), text('nonce'));
    const expected = Buffer.concat([value, signer, headerBytes(header)]);
    expect(hex(blockSignatureMessage(value, signer, header))).to.equal(expected.toString('hex'));
  });

  it('keeps signatures by certificate and by consenter number apart', () => {
    const byCreator = {
      kind: 'creator' as const,
      header: creatorHeader(text('creator'), text('nonce')),
      signature: text('s1'),
    };
    const byConsenter = {
      kind: 'consenter' as const,
      header: numberedHeader,
      signature: text('s2'),
    };
    const bytes = encodeSignatureMetadata(value, [byCreator, byConsenter]);
    expect(hex(common.Metadata.deserializeBinary(bytes).serializeBinary())).to.equal(hex(bytes));
    expect(decodeSignatureMetadata(bytes)).to.deep.equal({
      value,
      signatures: [
        { ...byCreator, creator: text('creator'), nonce: text('nonce') },
        { ...byConsenter, consenterId: 4, nonce: text('nonce') },
      ],
    });
  });

  it('takes a signature with both headers as one by certificate, as Fabric does', () => {
    const signature = new common.MetadataSignature();
    signature.setSignatureHeader(creatorHeader(text('creator'), text('nonce')));
    signature.setIdentifierHeader(numberedHeader);
    const metadata = new common.Metadata();
    metadata.setSignaturesList([signature]);
    const { signatures } = decodeSignatureMetadata(metadata.serializeBinary());
    expect(signatures.map(({ kind }) => kind)).to.deep.equal(['creator']);
  });

  it('reads the number of the newest config block, also when it is zero or absent', () => {
    for (const lastConfig of [0n, 7n, undefined]) {
      const metadata = { lastConfig, consenterMetadata: text('c') };
      expect(decodeOrdererMetadata(encodeOrdererMetadata(metadata))).to.deep.equal(metadata);
    }
    refused('MALFORMED_BYTES', () => decodeOrdererMetadata(text('garbage')));
  });
});

describe('ledger: what a peer adds to a block', () => {
  const block = buildBlock({
    number: 7n,
    previousHash: text('p'),
    envelopes: [text('one'), text('two')],
  });

  it('holds one validation code a transaction, and none before validation', () => {
    expect(transactionsFilter(block)).to.equal(undefined);
    const judged = withTransactionsFilter(block, [0, 11]);
    expect([...transactionsFilter(judged)!]).to.deep.equal([0, 11]);
    refused('MALFORMED_BYTES', () => withTransactionsFilter(block, [0]));
  });

  it('holds the commit hash as a Metadata message', () => {
    expect(commitHashOf(block)).to.equal(undefined);
    fc.assert(
      fc.property(someBytes, (hash) => {
        expect(commitHashOf(withCommitHash(block, hash))).to.deep.equal(hash);
      }),
    );
  });

  const heights = new Map([
    ['t0', { block: 7n, tx: 0 }],
    ['t1', { block: 7n, tx: 1 }],
    ['t2', { block: 7n, tx: 2 }],
    ['t3', { block: 7n, tx: 3 }],
    ['t256', { block: 7n, tx: 256 }],
  ]);
  const heightOf = (txId: string) => heights.get(txId)!;
  const updates: Pick<StateUpdates, 'writes' | 'hashes'> = {
    writes: [
      { namespace: 'yici', key: 'b', txId: 't1', next: valueOf('2', 't1') },
      { namespace: 'yici', key: 'a', txId: 't0', next: undefined },
      { namespace: '', key: 'CHANNEL_CONFIG_ENV_BYTES', txId: 't0', next: valueOf('x', 't0') },
    ],
    hashes: [
      hashUpdate('yici', 'pair', 'h2', 't256', 'v'),
      hashUpdate('yici', 'pair', 'h1', 't2', undefined),
      hashUpdate('_lifecycle', '_implicit_org_HrssMSP', 'k', 't3', 'w'),
    ],
  };

  function valueOf(value: string, txId: string) {
    return { value: text(value), version: heightOf(txId) };
  }

  function hashUpdate(
    namespace: string,
    collection: string,
    key: string,
    txId: string,
    value: string | undefined,
  ) {
    const next =
      value === undefined ? undefined : { valueHash: text(value), version: heightOf(txId) };
    return { namespace, collection, keyHash: text(key), txId, next };
  }

  it('puts updates in the order and form that Fabric hashes', () => {
    expect(hex(encodeUpdates(updates, heightOf))).to.equal(updatesVector);
  });

  it('does not depend on the order in which updates arrive', () => {
    const reversed = {
      writes: [...updates.writes].reverse(),
      hashes: [...updates.hashes].reverse(),
    };
    expect(hex(encodeUpdates(reversed, heightOf))).to.equal(updatesVector);
  });

  it('lets the last update of a key win', () => {
    const first = { namespace: 'yici', key: 'b', txId: 't0', next: valueOf('1', 't0') };
    const twice = { ...updates, writes: [first, ...updates.writes] };
    expect(hex(encodeUpdates(twice, heightOf))).to.equal(updatesVector);
  });

  it('chains commit hashes over codes and updates', () => {
    const codes = Uint8Array.of(0, 11);
    const previous = sha256(text('before'));
    const expected = createHash('sha256')
      .update(Uint8Array.of(2, 0, 11))
      .update(fromHex(updatesVector))
      .update(previous)
      .digest('hex');
    expect(hex(commitHash({ codes, updates, heightOf, previous }))).to.equal(expected);
    const start = commitHash({ codes, updates, heightOf, previous: undefined });
    expect(hex(start)).to.not.equal(expected);
  });

  it('writes heights so that their bytes sort as they do', () => {
    expect(hex(encodeHeight({ block: 0n, tx: 0 }))).to.equal('0000');
    expect(hex(encodeHeight({ block: 256n, tx: 1 }))).to.equal('0201000101');
    const height = fc.record({ block: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), tx: fc.nat() });
    fc.assert(
      fc.property(height, height, (left, right) => {
        const byNumber =
          left.block === right.block ? left.tx - right.tx : left.block < right.block ? -1 : 1;
        const byBytes = Buffer.compare(encodeHeight(left), encodeHeight(right));
        return Math.sign(byNumber) === Math.sign(byBytes);
      }),
    );
  });
});
