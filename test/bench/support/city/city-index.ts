import assert from 'node:assert/strict';
import { join } from 'node:path';
import { matterRecord, padded } from '@yici/domain/model';
import {
  blockChanges,
  compactQueues,
  IndexReader,
  openLevelStore,
  type StateStore,
} from '@yici/gateway/testing';
import { z } from 'zod';
import type { Stack } from '../stack.js';
import { City } from './city.js';

/** Blocks of the city come long after those of the stack's own chain, which goes on below them. */
const firstBlock = 1_000_000_000;

export const filledSchema = z.strictObject({
  cases: z.number(),
  /** Cases a second that the index took up in the first and in the last tenth. */
  firstTenth: z.number(),
  lastTenth: z.number(),
  milliseconds: z.number(),
});
export type Filled = z.infer<typeof filledSchema>;

export const indexFolder = (stack: Stack): string => join(stack.state, 'gateway', 'index');

/**
 * Puts a city's blocks into a stopped stack's index, behind the blocks of its own chain, as its follower would: the same
 * changes, one batch a block, the next one computed while the last one is written. `like` is a matter of the stack.
 */
export async function fillIndex(
  stack: Stack,
  cases: number,
  like: string,
  onProgress: (share: number) => void,
): Promise<Filled> {
  // A large buffer: a million cases in order of time are rewritten less often on their way to where they stay.
  const store = await openLevelStore(indexFolder(stack), { writeBuffer: 256 * 1024 * 1024 });
  try {
    const matter = new IndexReader(store).recordText('matter', like, padded(1));
    assert.ok(matter !== undefined);
    const chaincode = 'yici';
    const city = new City({ cases, chaincode, matter: matterRecord.parse(JSON.parse(matter)) });
    const filled = await apply(city, store, { cases, chaincode, onProgress });
    // As a gateway does every hour.
    await compactQueues(store);
    return filled;
  } finally {
    await store.close();
  }
}

interface Task {
  readonly cases: number;
  readonly chaincode: string;
  readonly onProgress: (share: number) => void;
}

async function apply(city: City, store: StateStore, task: Task): Promise<Filled> {
  const start = performance.now();
  const tenths = [start];
  let ahead:
    { after: ReturnType<typeof blockChanges>['after']; written: Promise<void> } | undefined;
  for (const block of city.blocks(firstBlock)) {
    const { changes, after } = blockChanges(block, ahead?.after ?? store, task.chaincode);
    await ahead?.written;
    after.rebase(store);
    ahead = { after, written: store.write(changes) };
    while (city.filed * 10 >= task.cases * tenths.length) {
      task.onProgress(tenths.length / 10);
      tenths.push(performance.now());
    }
  }
  await ahead?.written;
  const rate = (tenth: number) =>
    (task.cases * 100) / ((tenths[tenth] ?? Number.NaN) - (tenths[tenth - 1] ?? Number.NaN));
  return {
    cases: task.cases,
    firstTenth: rate(1),
    lastTenth: rate(10),
    milliseconds: performance.now() - start,
  };
}
