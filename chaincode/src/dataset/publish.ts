import type { FunctionHolderRecord } from '../department/records';
import {
  actorOf,
  eventOf,
  holderOf,
  requireDepartment,
  requireOtherPerson,
  type Member,
  type Rule,
} from '../kernel/caller';
import { later, shanghaiDate } from '../kernel/days';
import { materialName } from '../kernel/material-name';
import type { LedgerRecord } from '../kernel/records';
import { newestVersion, type DatasetVersionState } from './entry';
import type {
  DatasetCoverOfNameRecord,
  DatasetCoverRecord,
  DatasetRecord,
  DatasetVersionRecord,
} from './records';
import { requireOneSource } from './topic';
import type { Topics } from './topics';

export interface PublishDatasetState extends ReviewDatasetState {
  readonly topics: Topics;
}

export interface ReviewDatasetState extends DatasetVersionState {
  readonly leadAuthority: FunctionHolderRecord | undefined;
  /** The version published before, if any. */
  readonly published?: DatasetVersionRecord | undefined;
}

/**
 * The lead authority publishes an approved version (Order 809 art 16, 17): it comes into force, and the materials it
 * covers are from now on not to be asked of applicants. A review after the second working day counts and is marked
 * late. Whoever worded or approved the version does not review it, also where the lead authority is the source. Data that
 * several departments collect are published by their named source alone (art 19).
 * @throws ContractError FUNCTION_VACANT, NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE, DIGEST_MISMATCH, MAKER_IS_CHECKER,
 *   SOURCE_DEPARTMENT_NAMED, SOURCE_NOT_NAMED
 */
export const publishDataset: Rule<'dataset.publish', PublishDatasetState, DatasetVersionRecord> = (
  state,
  input,
  member,
) => {
  const { dataset, reviewed, at } = review(state, input, member, 'published');
  const main: DatasetVersionRecord = { ...reviewed, status: 'published' };
  const { version, sourceDepartment, registeredBy, registeredAt, content, datasetId } = main;
  const { assignedTopic } = dataset;
  const entry: DatasetRecord = {
    kind: 'dataset',
    v: 1,
    ...content,
    version,
    status: 'published',
    latest: dataset.latest,
    sourceDepartment,
    registeredBy,
    registeredAt,
    publishedAt: at,
    ...(dataset.change === undefined ? {} : { change: dataset.change }),
    ...(assignedTopic === undefined ? {} : { assignedTopic }),
  };
  requireOneSource(entry, state.topics);
  const before: LedgerRecord[] =
    state.published === undefined ? [] : [{ ...state.published, status: 'superseded' }];
  return {
    main,
    also: [
      entry,
      ...before,
      ...covers(dataset, content.covers),
      ...coversOfNames(dataset, content),
    ],
    event: { ...eventOf('dataset.publish', member, at), datasetId, version },
  };
};

/**
 * The lead authority sends a version back with what is wrong with it; the source department words the next one.
 * @throws ContractError as {@link publishDataset}
 */
export const sendBackDataset: Rule<'dataset.sendBack', ReviewDatasetState, DatasetVersionRecord> = (
  state,
  input,
  member,
) => {
  const { reviewed, at } = review(state, input, member, 'returned', input.note);
  const { datasetId, version } = input;
  return {
    main: { ...reviewed, status: 'returned' },
    also: [],
    event: { ...eventOf('dataset.sendBack', member, at), datasetId, version },
  };
};

function review(
  state: ReviewDatasetState,
  input: { readonly datasetId: string; readonly version: number; readonly contentDigest?: string },
  member: Member,
  outcome: 'published' | 'returned',
  note?: string,
) {
  requireDepartment(member, holderOf('leadAuthority', state.leadAuthority).department);
  const { dataset, version } = newestVersion(state, input, 'approved');
  requireOtherPerson(version.registeredBy, member);
  if (version.approval !== undefined) requireOtherPerson(version.approval.by, member);
  const at = later(member.at, version.approval?.at ?? version.registeredAt);
  const today = shanghaiDate(at);
  const clock = version.review ?? { startedOn: today, dueOn: today };
  const reviewed: DatasetVersionRecord = {
    ...version,
    review: {
      ...clock,
      outcome,
      by: actorOf(member),
      at,
      late: today > clock.dueOn,
      ...(note === undefined ? {} : { note }),
    },
  };
  return { dataset, reviewed, at };
}

/** Covers of the version in force until now that end, and those of the new one. */
function covers(before: DatasetRecord, next: readonly string[]): DatasetCoverRecord[] {
  const old = before.status === 'published' ? before.covers : [];
  const codes = [...new Set([...old, ...next])].sort();
  return codes.map((materialCode) => ({
    kind: 'datasetCover',
    v: 1,
    materialCode,
    datasetId: before.datasetId,
    active: next.includes(materialCode),
  }));
}

/** The same by name, for materials that other departments list under codes of their own. */
function coversOfNames(
  before: DatasetRecord,
  next: Pick<DatasetRecord, 'coversNames'>,
): DatasetCoverOfNameRecord[] {
  const old = before.status === 'published' ? namesOf(before) : [];
  const covered = namesOf(next);
  return [...new Set([...old, ...covered])].sort().map((name) => ({
    kind: 'datasetCoverOfName',
    v: 1,
    name,
    datasetId: before.datasetId,
    active: covered.includes(name),
  }));
}

function namesOf({ coversNames = [] }: Pick<DatasetRecord, 'coversNames'>): string[] {
  return coversNames.map(materialName).filter((name) => name !== '');
}
