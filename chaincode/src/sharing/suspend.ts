import type { CalendarLookup } from '../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../calendar/working-days';
import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { actorOf, requireDepartment } from '../kernel/caller';
import { nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import type { ShareAndGrant } from './chain';
import { openShare, recordShareAct } from './chain';
import type { ShareRecord } from './records';
import { misuseGrounds } from './records';

export interface SuspendState extends ShareAndGrant {
  readonly calendar: CalendarLookup;
}

/**
 * The provider or the lead authority suspends a share that is misused, on a ground of the closed list, and gives time to
 * mend (Order 809 art 27). Without such a ground nobody stops what was granted.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, SHARE_STOP_REFUSED, CALENDAR_MISSING
 */
export function suspendShare(
  state: SuspendState,
  input: CommandInput<'sharing.suspend'>,
  member: Member,
): Outcome<ShareRecord> {
  const before = openShare(state.share, input.shareId, ['GRANTED']);
  if (member.department !== before.lead) requireDepartment(member, before.provider);
  const ground = misuseGrounds.find((known) => known === input.ground);
  if (ground === undefined) {
    throw new ContractError('SHARE_STOP_REFUSED', { ground: input.ground, allowed: misuseGrounds });
  }
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const limitDays = input.limit.value;
  return recordShareAct(
    {
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
    },
    before,
    { type: 'sharing.suspend', member, at: now.at, input },
    state.grant,
  );
}

/**
 * The requester reports what it has mended (art 27).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT
 */
export function mendShare(
  state: ShareAndGrant,
  input: CommandInput<'sharing.mend'>,
  member: Member,
): Outcome<ShareRecord> {
  const before = openShare(state.share, input.shareId, ['SUSPENDED']);
  requireDepartment(member, before.requester);
  const now = nowFor(member);
  const { suspension } = before;
  const mended = { note: input.note, by: actorOf(member), at: now.at };
  return recordShareAct(
    { ...before, ...(suspension === undefined ? {} : { suspension: { ...suspension, mended } }) },
    before,
    { type: 'sharing.mend', member, at: now.at, input },
    state.grant,
  );
}

/**
 * Whoever suspended judges what was mended, and lets the use go on (art 27).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT
 */
export function resumeShare(
  state: ShareAndGrant,
  input: CommandInput<'sharing.resume'>,
  member: Member,
): Outcome<ShareRecord> {
  const before = openShare(state.share, input.shareId, ['SUSPENDED']);
  requireDepartment(member, before.suspension?.by.department ?? before.provider);
  const now = nowFor(member);
  const act = { type: 'sharing.resume', member, at: now.at, input } as const;
  return recordShareAct({ ...before, state: 'GRANTED' }, before, act, state.grant);
}
