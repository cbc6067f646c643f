import {
  isDeleteHashedWrite,
  isDeleteWrite,
  type CollectionRwSet,
  type HashedUpdate,
  type MetadataEntry,
  type NamespaceRwSet,
  type PublicUpdate,
  type StateReader,
  type TxRwSet,
  type Version,
  type VersionedHash,
  type VersionedValue,
} from '@yici/ledger';

type Metadata = ReadonlyMap<string, Uint8Array>;

/** The state before the transactions. */
export interface EarlierState extends Pick<StateReader, 'get' | 'getHash'> {
  /** A key's metadata alone, which most keys have none of. */
  metadata(namespace: string, key: string): Metadata | undefined;
}

/**
 * The updates of the valid transactions of a block, gathered in order. A value keeps the key's metadata and metadata
 * keep its value; metadata of an absent key are nothing (txmgmt/validation/tx_ops.go).
 */
export class WriteSets {
  readonly writes: PublicUpdate[] = [];
  readonly hashes: HashedUpdate[] = [];
  readonly #state: EarlierState;
  readonly #public = new KeyMap<VersionedValue | undefined>();
  readonly #hashed = new Map<string, VersionedHash | undefined>();

  constructor(state: EarlierState) {
    this.#state = state;
  }

  /** A key's change here; undefined when it has none. */
  change(
    namespace: string,
    key: string,
  ): { readonly next: VersionedValue | undefined } | undefined {
    return this.#public.has(namespace, key)
      ? { next: this.#public.get(namespace, key) }
      : undefined;
  }

  hashChange(
    namespace: string,
    collection: string,
    keyHash: Uint8Array,
  ): { readonly next: VersionedHash | undefined } | undefined {
    const id = `${namespace}\0${collection}\0${hex(keyHash)}`;
    return this.#hashed.has(id) ? { next: this.#hashed.get(id) } : undefined;
  }

  /** A value written outside any chaincode. */
  put(namespace: string, key: string, value: Uint8Array, version: Version, txId: string): void {
    this.#put({ namespace, key, next: { value, version }, txId });
  }

  add(rwset: TxRwSet, version: Version, txId: string): void {
    for (const namespace of rwset) {
      this.#addPublic(namespace, version, txId);
      for (const collection of namespace.collections) {
        this.#addHashed(namespace.namespace, collection, version, txId);
      }
    }
  }

  #addPublic(rwset: NamespaceRwSet, version: Version, txId: string): void {
    const { namespace } = rwset;
    const metadata = new Map(rwset.metadataWrites.map(({ key, entries }) => [key, entries]));
    for (const write of rwset.writes) {
      const { key } = write;
      const entries = metadata.get(key);
      if (entries !== undefined) metadata.delete(key);
      const next = isDeleteWrite(write)
        ? undefined
        : versioned(
            { value: write.value, version },
            entries ? metadataOf(entries) : this.#metadata(namespace, key),
          );
      this.#put({ namespace, key, next, txId });
    }
    for (const [key, entries] of metadata) {
      const before = this.#get(namespace, key);
      if (before === undefined) continue;
      const next = versioned({ value: before.value, version }, metadataOf(entries));
      this.#put({ namespace, key, next, txId });
    }
  }

  #addHashed(namespace: string, rwset: CollectionRwSet, version: Version, txId: string): void {
    const { collection } = rwset;
    const metadata = new Map(
      rwset.metadataWrites.map((each) => [hex(each.keyHash), each] as const),
    );
    for (const write of rwset.writes) {
      const { keyHash, isPurge: purge } = write;
      const entries = metadata.get(hex(keyHash))?.entries;
      metadata.delete(hex(keyHash));
      const next = isDeleteHashedWrite(write)
        ? undefined
        : versioned(
            { valueHash: write.valueHash, version },
            entries ? metadataOf(entries) : this.#getHash(namespace, collection, keyHash)?.metadata,
          );
      this.#putHash({ namespace, collection, keyHash, next, purge, txId });
    }
    for (const { keyHash, entries } of metadata.values()) {
      const before = this.#getHash(namespace, collection, keyHash);
      if (before === undefined) continue;
      const next = versioned({ valueHash: before.valueHash, version }, metadataOf(entries));
      this.#putHash({ namespace, collection, keyHash, next, purge: false, txId });
    }
  }

  #get(namespace: string, key: string): VersionedValue | undefined {
    const change = this.change(namespace, key);
    return change === undefined ? this.#state.get(namespace, key) : change.next;
  }

  #metadata(namespace: string, key: string): Metadata | undefined {
    if (!this.#public.has(namespace, key)) return this.#state.metadata(namespace, key);
    return this.#public.get(namespace, key)?.metadata;
  }

  #put(update: PublicUpdate): void {
    this.#public.set(update.namespace, update.key, update.next);
    this.writes.push(update);
  }

  #getHash(namespace: string, collection: string, keyHash: Uint8Array): VersionedHash | undefined {
    const change = this.hashChange(namespace, collection, keyHash);
    return change === undefined ? this.#state.getHash(namespace, collection, keyHash) : change.next;
  }

  #putHash(update: HashedUpdate): void {
    const { namespace, collection, keyHash, next } = update;
    this.#hashed.set(`${namespace}\0${collection}\0${hex(keyHash)}`, next);
    this.hashes.push(update);
  }
}

/** Values by namespace and key, without a text made of both for every one. */
export class KeyMap<T> {
  readonly #namespaces = new Map<string, Map<string, T>>();

  get(namespace: string, key: string): T | undefined {
    return this.#namespaces.get(namespace)?.get(key);
  }

  has(namespace: string, key: string): boolean {
    return this.#namespaces.get(namespace)?.has(key) === true;
  }

  set(namespace: string, key: string, value: T): void {
    let keys = this.#namespaces.get(namespace);
    if (keys === undefined) this.#namespaces.set(namespace, (keys = new Map<string, T>()));
    keys.set(key, value);
  }
}

function versioned<T extends object>(
  value: T,
  metadata: Metadata | undefined,
): T & { metadata?: Metadata } {
  return metadata === undefined ? value : { ...value, metadata };
}

/** No entries means that the metadata are removed. */
function metadataOf(entries: readonly MetadataEntry[]): Metadata | undefined {
  if (entries.length === 0) return undefined;
  return new Map(entries.map(({ name, value }) => [name, value]));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
