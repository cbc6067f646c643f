import {
  decodeTxPrivateRwSet,
  encodeTxPrivateRwSet,
  type PrivateCollectionWrites,
} from '@yici/ledger';
import { keyOf, uint64 } from '../buckets.js';
import type { WriteBatch } from '../level-store.js';
import { NOTHING, Table } from './table.js';

const HEIGHT_BYTES = 8;

/** Private writes of endorsed proposals whose transaction has not been committed (Fabric's transient store). */
export class StagedWrites extends Table {
  get(txId: string): PrivateCollectionWrites[] | undefined {
    const bytes = this.reader.get(keyOf('staged', txId));
    return bytes === undefined ? undefined : decodeTxPrivateRwSet(bytes.subarray(HEIGHT_BYTES));
  }

  /** Ids of entries staged below a height, which are considered abandoned. */
  async stagedBelow(height: bigint): Promise<string[]> {
    const found: string[] = [];
    const range = { gte: keyOf('stagedByHeight'), lt: keyOf('stagedByHeight', height) };
    for await (const [key] of this.reader.entries(range)) {
      found.push(key.toString('utf8', 1 + HEIGHT_BYTES));
    }
    return found;
  }

  static write(
    batch: WriteBatch,
    txId: string,
    height: bigint,
    writes: readonly PrivateCollectionWrites[],
  ): void {
    batch.put(keyOf('staged', txId), Buffer.concat([uint64(height), encodeTxPrivateRwSet(writes)]));
    batch.put(keyOf('stagedByHeight', height, txId), NOTHING);
  }

  remove(batch: WriteBatch, txId: string): void {
    const at = keyOf('staged', txId);
    const bytes = this.reader.get(at);
    if (bytes === undefined) return;
    batch.delete(at);
    batch.delete(keyOf('stagedByHeight', bytes.subarray(0, HEIGHT_BYTES), txId));
  }
}
