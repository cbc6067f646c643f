import type { Version } from '../rwset/model.js';

/** A committed value with the height that wrote it and its serialized state metadata (KVMetadataWrite entries). */
export interface VersionedValue {
  readonly value: Uint8Array;
  readonly version: Version;
  /** Metadata by name, e.g. VALIDATION_PARAMETER; absent when the key has none. */
  readonly metadata?: ReadonlyMap<string, Uint8Array>;
}

/** The committed hash of a private value. */
export interface VersionedHash {
  readonly valueHash: Uint8Array;
  readonly version: Version;
  readonly metadata?: ReadonlyMap<string, Uint8Array>;
}

/**
 * The committed state that validation reads, as of the previous block. Point reads are synchronous; `rangeVersions` is
 * asynchronous because no level store iterates synchronously.
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

/** The parts of the state before a block that its updates depend on. */
export interface EarlierState extends Pick<StateReader, 'get' | 'getHash'> {
  /** The metadata of a key without its value, where the state can read them separately; most keys have none. */
  metadata?(namespace: string, key: string): ReadonlyMap<string, Uint8Array> | undefined;
}

/** The changes of valid transactions; the committer writes them in one batch with the block's height. */
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

/** A purged private key: the cleartext of all its versions is erased. */
export interface Purge {
  readonly namespace: string;
  readonly collection: string;
  readonly keyHash: Uint8Array;
  readonly txId: string;
}
