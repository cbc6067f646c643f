import type { CommandInput } from '../kernel/commands';
import { actorOf, eventOf, found, requireOtherPerson, type Rule } from '../kernel/caller';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { LedgerRecord } from '../kernel/records';
import { requireDecider, requireProposer, type CoordinationOrgans } from './coordination';
import type { DutyOfTopicRecord, DutyOverlapRecord, DutyRecord } from './records';

const mostClaims = 64;

/** What the ledger knows of one topic. */
export interface TopicState {
  readonly claims: readonly DutyOfTopicRecord[];
  /** The newest overlap found on it. */
  readonly latest: DutyOverlapRecord | undefined;
}

/**
 * The duplicate-duty detector: what a duty's new version changes in the topics it claims and claimed. An overlap is found
 * when a second department claims a topic; a ruling covers the departments it names, and whoever else claims the topic
 * later opens the next round. When all but one drop the topic, the overlap closes by itself.
 * @throws ContractError LIMIT_REACHED
 */
export function topicChanges(
  before: DutyRecord | undefined,
  duty: DutyRecord,
  topics: ReadonlyMap<string, TopicState>,
): LedgerRecord[] {
  const dropped = before?.topic === duty.topic ? undefined : before?.topic;
  return [dropped, duty.topic].flatMap((topic) => {
    if (topic === undefined) return [];
    const state = topics.get(topic) ?? { claims: [], latest: undefined };
    const own = claimOf(topic, duty, topic === dropped);
    const others = state.claims.filter(
      (known) => known.department !== duty.department || known.code !== duty.code,
    );
    return [own, ...overlapAfter(topic, state, [...others, own], duty)];
  });
}

function claimOf(topic: string, duty: DutyRecord, withdrawn: boolean): DutyOfTopicRecord {
  const { department, code, version } = duty;
  return { kind: 'dutyOfTopic', v: 1, topic, department, code, version, withdrawn };
}

function overlapAfter(
  topic: string,
  { latest }: TopicState,
  all: readonly DutyOfTopicRecord[],
  duty: DutyRecord,
): DutyOverlapRecord[] {
  const claims = all
    .filter((known) => !known.withdrawn)
    .map(({ department, code, version }) => ({ department, code, version }));
  if (claims.length > mostClaims)
    throw new ContractError('LIMIT_REACHED', { held: 'claims', most: mostClaims });
  const departments = [...new Set(claims.map(({ department }) => department))];
  if (latest?.status !== 'open') {
    const ruled = latest?.ruling?.departments ?? [];
    const covered = departments.every((department) => ruled.includes(department));
    return departments.length < 2 || covered ? [] : newOverlap(latest, claims, topic, duty);
  }
  if (departments.length > 1) return [{ ...latest, claims }];
  const closedAt = later(duty.registeredAt, latest.foundAt);
  return [{ ...latest, status: 'withdrawn', closedAt }];
}

function newOverlap(
  latest: DutyOverlapRecord | undefined,
  claims: DutyOverlapRecord['claims'],
  topic: string,
  duty: DutyRecord,
): DutyOverlapRecord[] {
  const before = latest ?? { round: 0, foundAt: '' };
  const foundAt = later(duty.registeredAt, before.foundAt);
  const foundBy = duty.registeredBy;
  const round = before.round + 1;
  return [{ kind: 'dutyOverlap', v: 1, topic, round, status: 'open', claims, foundAt, foundBy }];
}

export interface OverlapState extends CoordinationOrgans {
  readonly overlap: DutyOverlapRecord | undefined;
}

/**
 * The head of the Establishment Office, which issues the 三定 documents, proposes what becomes of a topic that several
 * departments claim (State Council Order 486 art 10). It may propose anew until the government has decided.
 * @throws ContractError NOT_FOUND, FUNCTION_VACANT, WRONG_DEPARTMENT, WRONG_STATE, MAKER_IS_CHECKER,
 *   OVERLAP_RULING_INVALID
 */
export const proposeOverlap: Rule<'duty.proposeOverlap', OverlapState, DutyOverlapRecord> = (
  state,
  input,
  member,
) => {
  const { overlap, departments } = openOverlap(state, input);
  requireProposer(state, departments, member);
  requireOtherPerson(overlap.foundBy, member);
  checkLead(input, departments);
  const at = later(member.at, overlap.foundAt);
  const { topic, round, kind, lead, text, document } = input;
  const named = lead === undefined ? {} : { lead };
  return {
    main: { ...overlap, proposal: { kind, ...named, text, document, by: actorOf(member), at } },
    also: [],
    event: { ...eventOf('duty.proposeOverlap', member, at), topic, version: round },
  };
};

export interface ResolveOverlapState extends OverlapState {
  readonly claims: readonly DutyOfTopicRecord[];
}

/**
 * The government's decision on an overlap, signed by itself or registered by the Establishment Office (State Council
 * Order 486 art 10). `assigned` takes the topic from all but one department.
 * @throws ContractError NOT_FOUND, FUNCTION_VACANT, WRONG_DEPARTMENT, WRONG_STATE, COORDINATION_MISSING, DECISION_UNNAMED,
 *   MAKER_IS_CHECKER, OVERLAP_RULING_INVALID
 */
export const resolveOverlap: Rule<'duty.resolveOverlap', ResolveOverlapState, DutyOverlapRecord> = (
  state,
  input,
  member,
) => {
  const { topic, round, kind, lead, text, document, organ } = input;
  const { overlap, departments } = openOverlap(state, input);
  const question = { disputants: departments, proposal: overlap.proposal };
  requireDecider(state, question, organ !== undefined, member);
  requireOtherPerson(overlap.foundBy, member);
  checkLead(input, departments);
  const at = later(member.at, overlap.foundAt);
  const kept = kind === 'assigned' ? departments.filter((id) => id === lead) : departments;
  const losing = state.claims.filter(
    (known) => !known.withdrawn && !kept.includes(known.department),
  );
  const named = {
    ...(lead === undefined ? {} : { lead }),
    ...(organ === undefined ? {} : { organ }),
  };
  return {
    main: {
      ...overlap,
      status: 'ruled',
      ruling: { kind, ...named, departments: kept, text, document, by: actorOf(member) },
      closedAt: at,
    },
    also: losing.map((known) => ({ ...known, withdrawn: true })),
    event: { ...eventOf('duty.resolveOverlap', member, at), topic, version: round },
  };
};

type OverlapRuling = Pick<CommandInput<'duty.resolveOverlap'>, 'topic' | 'round' | 'kind' | 'lead'>;

/** The overlap, which nobody has decided, and the departments that claim its topic. */
function openOverlap(state: OverlapState, { topic, round }: OverlapRuling) {
  const overlap = found(state.overlap, { topic, round });
  if (overlap.status !== 'open') {
    throw new ContractError('WRONG_STATE', { topic, state: overlap.status, allowed: ['open'] });
  }
  const departments = [...new Set(overlap.claims.map(({ department }) => department))].sort();
  return { overlap, departments };
}

function checkLead({ kind, lead }: OverlapRuling, claimants: readonly string[]): void {
  const fits = kind === 'distinct' ? lead === undefined : lead && claimants.includes(lead);
  if (fits !== true) {
    throw new ContractError('OVERLAP_RULING_INVALID', { kind, lead: lead ?? null, claimants });
  }
}
