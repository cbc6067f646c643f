import {
  actorOf,
  eventOf,
  found,
  holderOf,
  requireDepartment,
  requireOtherPerson,
  type Rule,
} from '../kernel/caller';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { requireNotMoved } from './citing';
import type { CoordinationOrgans } from './coordination';
import type { DutyRecord } from './records';

export interface ConfirmDutyState extends CoordinationOrgans {
  readonly duty: DutyRecord | undefined;
}

/**
 * The Establishment Office's head finds that a clause stands in the 三定 document as it was entered, and what it covers: from
 * then on it may be cited. A clause of the office's own is the government's to confirm where a department acts for it. No
 * law asks for it: without it a department could write itself the clause that it cites against another.
 * @throws ContractError NOT_FOUND, FUNCTION_VACANT, WRONG_DEPARTMENT, ALREADY_CONFIRMED, MAKER_IS_CHECKER
 */
export const confirmDuty: Rule<'duty.confirm', ConfirmDutyState, DutyRecord> = (
  state,
  { department, code, version },
  member,
) => {
  const duty = found(state.duty?.version === version ? state.duty : undefined, {
    department,
    code,
    version,
  });
  requireNotMoved(duty);
  const office = holderOf('establishment', state.establishment).department;
  const government = department === office ? state.government?.department : undefined;
  requireDepartment(member, government ?? office);
  if (duty.confirmation !== undefined) {
    throw new ContractError('ALREADY_CONFIRMED', { department, code, version });
  }
  requireOtherPerson(duty.registeredBy, member);
  const at = later(member.at, duty.registeredAt);
  const confirmation = { by: actorOf(member), at };
  const main: DutyRecord = { ...duty, confirmation, confirmedVersion: version };
  return {
    main,
    also: [{ ...main, kind: 'dutyVersion' }],
    event: { ...eventOf('duty.confirm', member, at), id: department, code, version },
  };
};
