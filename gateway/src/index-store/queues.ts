import type { DiskStore } from '../store/state-store.js';
import { indexKeys } from './keys.js';
import { caseLists } from './narrowed-lists.js';
import { rowIndexes } from './row-indexes.js';

/** Indexes that are read from the front, where finished entries are deleted. */
const queues = [
  caseLists.byDue.name,
  ...caseLists.byDue.facets.map(({ name }) => name),
  rowIndexes.inbox.name,
  rowIndexes.inboxLater.name,
  rowIndexes.shareClocks.name,
  rowIndexes.due.name,
];

/**
 * Compacts the fronts of queues: LevelDB keeps a tombstone for each deleted key until that part is rewritten, and a
 * read from the front passes over all of them.
 */
export async function compactQueues(store: DiskStore): Promise<void> {
  for (const name of queues) await store.compact(indexKeys.entries(name));
}
