import type { CalendarLookup } from '../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../calendar/working-days';
import { actorOf, requireDepartment } from '../kernel/caller';
import { actOf, nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { openShare, recordShareAct, type ShareAndGrant, type ShareRule } from './chain';
import { misuseGrounds } from './records';

export interface SuspendState extends ShareAndGrant {
  readonly calendar: CalendarLookup;
}

/**
 * The provider or the lead authority suspends a share that is misused, on a ground of the closed list, and gives time to
 * mend (Order 809 art 27). Without such a ground nobody stops what was granted.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, SHARE_STOP_REFUSED, CALENDAR_MISSING
 */
export const suspendShare: ShareRule<'sharing.suspend', SuspendState> = (state, input, member) => {
  const before = openShare(state.share, input.shareId, ['GRANTED']);
  if (member.department !== before.lead) requireDepartment(member, before.provider);
  const ground = misuseGrounds.find((known) => known === input.ground);
  if (ground === undefined) {
    throw new ContractError('SHARE_STOP_REFUSED', { ground: input.ground, allowed: misuseGrounds });
  }
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const limitDays = input.limit.value;
  return recordShareAct(state, actOf('sharing.suspend', input, member), {
    ...before,
    state: 'SUSPENDED',
    suspension: {
      ground,
      note: input.note,
      by: actorOf(member),
      at: now.at,
      startedOn: now.today,
      mendBy: counter.add(now.today, limitDays),
      limitDays,
    },
    calendars: mergeCalendars(before.calendars, counter),
  });
};

/**
 * The requester reports what it has mended (art 27).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT
 */
export const mendShare: ShareRule<'sharing.mend'> = (state, input, member) => {
  const before = openShare(state.share, input.shareId, ['SUSPENDED']);
  requireDepartment(member, before.requester);
  const { suspension } = before;
  const mended = { note: input.note, by: actorOf(member), at: member.at };
  return recordShareAct(state, actOf('sharing.mend', input, member), {
    ...before,
    ...(suspension === undefined ? {} : { suspension: { ...suspension, mended } }),
  });
};

/**
 * Whoever suspended judges what was mended, and lets the use go on (art 27).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT
 */
export const resumeShare: ShareRule<'sharing.resume'> = (state, input, member) => {
  const before = openShare(state.share, input.shareId, ['SUSPENDED']);
  requireDepartment(member, before.suspension?.by.department ?? before.provider);
  const act = actOf('sharing.resume', input, member);
  return recordShareAct(state, act, { ...before, state: 'GRANTED' });
};
