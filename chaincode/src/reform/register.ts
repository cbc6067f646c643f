import type { DepartmentRecord } from '../department/records';
import { firstToAct, type CoordinationOrgans } from '../duty/coordination';
import { absent, actorOf, eventOf, requireDepartment, type Rule } from '../kernel/caller';
import { shanghaiDate } from '../kernel/days';
import { departureOf } from '../kernel/departures';
import { ContractError } from '../kernel/errors';
import { idOf, receiverOf, type Change, type Move, type ReformRecord } from './records';

/** What a change points at, as the ledger has it. */
export interface ChangeState {
  readonly change: Change;
  readonly from: DepartmentRecord | undefined;
  readonly to: DepartmentRecord | undefined;
  /** Whose the matter, the duty or the data set is now; undefined when there is none. */
  readonly holder: string | undefined;
}

export interface RegisterReformState extends CoordinationOrgans {
  readonly existing: ReformRecord | undefined;
  readonly changes: readonly ChangeState[];
}

/** The departments that a reorganisation changes. */
export function affected(changes: readonly Change[]): string[] {
  return [...new Set(changes.flatMap((one) => [one.department, receiverOf(one)]))].sort();
}

/**
 * The Establishment Office registers what the competent government has decided (State Council Order 486 art 9), with the
 * deciding organ, the number and the digest of its document; where the office itself is changed, the government's office
 * does. Nothing follows from it before it is confirmed.
 * @throws ContractError ALREADY_EXISTS, FUNCTION_VACANT, WRONG_DEPARTMENT, DEPARTMENT_UNKNOWN, REFORM_INVALID
 */
export const registerReform: Rule<'reform.register', RegisterReformState, ReformRecord> = (
  state,
  input,
  member,
) => {
  const { reformId, changes } = input;
  absent(state.existing, { reformId });
  requireDepartment(member, firstToAct(state, affected(changes)));
  checkChanges(state.changes, shanghaiDate(member.at));
  return {
    main: {
      ...{ kind: 'reform', v: 1, ...input },
      ...{ registeredBy: actorOf(member), registeredAt: member.at, confirmations: [] },
    },
    also: [],
    event: { ...eventOf('reform.register', member, member.at), reformId },
  };
};

/** @throws ContractError DEPARTMENT_UNKNOWN, REFORM_INVALID */
export function checkChanges(all: readonly ChangeState[], today: string): void {
  const ending = all.flatMap(({ change }) =>
    change.kind === 'everything' ? [change.department] : [],
  );
  for (const one of all) checkChange(one, ending, today);
}

function checkChange(
  { change, from, to, holder }: ChangeState,
  ending: readonly string[],
  today: string,
): void {
  const { kind, department } = change;
  const refuse = (problem: string) => {
    throw new ContractError('REFORM_INVALID', {
      ...{ problem, kind, department, receiver: receiverOf(change) },
      ...(idOf(change) === undefined ? {} : { id: idOf(change) }),
    });
  };
  if (from === undefined) throw new ContractError('DEPARTMENT_UNKNOWN', { department });
  const ended = (one: DepartmentRecord) =>
    departureOf(one.left, { of: 'everything' }, '9999-12-31') !== undefined;
  if (ended(from)) refuse('hasEnded');
  if (kind === 'rename') return;
  if (to === undefined) throw new ContractError('DEPARTMENT_UNKNOWN', { department: change.to });
  if (change.to === department) refuse('toItself');
  if (ending.includes(change.to) || ended(to)) refuse('toEnding');
  if (kind !== 'everything' && !isOf(change, from, holder, today)) refuse('notItsOwn');
}

/** Whether it is the department's, and not on its way to another. */
function isOf(
  one: Exclude<Move, { readonly kind: 'everything' }>,
  { id, left }: DepartmentRecord,
  holder: string | undefined,
  today: string,
): boolean {
  const held = { of: one.kind, id: idOf(one) ?? '' };
  return holder === id && departureOf(left, held, today) === undefined;
}
