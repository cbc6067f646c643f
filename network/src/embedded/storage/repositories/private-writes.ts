import {
  decodeTxPrivateRwSet,
  encodeTxPrivateRwSet,
  hashKey,
  type PrivateCollectionWrites,
} from '@yici/ledger';
import { keyOf } from '../buckets.js';
import type { WriteBatch } from '../level-store.js';
import { HEIGHT_BYTES, NOTHING, readHeight, Table, type HashedKey, type Height } from './table.js';

/** The cleartext writes of committed transactions, as staged, until purged or expired. */
export class PrivateWrites extends Table {
  get({ block, position }: Height): PrivateCollectionWrites[] | undefined {
    const bytes = this.reader.get(keyOf('privateWrites', block, position));
    return bytes === undefined ? undefined : decodeTxPrivateRwSet(bytes);
  }

  /** Of one block, by position. */
  async ofBlock(block: bigint): Promise<Map<number, readonly PrivateCollectionWrites[]>> {
    const found = new Map<number, readonly PrivateCollectionWrites[]>();
    const prefix = keyOf('privateWrites', block);
    const range = { gte: prefix, lt: keyOf('privateWrites', block + 1n) };
    for await (const [key, bytes] of this.reader.entries(range)) {
      found.set(key.readUInt32BE(prefix.length), decodeTxPrivateRwSet(bytes));
    }
    return found;
  }

  /** Every transaction that wrote the key in cleartext. */
  async holding(key: HashedKey): Promise<Height[]> {
    const found: Height[] = [];
    const prefix = byKey(key);
    // The hash may end with 0xff, so the bound is the greatest height instead of the next prefix.
    const lt = Buffer.concat([prefix, Buffer.alloc(HEIGHT_BYTES + 1, 0xff)]);
    for await (const [entry] of this.reader.entries({ gte: prefix, lt })) {
      found.push(readHeight(entry, prefix.length));
    }
    return found;
  }

  /** Sorted by namespace: the encoding requires neighbouring entries of one namespace. */
  static write(
    batch: WriteBatch,
    { block, position }: Height,
    writes: readonly PrivateCollectionWrites[],
  ): void {
    const at = keyOf('privateWrites', block, position);
    if (writes.length === 0) batch.delete(at);
    else batch.put(at, Buffer.from(encodeTxPrivateRwSet(writes)));
  }

  static index(
    batch: WriteBatch,
    { block, position }: Height,
    writes: readonly PrivateCollectionWrites[],
  ): void {
    for (const { namespace, collection, writes: entries } of writes) {
      for (const { key } of entries) {
        const hashed = { namespace, collection, keyHash: hashKey(key) };
        batch.put(byKey(hashed, block, position), NOTHING);
      }
    }
  }

  static unindex(batch: WriteBatch, { block, position }: Height, key: HashedKey): void {
    batch.delete(byKey(key, block, position));
  }
}

function byKey(
  { namespace, collection, keyHash }: HashedKey,
  ...height: [bigint, number] | []
): Buffer {
  return keyOf('privateWritesByKey', `${namespace}\0${collection}\0`, keyHash, ...height);
}
