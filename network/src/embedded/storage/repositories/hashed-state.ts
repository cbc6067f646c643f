import type { VersionedHash } from '@yici/ledger';
import { keyOf } from '../buckets.js';
import type { WriteBatch } from '../level-store.js';
import { decodeVersionedHash, encodeVersioned } from '../versioned.js';
import { Table, type HashedKey } from './table.js';

/** The public part of private data: hash of the key to hash of the value, height and metadata. */
export class HashedState extends Table {
  get(namespace: string, collection: string, keyHash: Uint8Array): VersionedHash | undefined {
    const bytes = this.reader.get(hashedKey(namespace, collection, keyHash));
    return bytes === undefined ? undefined : decodeVersionedHash(bytes);
  }

  static write(batch: WriteBatch, key: HashedKey, next: VersionedHash | undefined): void {
    const at = hashedKey(key.namespace, key.collection, key.keyHash);
    if (next === undefined) batch.delete(at);
    else batch.put(at, encodeVersioned(next.valueHash, next.version, next.metadata));
  }
}

function hashedKey(namespace: string, collection: string, keyHash: Uint8Array): Buffer {
  return keyOf('hashedState', `${namespace}\0${collection}\0`, keyHash);
}
