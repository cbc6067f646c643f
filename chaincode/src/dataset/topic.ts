import type { FunctionHolderRecord } from '../department/records';
import type { Member, Rule } from '../kernel/caller';
import { actorOf, eventOf, found, holderOf, requireDepartment } from '../kernel/caller';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { LedgerRecord } from '../kernel/records';
import type { DatasetRecord } from './records';
import type { DataTopicRecord } from './topic-records';
import { namedSource, topicsOf, type Topics } from './topics';

const mostClaims = 64;
const mostNamings = 20;

type Claims = DataTopicRecord['claims'];

/**
 * Once the lead authority has named a topic's source, nobody else words or publishes an entry about it (Order 809 art 19).
 * @throws ContractError SOURCE_DEPARTMENT_NAMED
 */
export function requireSource(codes: readonly string[], topics: Topics, department: string): void {
  for (const topic of codes) {
    const source = namedSource(topics.get(topic));
    if (source !== undefined && source !== department) {
      throw new ContractError('SOURCE_DEPARTMENT_NAMED', { topic, source, department });
    }
  }
}

/**
 * While several departments have entries about a topic and no source is named, the lead authority publishes none of them.
 * @throws ContractError SOURCE_DEPARTMENT_NAMED, SOURCE_NOT_NAMED
 */
export function requireOneSource(entry: DatasetRecord, topics: Topics): void {
  const codes = topicsOf(entry);
  requireSource(codes, topics, entry.sourceDepartment);
  const open = codes.find((code) => topics.get(code)?.status === 'open');
  if (open === undefined) return;
  const departments = departmentsOf(topics.get(open)?.claims ?? []);
  throw new ContractError('SOURCE_NOT_NAMED', { topic: open, departments });
}

function departmentsOf(claims: Claims): string[] {
  return [...new Set(claims.map(({ department }) => department))].sort();
}

/**
 * What an entry's new wording changes in the topic it names now and the one it named before.
 * @throws ContractError LIMIT_REACHED
 */
export function claimChanges(
  before: DatasetRecord | undefined,
  next: { readonly datasetId: string; readonly topic?: string },
  topics: Topics,
  { department, at }: Pick<Member, 'department' | 'at'>,
): LedgerRecord[] {
  const claim = { department, datasetId: next.datasetId };
  const kept = topicsOf({ ...next, ...pickAssigned(before) });
  const dropped = topicsOf(before).filter((code) => !kept.includes(code));
  return [
    ...dropped.flatMap((code) => withClaims(topics.get(code), code, [], [claim], at)),
    ...kept.flatMap((code) => withClaims(topics.get(code), code, [claim], [], at)),
  ];
}

function pickAssigned(entry: DatasetRecord | undefined) {
  return entry?.assignedTopic === undefined ? {} : { assignedTopic: entry.assignedTopic };
}

/** The topic with its claims changed; nothing when nothing changes. */
function withClaims(
  known: DataTopicRecord | undefined,
  topic: string,
  added: Claims,
  removed: Claims,
  at: string,
): DataTopicRecord[] {
  const {
    claims: before,
    namings,
    updatedAt,
  } = known ?? { claims: [], namings: [], updatedAt: '' };
  const fresh = without(added, before);
  const rest = without(before, removed);
  if (fresh.length === 0 && rest.length === before.length) return [];
  const claims = [...rest, ...fresh];
  if (claims.length > mostClaims)
    throw new ContractError('LIMIT_REACHED', { held: 'claims', most: mostClaims });
  const open = departmentsOf(claims).length > 1 ? 'open' : 'single';
  const status = namings.length > 0 ? 'named' : open;
  return [
    { kind: 'dataTopic', v: 1, topic, status, claims, namings, updatedAt: later(at, updatedAt) },
  ];
}

/** The claims that are not those of the same entries. */
function without(claims: Claims, others: Claims): Claims {
  return claims.filter(({ datasetId }) => !others.some((other) => other.datasetId === datasetId));
}

export interface NameSourceState {
  readonly topic: DataTopicRecord | undefined;
  /** The entries that the command puts under the topic, by id. */
  readonly entries: ReadonlyMap<string, DatasetRecord>;
  readonly leadAuthority: FunctionHolderRecord | undefined;
}

/**
 * The lead authority's head names the source department of data that several departments collect (Order 809 art 19), by a
 * document. It may put entries under the topic whose departments did not say what they are about. A later naming takes the
 * place of the one before, which stays on record.
 * @throws ContractError FUNCTION_VACANT, WRONG_DEPARTMENT, DATASET_UNKNOWN, NOT_FOUND, SOURCE_NAMING_INVALID,
 *   ALREADY_EXISTS, LIMIT_REACHED
 */
export const nameSource: Rule<'dataset.nameSource', NameSourceState, DataTopicRecord> = (
  state,
  input,
  member,
) => {
  const { topic, source, text, document, datasetIds = [] } = input;
  requireDepartment(member, holderOf('leadAuthority', state.leadAuthority).department);
  const at = later(member.at, state.topic?.updatedAt ?? '');
  const entries = datasetIds.map((datasetId) => {
    const entry = state.entries.get(datasetId);
    if (entry === undefined) throw new ContractError('DATASET_UNKNOWN', { datasetId });
    return entry;
  });
  const added = entries.map((entry) => ({
    department: entry.sourceDepartment,
    datasetId: entry.datasetId,
  }));
  const [changed] = withClaims(state.topic, topic, added, [], at);
  const known = found(changed ?? state.topic, { topic });
  const departments = departmentsOf(known.claims);
  if (departments.length < 2 || !departments.includes(source)) {
    throw new ContractError('SOURCE_NAMING_INVALID', { topic, source, departments });
  }
  if (changed === undefined && namedSource(known) === source) {
    throw new ContractError('ALREADY_EXISTS', { topic, source });
  }
  if (known.namings.length >= mostNamings) {
    throw new ContractError('LIMIT_REACHED', { held: 'namings', most: mostNamings });
  }
  const naming = { source, text, document, by: actorOf(member), at };
  return {
    main: { ...known, status: 'named', namings: [...known.namings, naming], updatedAt: at },
    also: entries
      .filter((entry) => !topicsOf(entry).includes(topic))
      .map((entry) => ({ ...entry, assignedTopic: topic })),
    event: { ...eventOf('dataset.nameSource', member, at), topic },
  };
};
