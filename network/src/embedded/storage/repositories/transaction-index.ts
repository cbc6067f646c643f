import { keyOf } from '../buckets.js';
import type { KeyValueReader, WriteBatch } from '../level-store.js';

/** Where the first transaction with an id stands, and Fabric's validation code for it. */
interface TransactionPlace {
  readonly block: bigint;
  readonly position: number;
  readonly code: number;
}

export class TransactionIndex {
  readonly #reader: KeyValueReader;

  constructor(reader: KeyValueReader) {
    this.#reader = reader;
  }

  get(txId: string): TransactionPlace | undefined {
    const bytes = this.#reader.get(keyOf('transaction', txId));
    if (bytes === undefined) return undefined;
    return {
      block: bytes.readBigUInt64BE(),
      position: bytes.readUInt32BE(8),
      code: bytes.readUInt8(12),
    };
  }

  has(txId: string): boolean {
    return this.#reader.get(keyOf('transaction', txId)) !== undefined;
  }

  static add(batch: WriteBatch, txId: string, place: TransactionPlace): void {
    const bytes = Buffer.allocUnsafe(13);
    bytes.writeBigUInt64BE(place.block);
    bytes.writeUInt32BE(place.position, 8);
    bytes.writeUInt8(place.code, 12);
    batch.put(keyOf('transaction', txId), bytes);
  }
}
