import type { CompactableStore } from '../store/state-store.js';
import { dueIndex } from './due-row.js';
import { indexNames } from './index-names.js';
import { indexKeys } from './keys.js';
import { narrowedLists } from './narrowed-lists.js';
import { shareIndexNames } from './share-clock-entries.js';

const { casesByDue } = narrowedLists;

/** Indexes that are read from the front, where what is done is taken away. */
const queues = [
  casesByDue.name,
  ...casesByDue.facets.map(({ name }) => name),
  indexNames.inbox,
  shareIndexNames.clocks,
  dueIndex,
];

/**
 * Clears away what is done from the fronts of queues: LevelDB keeps a mark for each deleted key until it happens to rewrite
 * that part, and whoever reads from the front steps over every one of them.
 */
export async function compactQueues(store: CompactableStore): Promise<void> {
  for (const name of queues) await store.compact(indexKeys.entries(name));
}
