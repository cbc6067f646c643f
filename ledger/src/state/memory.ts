import { compareUtf8 } from '../rwset/order.js';
import type { StateReader, StateUpdates, VersionedHash, VersionedValue } from './model.js';

/** State in memory: for tests, and for an auditor who replays a channel from its blocks. */
export class MemoryState implements StateReader {
  readonly #values = new Map<string, Map<string, VersionedValue>>();
  readonly #hashes = new Map<string, VersionedHash>();
  readonly #transactions = new Set<string>();

  get(namespace: string, key: string): VersionedValue | undefined {
    return this.#values.get(namespace)?.get(key);
  }

  getHash(namespace: string, collection: string, keyHash: Uint8Array): VersionedHash | undefined {
    return this.#hashes.get(hashId(namespace, collection, keyHash));
  }

  hasTransaction(txId: string): boolean {
    return this.#transactions.has(txId);
  }

  range(
    namespace: string,
    start: string,
    end: string,
  ): AsyncIterable<{ readonly key: string; readonly value: VersionedValue }> {
    const values = this.#values.get(namespace) ?? new Map<string, VersionedValue>();
    const found = [...values]
      .filter(([key]) => compareUtf8(key, start) >= 0 && (end === '' || compareUtf8(key, end) < 0))
      .sort(([left], [right]) => compareUtf8(left, right))
      .map(([key, value]) => ({ key, value }));
    return later(found);
  }

  /** Applies a block's updates in order and records its transactions. */
  apply(updates: Pick<StateUpdates, 'writes' | 'hashes'>, txIds: Iterable<string>): void {
    for (const { namespace, key, next } of updates.writes) this.#put(namespace, key, next);
    for (const { namespace, collection, keyHash, next } of updates.hashes) {
      const id = hashId(namespace, collection, keyHash);
      if (next === undefined) this.#hashes.delete(id);
      else this.#hashes.set(id, next);
    }
    for (const txId of txIds) if (txId !== '') this.#transactions.add(txId);
  }

  #put(namespace: string, key: string, next: VersionedValue | undefined): void {
    let values = this.#values.get(namespace);
    if (values === undefined)
      this.#values.set(namespace, (values = new Map<string, VersionedValue>()));
    if (next === undefined) values.delete(key);
    else values.set(key, next);
  }
}

/** Lengths come first so that ids are unambiguous. */
function hashId(namespace: string, collection: string, keyHash: Uint8Array): string {
  return `${namespace.length}:${collection.length}:${namespace}${collection}${Buffer.from(keyHash).toString('latin1')}`;
}

/** The port is asynchronous because level stores cannot iterate synchronously; this store could. */
function later<T>(items: readonly T[]): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]: () => {
      const iterator = items[Symbol.iterator]();
      return { next: () => Promise.resolve(iterator.next()) };
    },
  };
}
