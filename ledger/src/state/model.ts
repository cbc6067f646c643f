import type { Version } from '../rwset/model.js';

/** A committed value with the height that wrote it and its serialized state metadata (KVMetadataWrite entries). */
export interface VersionedValue {
  readonly value: Uint8Array;
  readonly version: Version;
  /** Metadata by name, e.g. VALIDATION_PARAMETER; absent when the key has none. */
  readonly metadata?: ReadonlyMap<string, Uint8Array>;
}

/** A committed hash of a private value. */
export interface VersionedHash {
  readonly valueHash: Uint8Array;
  readonly version: Version;
  readonly metadata?: ReadonlyMap<string, Uint8Array>;
}

/**
 * The committed state that validation asks for, as of the block before the one being validated. Point reads are
 * synchronous; `rangeVersions` is asynchronous because no level store iterates synchronously.
 */
export interface StateReader {
  get(namespace: string, key: string): VersionedValue | undefined;
  getHash(namespace: string, collection: string, keyHash: Uint8Array): VersionedHash | undefined;
  /** Keys in [start, end) in UTF-8 byte order; an empty `end` is unbounded. */
  range(
    namespace: string,
    start: string,
    end: string,
  ): AsyncIterable<{ readonly key: string; readonly value: VersionedValue }>;
  hasTransaction(txId: string): boolean;
}

/** The state before a block, as far as what the block makes of it depends on it. */
export interface EarlierState extends Pick<StateReader, 'get' | 'getHash'> {
  /** A key's metadata alone, for a state that knows them without the value; most keys have none. */
  metadata?(namespace: string, key: string): ReadonlyMap<string, Uint8Array> | undefined;
}

/** What valid transactions change; the committer writes these in one batch with the block's height. */
export interface StateUpdates {
  readonly writes: readonly PublicUpdate[];
  readonly hashes: readonly HashedUpdate[];
  readonly purges: readonly Purge[];
}

export interface PublicUpdate {
  readonly namespace: string;
  readonly key: string;
  /** `undefined` deletes the key. */
  readonly next: VersionedValue | undefined;
  readonly txId: string;
}

export interface HashedUpdate {
  readonly namespace: string;
  readonly collection: string;
  readonly keyHash: Uint8Array;
  readonly next: VersionedHash | undefined;
  readonly txId: string;
}

/** A private key whose cleartext a transaction had erased, its own and every earlier one. */
export interface Purge {
  readonly namespace: string;
  readonly collection: string;
  readonly keyHash: Uint8Array;
  readonly txId: string;
}
