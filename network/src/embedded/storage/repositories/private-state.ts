import { hashKey, type VersionedValue } from '@yici/ledger';
import { keyOf, rangeWithin } from '../buckets.js';
import type { WriteBatch } from '../level-store.js';
import { decodeVersionedValue, encodeVersioned } from '../versioned.js';
import type { StateEntry } from './public-state.js';
import { Table, type HashedKey } from './table.js';

/** The cleartext of private collections held by this node, and the key for each key hash. */
export class PrivateState extends Table {
  get(namespace: string, collection: string, key: string): VersionedValue | undefined {
    const bytes = this.reader.get(keyOf('privateState', `${namespace}\0${collection}\0${key}`));
    return bytes === undefined ? undefined : decodeVersionedValue(bytes);
  }

  /** The key of a hash, if its cleartext is held. */
  keyOfHash({ namespace, collection, keyHash }: HashedKey): string | undefined {
    const at = keyOf('privateKey', `${namespace}\0${collection}\0`, keyHash);
    return this.reader.get(at)?.toString();
  }

  async *range(
    namespace: string,
    collection: string,
    start: string,
    end: string,
  ): AsyncGenerator<StateEntry> {
    const prefix = keyOf('privateState', `${namespace}\0${collection}\0`);
    for await (const [key, bytes] of this.reader.entries(rangeWithin(prefix, start, end))) {
      yield { key: key.toString('utf8', prefix.length), value: decodeVersionedValue(bytes) };
    }
  }

  static write(
    batch: WriteBatch,
    namespace: string,
    collection: string,
    key: string,
    next: VersionedValue | undefined,
  ): void {
    const at = keyOf('privateState', `${namespace}\0${collection}\0${key}`);
    const byHash = keyOf('privateKey', `${namespace}\0${collection}\0`, hashKey(key));
    if (next === undefined) {
      batch.delete(at);
      batch.delete(byHash);
      return;
    }
    batch.put(at, encodeVersioned(next.value, next.version, next.metadata));
    batch.put(byHash, Buffer.from(key));
  }
}
