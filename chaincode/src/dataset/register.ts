import type { DutyRecord } from '../duty/records';
import { actorOf, eventOf, type Rule } from '../kernel/caller';
import { canonicalDigest } from '../kernel/canonical';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { LedgerRecord } from '../kernel/records';
import { requireSourceDepartment } from './entry';
import type { DatasetRecord, DatasetVersionRecord } from './records';
import { checkShareTerms } from './terms';
import { claimChanges, requireSource } from './topic';
import { topicsOf, type Topics } from './topics';

export interface RegisterDatasetState {
  readonly current: DatasetRecord | undefined;
  /** The newest version there is. */
  readonly latest: DatasetVersionRecord | undefined;
  readonly duty: DutyRecord | undefined;
  /** The topics of the entry as it stands and as it is worded now. */
  readonly topics: Topics;
}

/**
 * The source department words a catalogue entry, with its share class and what the class demands (Order 809 art 13-15).
 * Registering it again makes its next version, which takes the place of one still under way; what is published stays in
 * force until the lead authority publishes the next. Another department cannot take an entry over.
 * @throws ContractError WRONG_DEPARTMENT, SHARE_TERMS_MISSING, SHARE_CONDITION_ADDED, EXCLUSION_BASIS_REFUSED,
 *   LIMIT_EXCEEDS_STATUTORY, DUTY_UNKNOWN, SOURCE_DEPARTMENT_NAMED, LIMIT_REACHED
 */
export const registerDataset: Rule<
  'dataset.register',
  RegisterDatasetState,
  DatasetVersionRecord
> = (state, input, member) => {
  const { current } = state;
  if (current !== undefined) requireSourceDepartment(current, member);
  const topics = [...topicsOf(input), ...topicsOf(current)];
  requireSource(topics, state.topics, member.department);
  checkShareTerms(input);
  if (input.dutyCode !== undefined && state.duty === undefined) {
    throw new ContractError('DUTY_UNKNOWN', { code: input.dutyCode });
  }
  const at = later(member.at, state.latest?.registeredAt ?? '');
  const version = (current?.latest ?? 0) + 1;
  const { datasetId } = input;
  const main: DatasetVersionRecord = {
    kind: 'datasetVersion',
    v: 1,
    datasetId,
    version,
    status: 'registered',
    sourceDepartment: member.department,
    content: input,
    contentDigest: canonicalDigest(input),
    registeredBy: actorOf(member),
    registeredAt: at,
    calendars: [],
  };
  return {
    main,
    also: [
      entryOf(current, main),
      ...overtaken(state.latest),
      ...claimChanges(current, input, state.topics, { department: member.department, at }),
    ],
    event: { ...eventOf('dataset.register', member, at), datasetId, version },
  };
};

function entryOf(current: DatasetRecord | undefined, next: DatasetVersionRecord): DatasetRecord {
  if (current?.status === 'published') return { ...current, latest: next.version };
  const { version, sourceDepartment, registeredBy, registeredAt } = next;
  return {
    kind: 'dataset',
    v: 1,
    ...next.content,
    version,
    status: 'pending',
    latest: version,
    sourceDepartment,
    registeredBy,
    registeredAt,
    ...(current?.assignedTopic === undefined ? {} : { assignedTopic: current.assignedTopic }),
  };
}

function overtaken(latest: DatasetVersionRecord | undefined): LedgerRecord[] {
  const underWay = latest?.status === 'registered' || latest?.status === 'approved';
  return underWay ? [{ ...latest, status: 'superseded' }] : [];
}
