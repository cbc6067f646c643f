import { namedSource, type Topics } from '../dataset/topics';
import type { DatasetRecord, DatasetVersionRecord } from '../dataset/records';
import type { DataTopicRecord } from '../dataset/topic-records';
import { actorOf, eventOf, found, type Member, type Rule } from '../kernel/caller';
import { arrivalOf, type Sides } from './arrival';
import type { ReformRecord } from './records';

export interface MoveDatasetState extends Sides {
  readonly dataset: DatasetRecord | undefined;
  /** The newest version, which may still be under way. */
  readonly newest: DatasetVersionRecord | undefined;
  readonly topics: Topics;
  readonly reform: ReformRecord | undefined;
}

/**
 * A data set gets the source department that a reorganisation in force gives it, with the version that is under way; where
 * the former one was the named source of its topic (Order 809 art 19), the new one is. Earlier versions stay as they are.
 * @throws ContractError NOT_FOUND, REFORM_NOTHING
 */
export const moveDataset: Rule<'reform.moveDataset', MoveDatasetState, DatasetRecord> = (
  state,
  { datasetId },
  member,
) => {
  const before = found(state.dataset, { datasetId });
  const { departure, to, also } = arrivalOf(state, { of: 'dataset', id: datasetId }, member);
  const { reformId } = departure;
  const reform = found(state.reform, { reformId });
  const sourceDepartment = to.id;
  const { newest } = state;
  return {
    main: { ...before, sourceDepartment },
    also: [
      ...(newest === undefined ? [] : [{ ...newest, sourceDepartment }]),
      ...[...state.topics.values()].map((topic) =>
        withSource(topic, before, to.id, reform, member),
      ),
      ...also,
    ],
    event: { ...eventOf('reform.moveDataset', member, member.at), datasetId, reformId },
  };
};

function withSource(
  topic: DataTopicRecord,
  { datasetId, sourceDepartment: from }: DatasetRecord,
  to: string,
  { decision: { organ, document } }: ReformRecord,
  member: Member,
): DataTopicRecord {
  const claims = topic.claims.map((claim) =>
    claim.datasetId === datasetId ? { ...claim, department: to } : claim,
  );
  const naming = { source: to, text: organ, document, by: actorOf(member), at: member.at };
  const namings = namedSource(topic) === from ? [...topic.namings, naming] : topic.namings;
  return { ...topic, claims, namings, updatedAt: member.at };
}
