import { sha256 } from '../crypto/hash.js';
import { bytes, list, message, string, type MessageOf } from '../wire/message.js';
import { utf8 } from '../wire/writer.js';
import { kvRwSet } from './kv.js';
import type { PrivateCollectionWrites } from './model.js';

/**
 * `kvrwset.KVRWSet` bytes of one collection's cleartext writes; their SHA-256 is the `privateRwSetHash` in the block.
 * Metadata writes contain the key only, their entries are public (rwset_builder.go AddToHashedMetadataWriteSet).
 */
export function encodePrivateWrites(
  writes: Pick<PrivateCollectionWrites, 'writes' | 'metadataWrites'>,
): Uint8Array {
  return kvRwSet.encode({
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
  const { writes, metadataWrites } = kvRwSet.decode(bytes);
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

const collectionMessage = message('rwset.CollectionPvtReadWriteSet', {
  collection: string(1),
  rwset: bytes(2),
});
const namespaceMessage = message('rwset.NsPvtReadWriteSet', {
  namespace: string(1),
  collections: list(2, collectionMessage),
});
const txMessage = message('rwset.TxPvtReadWriteSet', { namespaces: list(2, namespaceMessage) });

/** `rwset.TxPvtReadWriteSet` bytes; consecutive collections of one namespace share an entry, so sort by namespace first. */
export function encodeTxPrivateRwSet(collections: readonly PrivateCollectionWrites[]): Uint8Array {
  const namespaces: { namespace: string; collections: MessageOf<typeof collectionMessage>[] }[] =
    [];
  for (const { namespace, collection, ...writes } of collections) {
    const entry = { collection, rwset: encodePrivateWrites(writes) };
    const last = namespaces.at(-1);
    if (last?.namespace === namespace) last.collections.push(entry);
    else namespaces.push({ namespace, collections: [entry] });
  }
  return txMessage.encode({ namespaces });
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeTxPrivateRwSet(bytes: Uint8Array): PrivateCollectionWrites[] {
  return txMessage
    .decode(bytes)
    .namespaces.flatMap(({ namespace, collections }) =>
      collections.map(({ collection, rwset }) => decodePrivateWrites(namespace, collection, rwset)),
    );
}
