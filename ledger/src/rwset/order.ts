import type { CollectionRwSet, NamespaceRwSet, TxRwSet } from './model.js';

/**
 * Order of strings by their UTF-8 bytes, which is Go's and the state database's. JavaScript's own order is by UTF-16
 * units and differs above U+FFFF.
 */
export function compareUtf8(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1;
  }
  return left.length - right.length;
}

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

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
