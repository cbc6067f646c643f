import { isDeleteHashedWrite, isDeleteWrite } from '../rwset/codec.js';
import type { MetadataEntry, NamespaceRwSet, TxRwSet, Version } from '../rwset/model.js';
import { compareUtf8 } from '../rwset/order.js';
import type {
  HashedUpdate,
  PublicUpdate,
  StateReader,
  StateUpdates,
  VersionedHash,
  VersionedValue,
} from '../state/model.js';
import { KeyOps, type LatestState, type Metadata } from './key-ops.js';

/** A key's new value in a block, or that it was deleted. */
interface Change<T> {
  readonly next: T | undefined;
}

/**
 * What the valid transactions of a block have changed so far, over the committed state
 * (core/ledger/kvledger/txmgmt/validation/tx_ops.go, statedb UpdateBatch).
 */
export class UpdateBatch {
  readonly #state: StateReader;
  readonly #values = new Map<string, Map<string, Change<VersionedValue>>>();
  readonly #hashes = new Map<string, Change<VersionedHash>>();
  readonly #writes: PublicUpdate[] = [];
  readonly #hashedWrites: HashedUpdate[] = [];

  constructor(state: StateReader) {
    this.#state = state;
  }

  /** Every change in order. */
  get updates(): StateUpdates {
    return { writes: this.#writes, hashes: this.#hashedWrites };
  }

  /** A key's change in this block; undefined when it has none. */
  change(namespace: string, key: string): Change<VersionedValue> | undefined {
    return this.#values.get(namespace)?.get(key);
  }

  hashChange(
    namespace: string,
    collection: string,
    keyHash: Uint8Array,
  ): Change<VersionedHash> | undefined {
    return this.#hashes.get(hashId(namespace, collection, keyHash));
  }

  /** Changed keys in [start, end) in byte order; an empty end is unbounded. */
  changedKeys(namespace: string, start: string, end: string): readonly string[] {
    return [...(this.#values.get(namespace)?.keys() ?? [])]
      .filter((key) => compareUtf8(key, start) >= 0 && (end === '' || compareUtf8(key, end) < 0))
      .sort(compareUtf8);
  }

  /** Writes a value as a transaction outside the chaincodes does. */
  put(namespace: string, key: string, value: Uint8Array, version: Version, txId: string): void {
    this.#record(namespace, key, { value, version }, txId);
  }

  /** Applies a valid transaction's writes. */
  apply(rwset: TxRwSet, version: Version, txId: string): void {
    for (const namespace of rwset) {
      this.#applyPublic(namespace, version, txId);
      this.#applyHashed(namespace, version, txId);
    }
  }

  #applyPublic(
    { namespace, writes, metadataWrites }: NamespaceRwSet,
    version: Version,
    txId: string,
  ): void {
    const ops = new KeyOps<string, Uint8Array>();
    for (const write of writes) {
      ops.write(write.key, write.key, isDeleteWrite(write) ? undefined : write.value);
    }
    for (const { key, entries } of metadataWrites) ops.metadata(key, key, metadataOf(entries));
    const resolved = ops.resolve((key) => this.#latestValue(namespace, key));
    for (const { key, next } of resolved) {
      this.#record(namespace, key, next && versioned(next, version), txId);
    }
  }

  #applyHashed({ namespace, collections }: NamespaceRwSet, version: Version, txId: string): void {
    const ops = new KeyOps<HashedKey, Uint8Array>();
    const purged = new Set<string>();
    for (const { collection, writes, metadataWrites } of collections) {
      for (const write of writes) {
        const id = hashId(namespace, collection, write.keyHash);
        const hash = isDeleteHashedWrite(write) ? undefined : write.valueHash;
        ops.write(id, { collection, keyHash: write.keyHash }, hash);
        if (write.isPurge) purged.add(id);
      }
      for (const { keyHash, entries } of metadataWrites) {
        const id = hashId(namespace, collection, keyHash);
        ops.metadata(id, { collection, keyHash }, metadataOf(entries));
      }
    }
    for (const { key, next } of ops.resolve((item) => this.#latestHash(namespace, item))) {
      const id = hashId(namespace, key.collection, key.keyHash);
      const hash = next && versionedHash(next, version);
      this.#hashes.set(id, { next: hash });
      const purge = purged.has(id);
      this.#hashedWrites.push({ namespace, ...key, next: hash, purge, txId });
    }
  }

  #record(namespace: string, key: string, next: VersionedValue | undefined, txId: string): void {
    let values = this.#values.get(namespace);
    if (values === undefined) {
      this.#values.set(namespace, (values = new Map<string, Change<VersionedValue>>()));
    }
    values.set(key, { next });
    this.#writes.push({ namespace, key, next, txId });
  }

  #latestValue(namespace: string, key: string): Latest | undefined {
    const change = this.change(namespace, key);
    return change === undefined ? this.#state.get(namespace, key) : change.next;
  }

  #latestHash(namespace: string, { collection, keyHash }: HashedKey): Latest | undefined {
    const change = this.hashChange(namespace, collection, keyHash);
    const latest =
      change === undefined ? this.#state.getHash(namespace, collection, keyHash) : change.next;
    return latest && { value: latest.valueHash, metadata: latest.metadata };
  }
}

interface HashedKey {
  readonly collection: string;
  readonly keyHash: Uint8Array;
}

type Latest = LatestState<Uint8Array>;

function versioned(next: Latest, version: Version): VersionedValue {
  const { value, metadata } = next;
  return metadata === undefined ? { value, version } : { value, version, metadata };
}

function versionedHash({ value: valueHash, metadata }: Latest, version: Version): VersionedHash {
  return metadata === undefined ? { valueHash, version } : { valueHash, version, metadata };
}

/** No entries take a key's metadata away. */
function metadataOf(entries: readonly MetadataEntry[]): Metadata | undefined {
  return entries.length === 0
    ? undefined
    : new Map(entries.map(({ name, value }) => [name, value]));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/** Lengths first, so that no two triples share an id. */
function hashId(namespace: string, collection: string, keyHash: Uint8Array): string {
  return `${namespace.length}:${collection.length}:${namespace}${collection}${latin1(keyHash)}`;
}
