import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LevelStore, WriteBatch } from '@yici/network/testing';
import { signTimes, verifyAll, type Check } from '../support/signatures.js';

/** A transaction as far as its cost goes. */
export interface SerialTransaction {
  readonly checks: readonly Check[];
  /** Sizes of the entries that it brings to the store. */
  readonly entries: readonly EntrySize[];
}

export interface EntrySize {
  readonly key: number;
  readonly value: number;
}

export interface SerialBlock {
  readonly transactions: readonly SerialTransaction[];
  /** Length of the raw `common.Block`. */
  readonly bytes: number;
}

/** By number, by hash, savepoint: what every block adds to the store. */
const blockEntries: readonly EntrySize[] = [
  { key: 9, value: 16 },
  { key: 33, value: 8 },
  { key: 10, value: 100 },
];

/** The work of a commit done one thing after the other on this thread, with nothing around it. */
export class SerialSum {
  readonly #directory: string;
  readonly #store: LevelStore;
  readonly #segment: number;
  readonly #key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  readonly #message = randomBytes(3000);

  private constructor(directory: string, store: LevelStore) {
    this.#directory = directory;
    this.#store = store;
    this.#segment = openSync(join(directory, 'segment'), 'a');
  }

  static async open(): Promise<SerialSum> {
    const directory = mkdtempSync(join(tmpdir(), 'yici-serial-'));
    return new SerialSum(directory, await LevelStore.open(join(directory, 'level')));
  }

  /** Milliseconds for the blocks; `signs` per transaction, or one for the whole block. */
  async run(blocks: readonly SerialBlock[], signed: 'transaction' | 'block'): Promise<number> {
    const prepared = blocks.map((block) => ({
      ...block,
      raw: randomBytes(block.bytes),
      batch: batchOf(block),
    }));
    const start = performance.now();
    for (const { transactions, raw, batch } of prepared) {
      for (const { checks } of transactions) {
        verifyAll(checks);
        if (signed === 'transaction') signTimes(this.#key, this.#message, 1);
      }
      if (signed === 'block') signTimes(this.#key, this.#message, 1);
      writeSync(this.#segment, raw);
      fdatasyncSync(this.#segment);
      await this.#store.write(batch, { sync: true });
    }
    return performance.now() - start;
  }

  async close(): Promise<void> {
    closeSync(this.#segment);
    await this.#store.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

function batchOf({ transactions }: SerialBlock): WriteBatch {
  const batch = new WriteBatch();
  const entries = [...transactions.flatMap((each) => each.entries), ...blockEntries];
  for (const { key, value } of entries) batch.put(randomBytes(key), randomBytes(value));
  return batch;
}
