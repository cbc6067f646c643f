import {
  compareUtf8,
  encodePrivateWrites,
  hashKey,
  sha256,
  type CollectionRwSet,
  type NamespaceRwSet,
  type PrivateCollectionWrites,
  type TxRwSet,
} from '@yici/ledger';

/**
 * The read-write set in the order in which Fabric's builder emits it (rwset_builder.go): namespaces and collections by
 * name, keys by their bytes; range queries and metadata entries as they came. Hashed entries keep their order, since
 * Fabric sorts those by the plain key that only the simulator knows.
 */
export function sortTxRwSet(rwset: TxRwSet): TxRwSet {
  return rwset.map(sortNamespace).sort((a, b) => compareUtf8(a.namespace, b.namespace));
}

function sortNamespace(rwset: NamespaceRwSet): NamespaceRwSet {
  return {
    ...rwset,
    reads: [...rwset.reads].sort(byKey),
    writes: [...rwset.writes].sort(byKey),
    metadataWrites: [...rwset.metadataWrites].sort(byKey),
    collections: [...rwset.collections].sort(byCollection),
  };
}

function byKey(left: { readonly key: string }, right: { readonly key: string }): number {
  return compareUtf8(left.key, right.key);
}

function byCollection(left: CollectionRwSet, right: CollectionRwSet): number {
  return compareUtf8(left.collection, right.collection);
}

/** Hashes the cleartext writes of a collection (rwset_proto_util.go newPvtKVWriteAndHash). */
export function hashPrivateWrites(
  writes: Pick<PrivateCollectionWrites, 'writes' | 'metadataWrites'>,
): Pick<CollectionRwSet, 'writes' | 'privateRwSetHash'> {
  return {
    writes: writes.writes.map((write) => ({
      keyHash: hashKey(write.key),
      isDelete: write.isDelete,
      valueHash: write.isDelete ? new Uint8Array(0) : sha256(write.value),
      isPurge: write.isPurge,
    })),
    privateRwSetHash: sha256(encodePrivateWrites(writes)),
  };
}
