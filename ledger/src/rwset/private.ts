import { sha256 } from '../crypto/hash.js';
import { WireReader } from '../wire/reader.js';
import { NONE, utf8, WireWriter } from '../wire/writer.js';
import { decodeKvRwSet, encodeKvRwSet } from './kv.js';
import type { PrivateCollectionWrites } from './model.js';

/**
 * `kvrwset.KVRWSet` bytes of one collection's cleartext writes; their SHA-256 is the `privateRwSetHash` in the block.
 * Metadata writes contain the key only, their entries are public (rwset_builder.go AddToHashedMetadataWriteSet).
 */
export function encodePrivateWrites(
  writes: Pick<PrivateCollectionWrites, 'writes' | 'metadataWrites'>,
): Uint8Array {
  return encodeKvRwSet({
    reads: [],
    rangeQueries: [],
    writes: writes.writes,
    metadataWrites: writes.metadataWrites.map(({ key }) => ({ key, entries: [] })),
  });
}

/** @throws LedgerError MALFORMED_BYTES. A purge looks like a delete: only the block's hashes tell them apart. */
function decodePrivateWrites(
  namespace: string,
  collection: string,
  bytes: Uint8Array,
): PrivateCollectionWrites {
  const { writes, metadataWrites } = decodeKvRwSet(bytes);
  return {
    namespace,
    collection,
    writes: writes.map((write) => ({ ...write, isPurge: false })),
    metadataWrites,
  };
}

/** SHA-256 of a private key's UTF-8 bytes, under which the public state knows it. */
export function hashKey(key: string): Uint8Array {
  return sha256(utf8(key));
}

/** `rwset.TxPvtReadWriteSet` bytes; consecutive collections of one namespace share an entry, so sort by namespace first. */
export function encodeTxPrivateRwSet(collections: readonly PrivateCollectionWrites[]): Uint8Array {
  const writer = new WireWriter();
  let index = 0;
  while (index < collections.length) {
    const namespace = collections[index]?.namespace ?? '';
    const namespaceWriter = new WireWriter().string(1, namespace);
    for (; collections[index]?.namespace === namespace; index += 1) {
      const collection = collections[index];
      if (collection) namespaceWriter.message(2, encodeCollection(collection));
    }
    writer.message(2, namespaceWriter.finish());
  }
  return writer.finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeTxPrivateRwSet(bytes: Uint8Array): PrivateCollectionWrites[] {
  const reader = new WireReader(bytes, 'rwset.TxPvtReadWriteSet');
  const collections: PrivateCollectionWrites[] = [];
  while (reader.next()) {
    if (reader.tag === 0x12) collections.push(...decodeNamespace(reader.bytes()));
    else reader.skip();
  }
  return collections;
}

function encodeCollection(collection: PrivateCollectionWrites): Uint8Array {
  return new WireWriter()
    .string(1, collection.collection)
    .bytes(2, encodePrivateWrites(collection))
    .finish();
}

function decodeNamespace(bytes: Uint8Array): PrivateCollectionWrites[] {
  const reader = new WireReader(bytes, 'rwset.NsPvtReadWriteSet');
  const collections: (readonly [string, Uint8Array])[] = [];
  let namespace = '';
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        namespace = reader.string();
        break;
      case 0x12:
        collections.push(decodeCollection(reader.bytes()));
        break;
      default:
        reader.skip();
    }
  }
  return collections.map(([name, rwset]) => decodePrivateWrites(namespace, name, rwset));
}

function decodeCollection(bytes: Uint8Array): [string, Uint8Array] {
  const reader = new WireReader(bytes, 'rwset.CollectionPvtReadWriteSet');
  let collection = '';
  let rwset = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        collection = reader.string();
        break;
      case 0x12:
        rwset = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return [collection, rwset];
}
