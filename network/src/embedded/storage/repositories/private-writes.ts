import {
  decodeTxPrivateRwSet,
  encodeTxPrivateRwSet,
  hashKey,
  type PrivateCollectionWrites,
} from '@yici/ledger';
import { keyOf } from '../buckets.js';
import type { KeyValueReader, WriteBatch } from '../level-store.js';

const NOTHING = Buffer.alloc(0);

/** Position of a committed transaction: block number and index in the block. */
export interface Height {
  readonly block: bigint;
  readonly position: number;
}

/** The cleartext writes of committed transactions, as staged, until purged or expired. */
export class PrivateWrites {
  readonly #reader: KeyValueReader;

  constructor(reader: KeyValueReader) {
    this.#reader = reader;
  }

  get({ block, position }: Height): PrivateCollectionWrites[] | undefined {
    const bytes = this.#reader.get(keyOf('privateWrites', block, position));
    return bytes === undefined ? undefined : decodeTxPrivateRwSet(bytes);
  }

  /** Of one block, by position. */
  async ofBlock(block: bigint): Promise<Map<number, readonly PrivateCollectionWrites[]>> {
    const found = new Map<number, readonly PrivateCollectionWrites[]>();
    const prefix = keyOf('privateWrites', block);
    const range = { gte: prefix, lt: keyOf('privateWrites', block + 1n) };
    for await (const [key, bytes] of this.#reader.entries(range)) {
      found.set(key.readUInt32BE(prefix.length), decodeTxPrivateRwSet(bytes));
    }
    return found;
  }

  /** Every transaction that wrote the key in cleartext. */
  async holding(namespace: string, collection: string, keyHash: Uint8Array): Promise<Height[]> {
    const found: Height[] = [];
    const prefix = keyOf('privateWritesByKey', `${namespace}\0${collection}\0`, keyHash);
    // The hash may end with 0xff, so the bound is the greatest height instead of the next prefix.
    const lt = Buffer.concat([prefix, Buffer.alloc(13, 0xff)]);
    for await (const [key] of this.#reader.entries({ gte: prefix, lt })) {
      found.push({
        block: key.readBigUInt64BE(prefix.length),
        position: key.readUInt32BE(prefix.length + 8),
      });
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
    height: Height,
    writes: readonly PrivateCollectionWrites[],
  ): void {
    for (const { namespace, collection, writes: entries } of writes) {
      for (const { key } of entries) {
        batch.put(byKey(namespace, collection, hashKey(key), height), NOTHING);
      }
    }
  }

  static unindex(
    batch: WriteBatch,
    height: Height,
    namespace: string,
    collection: string,
    keyHash: Uint8Array,
  ): void {
    batch.delete(byKey(namespace, collection, keyHash, height));
  }
}

function byKey(
  namespace: string,
  collection: string,
  keyHash: Uint8Array,
  { block, position }: Height,
): Buffer {
  const name = `${namespace}\0${collection}\0`;
  return keyOf('privateWritesByKey', name, keyHash, block, position);
}
