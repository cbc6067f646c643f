import type { CalendarLookup, WorkingDayCounter } from '../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../calendar/working-days';
import { actorOf, requireDepartment, requireHolder, type Member } from '../kernel/caller';
import { actOf, nowFor } from '../kernel/chain';
import type { CommandInput } from '../kernel/commands';
import { ContractError } from '../kernel/errors';
import { openShare, recordShareAct, type ShareAndGrant, type ShareRule } from './chain';
import { suspensionGrounds, type ShareRecord, type TimeToMend } from './records';
import { isMisuseOpen } from './unmatched';

export interface SuspendState extends ShareAndGrant {
  readonly calendar: CalendarLookup;
}

/**
 * The provider or the lead authority suspends a share that is used beyond its scope or purpose or passed on, and gives time
 * to mend (Order 809 art 27). Without such a ground nobody stops what was granted.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, SHARE_STOP_REFUSED, CALENDAR_MISSING
 */
export const suspendShare: ShareRule<'sharing.suspend', SuspendState> = (state, input, member) => {
  const before = grantedBySide(state.share, input, member);
  const ground = suspensionGrounds.find((known) => known === input.ground);
  if (ground === undefined) {
    const allowed = suspensionGrounds;
    throw new ContractError('SHARE_STOP_REFUSED', { ground: input.ground, allowed });
  }
  const counter = createWorkingDayCounter(state.calendar);
  return recordShareAct(state, actOf('sharing.suspend', input, member), {
    ...before,
    state: 'SUSPENDED',
    suspension: timeToMend(ground, input, member, counter),
    misuseAnswered: answered(before, member),
    calendars: mergeCalendars(before.calendars, counter),
  });
};

/** A granted share, for its provider or the lead authority. @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT */
function grantedBySide(
  share: ShareRecord | undefined,
  { shareId }: Pick<CommandInput<'sharing.suspend'>, 'shareId'>,
  member: Member,
): ShareRecord {
  const before = openShare(share, shareId, ['GRANTED']);
  if (member.department !== before.lead)
    requireHolder(member, before.provider, { of: 'dataset', id: before.datasetId });
  return before;
}

const answered = ({ receipts }: ShareRecord, member: Member) => ({
  ...{ outside: receipts.outside, by: actorOf(member), at: member.at },
});

/**
 * A use outside its grant is to be suspended (Order 809 art 27(2)); the provider or the lead authority that does not says why
 * not, for all such uses recorded so far.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, ALREADY_EXPLAINED
 */
export const explainMisuse: ShareRule<'sharing.explainMisuse'> = (state, input, member) => {
  const before = grantedBySide(state.share, input, member);
  const { shareId, receipts, misuseAnswered } = before;
  if (!isMisuseOpen(before)) {
    const { outside } = receipts;
    if (misuseAnswered === undefined) throw new ContractError('NOT_FOUND', { shareId, outside });
    throw new ContractError('ALREADY_EXPLAINED', { shareId, outside });
  }
  return recordShareAct(state, actOf('sharing.explainMisuse', input, member), {
    ...before,
    misuseAnswered: { ...answered(before, member), note: input.note },
  });
};

/**
 * The lead authority orders data that are kept too long or insecurely to be put right; the use goes on (art 40(4)(6), which
 * are no grounds to suspend it).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, ALREADY_EXISTS, CALENDAR_MISSING
 */
export const orderCorrection: ShareRule<'sharing.orderCorrection', SuspendState> = (
  state,
  input,
  member,
) => {
  const { shareId, ground } = input;
  const before = openShare(state.share, shareId, ['GRANTED', 'SUSPENDED', 'ENDED']);
  requireDepartment(member, before.lead);
  if (waitsFor(before.correction)) {
    throw new ContractError('ALREADY_EXISTS', { shareId, mendBy: before.correction?.mendBy });
  }
  const counter = createWorkingDayCounter(state.calendar);
  return recordShareAct(state, actOf('sharing.orderCorrection', input, member), {
    ...before,
    correction: timeToMend(ground, input, member, counter),
    calendars: mergeCalendars(before.calendars, counter),
  });
};

function timeToMend(
  ground: TimeToMend['ground'],
  { note, limit }: Pick<CommandInput<'sharing.suspend'>, 'note' | 'limit'>,
  member: Member,
  counter: WorkingDayCounter,
): TimeToMend {
  const { at, today } = nowFor(member);
  const limitDays = limit.value;
  const mendBy = counter.add(today, limitDays);
  return { ground, note, by: actorOf(member), at, startedOn: today, mendBy, limitDays };
}

const waitsFor = (order: TimeToMend | undefined): boolean =>
  order !== undefined && order.mended === undefined;

/**
 * The requester reports what it has mended (art 27), of a suspended use, of what it was ordered to correct, or of both.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT
 */
export const mendShare: ShareRule<'sharing.mend'> = (state, input, member) => {
  const { shareId, note } = input;
  const corrects = waitsFor(state.share?.correction);
  const before = openShare(state.share, shareId, [
    'SUSPENDED',
    ...(corrects ? (['GRANTED', 'ENDED'] as const) : []),
  ]);
  requireDepartment(member, before.requester);
  const { suspension, correction } = before;
  const mended = { note, by: actorOf(member), at: member.at };
  return recordShareAct(state, actOf('sharing.mend', input, member), {
    ...before,
    ...(before.state === 'SUSPENDED' && suspension !== undefined
      ? { suspension: { ...suspension, mended } }
      : {}),
    ...(corrects && correction !== undefined ? { correction: { ...correction, mended } } : {}),
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
