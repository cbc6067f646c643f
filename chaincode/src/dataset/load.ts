import type { DatasetRecord } from './records';
import type { DataTopicRecord } from './topic-records';
import { topicEntriesOfSource, topicsOf, type Topics } from './topics';
import type { RecordStore } from '../kernel/store';

type Topical = Parameters<typeof topicsOf>[0];

/** The topics of these entries, as far as the ledger knows them. */
export async function loadTopicsOf(
  store: RecordStore,
  ...entries: readonly Topical[]
): Promise<Topics> {
  const topics = new Map<string, DataTopicRecord>();
  for (const code of new Set(entries.flatMap(topicsOf))) {
    const topic = await store.get('dataTopic', code);
    if (topic !== undefined) topics.set(code, topic);
  }
  return topics;
}

/** Entries of the named source of a data set's topics. */
export async function loadEntriesOfSource(
  store: RecordStore,
  dataset: DatasetRecord | undefined,
): Promise<DatasetRecord[]> {
  const topics = await loadTopicsOf(store, dataset);
  const entries: DatasetRecord[] = [];
  for (const id of topicEntriesOfSource(topics)) {
    const entry = await store.get('dataset', id);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}
