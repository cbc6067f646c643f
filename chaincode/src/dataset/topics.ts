import type { DatasetRecord } from './records';
import type { DataTopicRecord } from './topic-records';

/** Topics as they stand, by their code. */
export type Topics = ReadonlyMap<string, DataTopicRecord>;

/** The topics of an entry: the one it names itself, and the one the lead authority put it under. */
export function topicsOf(
  entry: Pick<DatasetRecord, 'topic' | 'assignedTopic'> | undefined,
): string[] {
  return [...new Set([entry?.topic, entry?.assignedTopic].filter((code) => code !== undefined))];
}

/** Who the named source of a topic is. */
export function namedSource(topic: DataTopicRecord | undefined): string | undefined {
  return topic?.namings.at(-1)?.source;
}

/** Ids of the entries that the named sources of these topics have about them. */
export function topicEntriesOfSource(topics: Topics): string[] {
  return [...topics.values()].flatMap((topic) =>
    topic.claims
      .filter(({ department }) => department === namedSource(topic))
      .map(({ datasetId }) => datasetId),
  );
}
