import {
  mostDepartures,
  type DepartmentOfMspRecord,
  type DepartmentRecord,
} from '../department/records';
import type { CoordinationOrgans } from '../duty/coordination';
import type { DutyRecord } from '../duty/records';
import {
  actorOf,
  eventOf,
  found,
  holderOf,
  requireOtherPerson,
  type Member,
  type Rule,
} from '../kernel/caller';
import { later, shanghaiDate } from '../kernel/days';
import type { Departure } from '../kernel/departures';
import { ContractError } from '../kernel/errors';
import type { LedgerRecord } from '../kernel/records';
import { idOf, receiverOf, type Move, type ReformRecord } from './records';
import { checkChanges, type ChangeState } from './register';

export interface ConfirmReformState extends CoordinationOrgans {
  readonly reform: ReformRecord | undefined;
  readonly changes: readonly ChangeState[];
  /** The duties that move. */
  readonly duties: readonly DutyRecord[];
}

/**
 * A second body confirms a reorganisation: of the Establishment Office and the government's office the one that did not
 * register it or, without that, every department that gets something. From the day it takes effect, and never before the
 * day of the last confirmation, its departments' entries say what has left them; everything else follows from that, each
 * by an act of its own.
 * @throws ContractError NOT_FOUND, WRONG_STATE, FUNCTION_VACANT, WRONG_DEPARTMENT, ALREADY_CONFIRMED, MAKER_IS_CHECKER,
 *   DEPARTMENT_UNKNOWN, REFORM_INVALID, LIMIT_REACHED
 */
export const confirmReform: Rule<'reform.confirm', ConfirmReformState, ReformRecord> = (
  state,
  { reformId },
  member,
) => {
  const reform = found(state.reform, { reformId });
  if (reform.inForceFrom !== undefined) {
    throw new ContractError('WRONG_STATE', {
      reformId,
      state: 'confirmed',
      allowed: ['registered'],
    });
  }
  requireOtherPerson(reform.registeredBy, member);
  const at = later(member.at, reform.registeredAt);
  const confirmations = [...reform.confirmations, { by: actorOf(member), at }];
  const event = { ...eventOf('reform.confirm', member, at), reformId };
  if (!isWhole(reform, state, member))
    return { main: { ...reform, confirmations }, also: [], event };
  const today = shanghaiDate(at);
  checkChanges(state.changes, today);
  const inForceFrom = later(reform.effectiveOn, today);
  const main: ReformRecord = { ...reform, confirmations, inForceFrom };
  return { main, also: entries(main, inForceFrom, state, at), event };
};

/** Whether nobody's confirmation is missing after this one. */
function isWhole(
  { registeredBy, changes, confirmations }: ReformRecord,
  { establishment, government }: CoordinationOrgans,
  { department }: Member,
): boolean {
  const office = holderOf('establishment', establishment).department;
  const second = registeredBy.department === office ? government?.department : office;
  if (department === second) return true;
  const receivers = [...new Set(changes.map(receiverOf))].sort();
  if (!receivers.includes(department)) {
    const expected = second === undefined ? receivers : [second, ...receivers];
    throw new ContractError('WRONG_DEPARTMENT', { department, expected });
  }
  const accepted = confirmations.map(({ by }) => by.department);
  if (accepted.includes(department)) throw new ContractError('ALREADY_CONFIRMED', { department });
  return receivers.every((one) => one === department || accepted.includes(one));
}

/** The entries of the departments, with what leaves them, what comes back to them, and the names they get. */
function entries(
  { reformId, decision }: ReformRecord,
  on: string,
  state: ConfirmReformState,
  updatedAt: string,
): LedgerRecord[] {
  const { organ, document } = decision;
  const decided = { organ, number: document.number };
  const after = new Map<string, DepartmentRecord>();
  for (const { change, from, to } of state.changes) {
    const department = found(after.get(change.department) ?? from, { id: change.department });
    if (change.kind === 'rename') {
      const renames = [...(department.renames ?? []), { name: change.name, on, reformId }];
      after.set(department.id, { ...department, renames, updatedAt });
      continue;
    }
    const departure = { ...leaving(change, state.duties), on, reformId, decision: decided };
    after.set(department.id, { ...withDeparture(department, departure), updatedAt });
    const receiver = found(after.get(change.to) ?? to, { id: change.to });
    const left = comingBack(receiver, change, on);
    if (left !== undefined) after.set(receiver.id, { ...receiver, left, updatedAt });
  }
  return [...after.values()].flatMap((one) => [one, ...marked(one)]);
}

function leaving(
  one: Move,
  duties: readonly DutyRecord[],
): Pick<Departure, 'of' | 'id' | 'covers' | 'to'> {
  const id = idOf(one);
  const duty = duties.find(({ department, code }) => department === one.department && code === id);
  const covers = one.kind === 'duty' ? duty?.covers : undefined;
  return {
    of: one.kind,
    ...(id === undefined ? {} : { id }),
    ...(covers === undefined ? {} : { covers }),
    to: one.to,
  };
}

/** @throws ContractError LIMIT_REACHED */
function withDeparture(department: DepartmentRecord, departure: Departure): DepartmentRecord {
  const left = [...(department.left ?? []), departure];
  if (left.length > mostDepartures)
    throw new ContractError('LIMIT_REACHED', { held: 'left', most: mostDepartures });
  return { ...department, left };
}

/** What left the receiver before, where this brings it back: it is the receiver's own again from that day on. */
function comingBack({ left }: DepartmentRecord, one: Move, on: string): Departure[] | undefined {
  const back = ({ until, of, id, to }: Departure) =>
    until === undefined &&
    (one.kind === 'everything' ? to === one.department : of === one.kind && id === idOf(one));
  if (left?.some(back) !== true) return undefined;
  return left.map((known) => (back(known) ? { ...known, until: on } : known));
}

function marked({ left, mspId, id }: DepartmentRecord): DepartmentOfMspRecord[] {
  if (left === undefined) return [];
  return [{ kind: 'departmentOfMsp', v: 1, mspId, department: id, reformed: true }];
}
