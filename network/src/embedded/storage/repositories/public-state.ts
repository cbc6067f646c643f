import type { VersionedValue } from '@yici/ledger';
import { keyOf, rangeWithin } from '../buckets.js';
import type { WriteBatch } from '../level-store.js';
import { decodeVersionedValue, encodeVersioned } from '../versioned.js';
import { Table } from './table.js';

export interface StateEntry {
  readonly key: string;
  readonly value: VersionedValue;
}

/** The public world state: namespace and key to value, height and metadata. */
export class PublicState extends Table {
  get(namespace: string, key: string): VersionedValue | undefined {
    const bytes = this.reader.get(keyOf('state', `${namespace}\0${key}`));
    return bytes === undefined ? undefined : decodeVersionedValue(bytes);
  }

  /** Keys in [start, end) in byte order; an empty end is unbounded. */
  async *range(namespace: string, start: string, end: string): AsyncGenerator<StateEntry> {
    const prefix = keyOf('state', `${namespace}\0`);
    for await (const [key, bytes] of this.reader.entries(rangeWithin(prefix, start, end))) {
      yield { key: key.toString('utf8', prefix.length), value: decodeVersionedValue(bytes) };
    }
  }

  static write(
    batch: WriteBatch,
    namespace: string,
    key: string,
    next: VersionedValue | undefined,
  ): void {
    const at = keyOf('state', `${namespace}\0${key}`);
    if (next === undefined) batch.delete(at);
    else batch.put(at, encodeVersioned(next.value, next.version, next.metadata));
  }
}
