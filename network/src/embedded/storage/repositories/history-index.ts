import { keyOf } from '../buckets.js';
import type { KeyValueReader, WriteBatch } from '../level-store.js';
import type { Height } from './private-writes.js';

const NOTHING = Buffer.alloc(0);
const HEIGHT_BYTES = 12;

/** Which transactions wrote a public key; the values are in the block files. */
export class HistoryIndex {
  readonly #reader: KeyValueReader;

  constructor(reader: KeyValueReader) {
    this.#reader = reader;
  }

  /** Newest first. */
  async *of(namespace: string, key: string): AsyncGenerator<Height> {
    const prefix = historyKey(namespace, key);
    const lt = Buffer.concat([prefix, Buffer.alloc(HEIGHT_BYTES + 1, 0xff)]);
    for await (const [entry] of this.#reader.entries({ gte: prefix, lt }, { reverse: true })) {
      yield {
        block: entry.readBigUInt64BE(prefix.length),
        position: entry.readUInt32BE(prefix.length + 8),
      };
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
