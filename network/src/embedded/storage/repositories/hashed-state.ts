import type { VersionedHash } from '@yici/ledger';
import { keyOf } from '../buckets.js';
import type { KeyValueReader, WriteBatch } from '../level-store.js';
import { decodeVersionedHash, encodeVersioned } from '../versioned.js';

/** The public part of private data: hash of the key to hash of the value, height and metadata. */
export class HashedState {
  readonly #reader: KeyValueReader;

  constructor(reader: KeyValueReader) {
    this.#reader = reader;
  }

  get(namespace: string, collection: string, keyHash: Uint8Array): VersionedHash | undefined {
    const bytes = this.#reader.get(hashedKey(namespace, collection, keyHash));
    return bytes === undefined ? undefined : decodeVersionedHash(bytes);
  }

  static write(
    batch: WriteBatch,
    namespace: string,
    collection: string,
    keyHash: Uint8Array,
    next: VersionedHash | undefined,
  ): void {
    const at = hashedKey(namespace, collection, keyHash);
    if (next === undefined) batch.delete(at);
    else batch.put(at, encodeVersioned(next.valueHash, next.version, next.metadata));
  }
}

function hashedKey(namespace: string, collection: string, keyHash: Uint8Array): Buffer {
  return keyOf('hashedState', `${namespace}\0${collection}\0`, keyHash);
}
