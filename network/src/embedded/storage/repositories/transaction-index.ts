import { keyOf } from '../buckets.js';
import type { WriteBatch } from '../level-store.js';
import { HEIGHT_BYTES, readHeight, Table, type Height } from './table.js';

/** Where the first transaction with an id stands, and Fabric's validation code for it. */
interface TransactionPlace extends Height {
  readonly code: number;
}

export class TransactionIndex extends Table {
  get(txId: string): TransactionPlace | undefined {
    const bytes = this.reader.get(keyOf('transaction', txId));
    return bytes && { ...readHeight(bytes, 0), code: bytes.readUInt8(HEIGHT_BYTES) };
  }

  has(txId: string): boolean {
    return this.reader.get(keyOf('transaction', txId)) !== undefined;
  }

  static add(batch: WriteBatch, txId: string, place: TransactionPlace): void {
    const bytes = Buffer.allocUnsafe(HEIGHT_BYTES + 1);
    bytes.writeBigUInt64BE(place.block);
    bytes.writeUInt32BE(place.position, 8);
    bytes.writeUInt8(place.code, HEIGHT_BYTES);
    batch.put(keyOf('transaction', txId), bytes);
  }
}
