import { bytes, list, message, string, type MessageOf } from '../wire/message.js';
import { NONE } from '../wire/writer.js';
import { decodeKvWrites, kvRwSet, type KvRwSet } from './kv.js';
import {
  hashedRwSet,
  type CollectionRwSet,
  type HashedWrite,
  type NamespaceRwSet,
  type TxRwSet,
} from './model.js';

const collectionMessage = message('rwset.CollectionHashedReadWriteSet', {
  collection: string(1),
  hashed: bytes(2),
  privateRwSetHash: bytes(3),
});
const namespaceMessage = message(
  'rwset.NsReadWriteSet',
  {
    namespace: string(1),
    rwset: bytes(2),
    collections: list(3, collectionMessage),
  },
  () => ({ namespace: '', rwset: NONE, collections: [] }),
);
const txMessage = message('rwset.TxReadWriteSet', { namespaces: list(2, namespaceMessage) });

/**
 * `rwset.TxReadWriteSet` bytes in the given order. Source:
 * core/ledger/kvledger/txmgmt/rwsetutil/rwset_proto_util.go.
 */
export function encodeTxRwSet(rwset: TxRwSet): Uint8Array {
  const namespaces = rwset.map(({ namespace, collections, ...kv }) => ({
    namespace,
    rwset: kvRwSet.encode(kv),
    collections: collections.map(({ collection, privateRwSetHash, ...hashed }) => ({
      collection,
      hashed: hashedRwSet.encode(hashed),
      privateRwSetHash,
    })),
  }));
  return txMessage.encode({ namespaces });
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeTxRwSet(bytes: Uint8Array): TxRwSet {
  return decodeNamespaces(bytes, kvRwSet.decode);
}

/** {@link decodeTxRwSet} that skips public reads and range queries, for callers that only apply the writes. */
export function decodeTxWrites(bytes: Uint8Array): TxRwSet {
  return decodeNamespaces(bytes, decodeKvWrites);
}

function decodeNamespaces(bytes: Uint8Array, decodeKv: (bytes: Uint8Array) => KvRwSet): TxRwSet {
  const { namespaces } = txMessage.decode(bytes);
  return namespaces.map(({ namespace, rwset, collections }): NamespaceRwSet => {
    const hashed = collections.map(decodeCollection);
    const { reads, rangeQueries, writes, metadataWrites } = decodeKv(rwset);
    return { namespace, reads, rangeQueries, writes, metadataWrites, collections: hashed };
  });
}

function decodeCollection({
  collection,
  hashed,
  privateRwSetHash,
}: MessageOf<typeof collectionMessage>): CollectionRwSet {
  const { reads, writes, metadataWrites } = hashedRwSet.decode(hashed);
  return { collection, reads, writes, metadataWrites, privateRwSetHash };
}

/** Whether a public write deletes its key; in Fabric an empty value is a delete too (rwset_proto_util.go). */
export function isDeleteWrite(write: { isDelete: boolean; value: Uint8Array }): boolean {
  return write.isDelete || write.value.length === 0;
}

const HASH_OF_NOTHING = Buffer.from(
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'hex',
);

/** The same for a hashed write: no hash, or the hash of empty bytes (rwset_proto_util.go IsKVWriteHashDelete). */
export function isDeleteHashedWrite(write: HashedWrite): boolean {
  return write.isDelete || write.valueHash.length === 0 || HASH_OF_NOTHING.equals(write.valueHash);
}
