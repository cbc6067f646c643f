import type { Rule } from '../kernel/caller';
import { actorOf, eventOf, found, requireOtherDepartment } from '../kernel/caller';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { LedgerRecord } from '../kernel/records';
import type { CalendarRecord, CalendarVersionRecord } from './records';

export interface ConfirmCalendarState {
  readonly calendar: CalendarRecord | undefined;
  readonly proposed: CalendarVersionRecord | undefined;
  /** The version in force until now. */
  readonly inForce: CalendarVersionRecord | undefined;
}

/**
 * A second department puts a proposed calendar in force, naming the content it confirms by its digest.
 * @throws ContractError NOT_FOUND, MAKER_IS_CHECKER, WRONG_STATE, DIGEST_MISMATCH
 */
export const confirmCalendar: Rule<
  'calendar.confirm',
  ConfirmCalendarState,
  CalendarVersionRecord
> = (state, input, member) => {
  const { year, version } = input;
  const proposed = found(state.proposed, { year, version });
  const calendar = found(state.calendar, { year });
  requireOtherDepartment(proposed.proposedBy.department, member);
  const newest = calendar.inForce?.version ?? 0;
  if (proposed.status !== 'proposed' || version < newest) {
    throw new ContractError('WRONG_STATE', { year, version, state: proposed.status, newest });
  }
  if (proposed.contentDigest !== input.contentDigest) {
    throw new ContractError('DIGEST_MISMATCH', { expected: proposed.contentDigest });
  }
  const at = later(member.at, proposed.proposedAt);
  const { days, contentDigest } = proposed;
  const head: CalendarRecord = { ...calendar, inForce: { version, days, contentDigest } };
  const before: LedgerRecord[] =
    state.inForce === undefined ? [] : [{ ...state.inForce, status: 'superseded' }];
  return {
    main: { ...proposed, status: 'inForce', confirmedBy: actorOf(member), confirmedAt: at },
    also: [head, ...before],
    event: { ...eventOf('calendar.confirm', member, at), year, version },
  };
};
