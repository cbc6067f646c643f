import type { NamespaceRwSet, TxRwSet, Version } from '../rwset/model.js';
import { compareUtf8 } from '../rwset/order.js';
import {
  changeHashed,
  changePublic,
  DELETED,
  hashedId,
  type Content,
  type HashedKey,
  type Metadata,
} from './key-ops.js';
import type {
  EarlierState,
  HashedUpdate,
  Purge,
  PublicUpdate,
  StateUpdates,
  VersionedHash,
  VersionedValue,
} from './model.js';

/** A key's new value in a block, or its deletion. */
interface Change<T> {
  readonly next: T | undefined;
}

/** Changes by namespace, then by key; nested maps avoid building a combined text key for each entry. */
type Changes<T> = Map<string, Map<string, Change<T>>>;

/**
 * The state transition: applies the valid transactions of a block, in order, to the public, hashed and metadata state.
 * Committing, rebuilding and auditing all use it (core/ledger/kvledger/txmgmt/validation/{validator,types,tx_ops}.go,
 * statedb UpdateBatch).
 */
export class UpdateBatch {
  readonly #state: EarlierState;
  readonly #values: Changes<VersionedValue> = new Map();
  readonly #hashes: Changes<VersionedHash> = new Map();
  readonly #writes: PublicUpdate[] = [];
  readonly #hashedWrites: HashedUpdate[] = [];
  readonly #purges: Purge[] = [];

  constructor(state: EarlierState) {
    this.#state = state;
  }

  /** All changes in order. */
  get updates(): StateUpdates {
    return { writes: this.#writes, hashes: this.#hashedWrites, purges: this.#purges };
  }

  /** A key's change in this block, if any. */
  change(namespace: string, key: string): Change<VersionedValue> | undefined {
    return this.#values.get(namespace)?.get(key);
  }

  hashChange(
    namespace: string,
    collection: string,
    keyHash: Uint8Array,
  ): Change<VersionedHash> | undefined {
    return this.#hashes.get(namespace)?.get(hashedId(collection, keyHash));
  }

  /** Changed keys in [start, end) in byte order; an empty end is unbounded. */
  changedKeys(namespace: string, start: string, end: string): readonly string[] {
    return [...(this.#values.get(namespace)?.keys() ?? [])]
      .filter((key) => compareUtf8(key, start) >= 0 && (end === '' || compareUtf8(key, end) < 0))
      .sort(compareUtf8);
  }

  /** Writes a value directly, without a chaincode transaction. */
  put(namespace: string, key: string, value: Uint8Array, version: Version, txId: string): void {
    this.#record(namespace, key, { value, version }, txId);
  }

  /**
   * Applies a valid transaction's writes. Returns the reason when a Fabric peer would stop here instead of committing
   * the block; the batch must then not be committed.
   */
  apply(rwset: TxRwSet, version: Version, txId: string): string | undefined {
    let halt: string | undefined;
    const seen = new Set<string>();
    for (const set of rwset) {
      const { namespace } = set;
      if (seen.has(namespace)) continue;
      seen.add(namespace);
      const whole =
        this.#applyPublic(rwset, namespace, version, txId) &&
        this.#applyHashed(rwset, namespace, version, txId);
      if (!whole) halt = `a key of ${namespace} gets metadata and has no value any more`;
    }
    for (const set of rwset) if (set.collections.length > 0) this.#notePurges(set, txId);
    return halt;
  }

  #applyPublic(rwset: TxRwSet, namespace: string, version: Version, txId: string): boolean {
    const before = {
      content: (key: string) => this.#content(namespace, key),
      metadata: (key: string) => this.#metadata(namespace, key),
    };
    return changePublic(rwset, namespace, before, (key, next) =>
      this.#record(namespace, key, next && versioned(next, version), txId),
    );
  }

  #applyHashed(rwset: TxRwSet, namespace: string, version: Version, txId: string): boolean {
    const before = {
      content: (key: HashedKey) => this.#hashedContent(namespace, key),
      metadata: (key: HashedKey) => metadataOf(this.#hashedContent(namespace, key)),
    };
    return changeHashed(rwset, namespace, before, ({ collection, keyHash }, next) => {
      const hash = next && versionedHash(next, version);
      const changes = keysOf(this.#hashes, namespace);
      changes.set(hashedId(collection, keyHash), { next: hash });
      this.#hashedWrites.push({ namespace, collection, keyHash, next: hash, txId });
    });
  }

  /** A purge marker counts whatever else the transaction does to the key (validator.go pvtdataPurgeTracker). */
  #notePurges({ namespace, collections }: NamespaceRwSet, txId: string): void {
    for (const { collection, writes } of collections) {
      for (const { keyHash, isPurge } of writes) {
        if (isPurge) this.#purges.push({ namespace, collection, keyHash, txId });
      }
    }
  }

  #record(namespace: string, key: string, next: VersionedValue | undefined, txId: string): void {
    keysOf(this.#values, namespace).set(key, { next });
    this.#writes.push({ namespace, key, next, txId });
  }

  #content(namespace: string, key: string): Content | typeof DELETED | undefined {
    const change = this.change(namespace, key);
    return change === undefined ? this.#state.get(namespace, key) : (change.next ?? DELETED);
  }

  #metadata(namespace: string, key: string): Metadata | undefined {
    const change = this.change(namespace, key);
    if (change !== undefined) return change.next?.metadata;
    const state = this.#state;
    return state.metadata ? state.metadata(namespace, key) : state.get(namespace, key)?.metadata;
  }

  #hashedContent(
    namespace: string,
    { collection, keyHash }: HashedKey,
  ): Content | typeof DELETED | undefined {
    const change = this.hashChange(namespace, collection, keyHash);
    if (change !== undefined && change.next === undefined) return DELETED;
    const hash = change?.next ?? this.#state.getHash(namespace, collection, keyHash);
    return hash && { value: hash.valueHash, metadata: hash.metadata };
  }
}

function keysOf<T>(changes: Changes<T>, namespace: string): Map<string, Change<T>> {
  let keys = changes.get(namespace);
  if (keys === undefined) changes.set(namespace, (keys = new Map<string, Change<T>>()));
  return keys;
}

function metadataOf(content: Content | typeof DELETED | undefined): Metadata | undefined {
  return content === DELETED ? undefined : content?.metadata;
}

function versioned({ value, metadata }: Content, version: Version): VersionedValue {
  return metadata === undefined ? { value, version } : { value, version, metadata };
}

function versionedHash({ value: valueHash, metadata }: Content, version: Version): VersionedHash {
  return metadata === undefined ? { valueHash, version } : { valueHash, version, metadata };
}
