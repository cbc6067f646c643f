import { keyOf } from '../buckets.js';
import type { WriteBatch } from '../level-store.js';
import { HEIGHT_BYTES, NOTHING, readHeight, Table, type Height } from './table.js';

/** Which transactions wrote a public key; the values are in the block files. */
export class HistoryIndex extends Table {
  /** Newest first. */
  async *of(namespace: string, key: string): AsyncGenerator<Height> {
    const prefix = historyKey(namespace, key);
    const lt = Buffer.concat([prefix, Buffer.alloc(HEIGHT_BYTES + 1, 0xff)]);
    for await (const [entry] of this.reader.entries({ gte: prefix, lt }, { reverse: true })) {
      yield readHeight(entry, prefix.length);
    }
  }

  static add(batch: WriteBatch, namespace: string, key: string, { block, position }: Height): void {
    batch.put(historyKey(namespace, key, block, position), NOTHING);
  }
}

/** The key is prefixed with its length: keys may contain any byte, so no separator is possible. */
function historyKey(namespace: string, key: string, ...height: [bigint, number] | []): Buffer {
  return keyOf('history', `${namespace}\0`, Buffer.byteLength(key), key, ...height);
}
