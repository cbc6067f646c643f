import {
  compareUtf8,
  encodePrivateWrites,
  hashKey,
  sha256,
  type CollectionRwSet,
  type HashedMetadataWrite,
  type HashedRead,
  type HashedWrite,
  type KvRead,
  type KvWrite,
  type MetadataEntry,
  type MetadataWrite,
  type NamespaceRwSet,
  type PrivateCollectionWrites,
  type RangeQuery,
  type TxRwSet,
  type Version,
} from '@yici/ledger';
import { getOrAdd } from '../../get-or-add.js';

const noBytes = new Uint8Array(0);

/** A key's metadata by name; empty removes all of it. */
export type Metadata = ReadonlyMap<string, Uint8Array>;

type PrivateWrite = KvWrite & { readonly isPurge: boolean };

const newCollection = () => ({
  reads: new Map<string, HashedRead>(),
  writes: new Map<string, HashedWrite>(),
  metadataWrites: new Map<string, HashedMetadataWrite>(),
  privateWrites: new Map<string, PrivateWrite>(),
  privateMetadata: new Map<string, MetadataWrite>(),
});
type CollectionBuilder = ReturnType<typeof newCollection>;

const newNamespace = () => ({
  reads: new Map<string, KvRead>(),
  writes: new Map<string, KvWrite>(),
  metadataWrites: new Map<string, MetadataWrite>(),
  rangeQueries: new Map<string, RangeQuery>(),
  collections: new Map<string, CollectionBuilder>(),
});
type NamespaceBuilder = ReturnType<typeof newNamespace>;

export interface SimulatedSets {
  readonly public: TxRwSet;
  readonly private: readonly PrivateCollectionWrites[];
}

/**
 * Collects the reads and writes of a transaction and sorts them as Fabric does, so that the encoding is byte-identical
 * (core/ledger/kvledger/txmgmt/rwsetutil/rwset_builder.go).
 */
export class RwSetBuilder {
  readonly #namespaces = new Map<string, NamespaceBuilder>();

  read(namespace: string, key: string, version: Version | undefined): void {
    this.#namespace(namespace).reads.set(key, version ? { key, version } : { key });
  }

  write(namespace: string, key: string, value: Uint8Array): void {
    this.#namespace(namespace).writes.set(key, kvWrite(key, value));
  }

  writeMetadata(namespace: string, key: string, metadata: Metadata): void {
    this.#namespace(namespace).metadataWrites.set(key, { key, entries: entriesOf(metadata) });
  }

  /** Of two queries over one range only the first is kept. */
  rangeQuery(namespace: string, query: RangeQuery): void {
    const { rangeQueries } = this.#namespace(namespace);
    const id = JSON.stringify([query.startKey, query.endKey, query.exhausted]);
    if (!rangeQueries.has(id)) {
      rangeQueries.set(id, query);
    }
  }

  hashedRead(namespace: string, collection: string, key: string, version?: Version): void {
    const keyHash = hashKey(key);
    const read = version ? { keyHash, version } : { keyHash };
    this.#collection(namespace, collection).reads.set(key, read);
  }

  privateWrite(namespace: string, collection: string, key: string, value: Uint8Array): void {
    this.#putPrivate(namespace, collection, { ...kvWrite(key, value), isPurge: false });
  }

  privatePurge(namespace: string, collection: string, key: string): void {
    this.#putPrivate(namespace, collection, { ...kvWrite(key, noBytes), isPurge: true });
  }

  privateMetadata(namespace: string, collection: string, key: string, metadata: Metadata): void {
    const builder = this.#collection(namespace, collection);
    const keyHash = hashKey(key);
    builder.metadataWrites.set(key, { keyHash, entries: entriesOf(metadata) });
    // The private set contains the key only: its version changes, the metadata are stored with the hash.
    builder.privateMetadata.set(key, { key, entries: [] });
  }

  build(): SimulatedSets {
    const privateSets: PrivateCollectionWrites[] = [];
    const publicSets: NamespaceRwSet[] = [];
    for (const [namespace, builder] of sortedEntries(this.#namespaces)) {
      const collections: CollectionRwSet[] = [];
      for (const [collection, part] of sortedEntries(builder.collections)) {
        const cleartext = privateSet(namespace, collection, part);
        if (cleartext) {
          privateSets.push(cleartext);
        }
        collections.push(collectionSet(collection, part, cleartext));
      }
      publicSets.push(namespaceSet(namespace, builder, collections));
    }
    return { public: publicSets, private: privateSets };
  }

  #putPrivate(namespace: string, collection: string, write: PrivateWrite): void {
    const builder = this.#collection(namespace, collection);
    builder.privateWrites.set(write.key, write);
    builder.writes.set(write.key, {
      keyHash: hashKey(write.key),
      isDelete: write.isDelete,
      valueHash: write.isDelete ? noBytes : sha256(write.value),
      isPurge: write.isPurge,
    });
  }

  #namespace(name: string): NamespaceBuilder {
    return getOrAdd(this.#namespaces, name, newNamespace);
  }

  #collection(namespace: string, name: string): CollectionBuilder {
    return getOrAdd(this.#namespace(namespace).collections, name, newCollection);
  }
}

function kvWrite(key: string, value: Uint8Array): KvWrite {
  return { key, isDelete: value.length === 0, value };
}

function entriesOf(metadata: Metadata): MetadataEntry[] {
  return sortedEntries(metadata).map(([name, value]) => ({ name, value }));
}

function values<Value>(map: ReadonlyMap<string, Value>): Value[] {
  return sortedEntries(map).map(([, value]) => value);
}

function sortedEntries<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([left], [right]) => compareUtf8(left, right));
}

function namespaceSet(
  namespace: string,
  builder: NamespaceBuilder,
  collections: CollectionRwSet[],
): NamespaceRwSet {
  return {
    namespace,
    reads: values(builder.reads),
    rangeQueries: [...builder.rangeQueries.values()],
    writes: values(builder.writes),
    metadataWrites: values(builder.metadataWrites),
    collections,
  };
}

function privateSet(
  namespace: string,
  collection: string,
  builder: CollectionBuilder,
): PrivateCollectionWrites | undefined {
  if (builder.privateWrites.size === 0 && builder.privateMetadata.size === 0) {
    return undefined;
  }
  return {
    namespace,
    collection,
    writes: values(builder.privateWrites),
    metadataWrites: values(builder.privateMetadata),
  };
}

function collectionSet(
  collection: string,
  builder: CollectionBuilder,
  cleartext: PrivateCollectionWrites | undefined,
): CollectionRwSet {
  return {
    collection,
    reads: values(builder.reads),
    writes: values(builder.writes),
    metadataWrites: values(builder.metadataWrites),
    privateRwSetHash: cleartext ? sha256(encodePrivateWrites(cleartext)) : noBytes,
  };
}
