import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder } from '@yici/network';
import { LevelStore, type WriteBatch } from '@yici/network/testing';
import type { LongChain } from '../support/long-chain.js';
import { alternate, ratioOf, spread } from '../support/measure.js';
import type { BenchOptions } from '../support/options.js';
import type { Report } from '../support/report.js';

/**
 * Goal 8: state and indexes built from the block files, as when `level/` was removed, against the same batches written to
 * an empty store with nothing read or computed; both unsynced with one flush at the end, as the rebuild does it.
 */
export async function measureLedgerRebuild(
  report: Report,
  options: BenchOptions,
  chain: LongChain,
): Promise<void> {
  const batches = await record(() => rebuild(chain));
  const entries = batches.reduce((sum, { operations }) => sum + operations.length, 0);
  const figures = await alternate(
    {
      rebuild: async () => (entries * 1000) / (await rebuild(chain)),
      raw: async () => (entries * 1000) / (await writeAll(batches)),
    },
    options.rounds,
  );
  report.figure('entries of the ledger to rebuild', entries, `in ${batches.length} batches`);
  report.spread('rebuild of state and indexes', spread(figures.rebuild), 'entries/s');
  report.spread('  the same batches, nothing else', spread(figures.raw), 'entries/s');
  report.goal({
    goal: '8',
    what: 'ledger rebuilt from blocks / raw level batches',
    ratio: ratioOf(figures.rebuild, figures.raw),
    bound: { atLeast: 0.5 },
  });
}

async function rebuild(chain: LongChain): Promise<number> {
  await rm(join(dataFolder(chain.stack.state).embedded, 'level'), { recursive: true });
  const start = performance.now();
  const ledger = await chain.open();
  const milliseconds = performance.now() - start;
  await ledger.close();
  return milliseconds;
}

async function writeAll(batches: readonly WriteBatch[]): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'yici-raw-'));
  const start = performance.now();
  const store = await LevelStore.open(directory);
  for (const batch of batches) await store.write(batch, { sync: false });
  await store.flush();
  const milliseconds = performance.now() - start;
  await store.close();
  await rm(directory, { recursive: true });
  return milliseconds;
}

/** The batches that `work` writes, in order. */
async function record(work: () => Promise<unknown>): Promise<readonly WriteBatch[]> {
  const batches: WriteBatch[] = [];
  const { prototype } = LevelStore;
  const own = Object.getOwnPropertyDescriptor(prototype, 'write');
  const original: unknown = own?.value;
  assert.ok(own !== undefined && typeof original === 'function');
  prototype.write = function (this: LevelStore, batch, options) {
    batches.push(batch);
    return Reflect.apply(original, this, [batch, options]) as Promise<void>;
  };
  try {
    await work();
  } finally {
    Object.defineProperty(prototype, 'write', own);
  }
  return batches;
}
