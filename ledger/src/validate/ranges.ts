import { isMerkleSummary } from '../rwset/kv.js';
import { RangeReads } from '../rwset/merkle.js';
import type { KvRead, MerkleSummary, RangeQuery } from '../rwset/model.js';
import { compareUtf8 } from '../rwset/order.js';
import type { StateReader } from '../state/model.js';
import type { UpdateBatch } from '../state/update-batch.js';
import { finding, halting, type Finding } from './model.js';
import { sameVersion } from './versions.js';

/**
 * Checks that a range query still returns the same keys at the same versions, including the block so far
 * (rangequery_validator.go, combined_iterator.go).
 */
export async function checkRange(
  namespace: string,
  query: RangeQuery,
  state: StateReader,
  batch: UpdateBatch,
): Promise<Finding | undefined> {
  const { startKey, endKey, reads } = query;
  const subject = `range [${startKey}, ${endKey}) of ${namespace}`;
  const results = currentResults(namespace, query, state, batch);
  if (!isMerkleSummary(reads)) {
    const same = await sameReads(reads, results);
    return same ? undefined : finding('PHANTOM_READ_CONFLICT', `${subject} has other keys now`);
  }
  if (reads.maxDegree < 2) {
    return halting('PHANTOM_READ_CONFLICT', `${subject} has a Merkle tree of degree below 2`);
  }
  const same = await sameSummary(reads, results);
  return same ? undefined : finding('PHANTOM_READ_CONFLICT', `${subject} has another hash now`);
}

/** Keys and versions of the range in byte order: the committed ones overlaid with the block's changes. */
async function* currentResults(
  namespace: string,
  { startKey, endKey, exhausted }: RangeQuery,
  state: StateReader,
  batch: UpdateBatch,
): AsyncGenerator<KvRead, void> {
  const changed = batch.changedKeys(namespace, startKey, endKey);
  let position = 0;
  for await (const { key, value } of state.range(namespace, startKey, endKey)) {
    for (let next = changed[position]; next !== undefined; next = changed[position]) {
      if (compareUtf8(next, key) >= 0) break;
      position += 1;
      yield* liveRead(namespace, next, batch);
    }
    if (batch.change(namespace, key) === undefined) yield { key, version: value.version };
  }
  for (const key of changed.slice(position)) yield* liveRead(namespace, key, batch);
  // A query that stopped early has the last key it saw as its end, so that key is included.
  if (!exhausted) yield* endRead(namespace, endKey, state, batch);
}

function* liveRead(namespace: string, key: string, batch: UpdateBatch): Generator<KvRead, void> {
  const next = batch.change(namespace, key)?.next;
  if (next !== undefined) yield { key, version: next.version };
}

function* endRead(
  namespace: string,
  key: string,
  state: StateReader,
  batch: UpdateBatch,
): Generator<KvRead, void> {
  const change = batch.change(namespace, key);
  const value = change === undefined ? state.get(namespace, key) : change.next;
  if (value !== undefined) yield { key, version: value.version };
}

async function sameReads(
  expected: readonly KvRead[],
  results: AsyncIterable<KvRead>,
): Promise<boolean> {
  let position = 0;
  for await (const { key, version } of results) {
    const read = expected[position];
    position += 1;
    if (read?.key !== key || !sameVersion(read.version, version)) return false;
  }
  return position === expected.length;
}

async function sameSummary(
  expected: MerkleSummary,
  results: AsyncIterable<KvRead>,
): Promise<boolean> {
  const collected = new RangeReads(expected.maxDegree);
  for await (const read of results) collected.add(read);
  const summary = collected.finish();
  return isMerkleSummary(summary) && sameTop(summary, expected);
}

function sameTop(left: MerkleSummary, right: MerkleSummary): boolean {
  return (
    left.maxLevel === right.maxLevel &&
    left.maxLevelHashes.length === right.maxLevelHashes.length &&
    left.maxLevelHashes.every((hash, index) =>
      Buffer.from(hash).equals(right.maxLevelHashes[index] ?? new Uint8Array(0)),
    )
  );
}
