import { stillRuns } from '../calendar/passed';
import type { CalendarLookup } from '../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../calendar/working-days';
import {
  actorOf,
  requireDepartment,
  requireHolder,
  type Member,
  type Outcome,
} from '../kernel/caller';
import { actOf, nowFor, type Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import {
  openShare,
  recordShareAct,
  type ShareAct,
  type ShareAndGrant,
  type ShareBody,
  type ShareRule,
} from './chain';
import { purgeOfBoth } from './private';
import type { ShareRecord } from './records';

export interface EndState extends ShareAndGrant {
  readonly calendar: CalendarLookup;
}

/**
 * A use ends (Order 809 art 27): the requester ends it when its purpose is met, impossible or no longer there; whoever
 * suspended it only when that was answered badly or not in time; the provider as the requester has agreed; any member, a gateway too, records that the term is
 * over. The requester then disposes of the data within the retention of the grant.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, ROLE_REFUSED, SHARE_STOP_REFUSED, CALENDAR_MISSING
 */
export const endShare: ShareRule<'sharing.end', EndState> = (state, input, member) => {
  const before = openShare(state.share, input.shareId, ['GRANTED', 'SUSPENDED']);
  const now = nowFor(member);
  const { reason, note } = input;
  requireJudgement(reason, member);
  if (reason === 'termOver') requireTermOver(state, member);
  else if (reason === 'misuse') requireUnmended(before, member, state.calendar);
  else if (reason === 'agreed') requireAgreed(before, member, now);
  else requireRequester(before, member);
  const on = reason === 'termOver' ? (state.grant?.terms.period.to ?? now.today) : now.today;
  const body = endedBody(before, state, {
    reason,
    ...(note === undefined ? {} : { note }),
    by: actorOf(member),
    at: now.at,
    on,
  });
  return recordShareAct(state, actOf('sharing.end', input, member), body);
};

type Ended = NonNullable<ShareRecord['ended']>;

/** The share as ended, with the day by which the requester disposes of the data. */
export function endedBody(
  before: ShareRecord,
  { grant, calendar }: EndState,
  end: Omit<Ended, 'disposeBy' | 'retentionDays'>,
): ShareBody {
  const counter = createWorkingDayCounter(calendar);
  const retentionDays = grant?.terms.retention.value ?? 0;
  return {
    ...before,
    state: 'ENDED',
    ended: { ...end, disposeBy: counter.add(end.on, retentionDays), retentionDays },
    calendars: mergeCalendars(before.calendars, counter),
  };
}

/** A gateway notices what time has made due; every other reason is an official's judgement. */
function requireJudgement(reason: Ended['reason'], { role }: Member): void {
  if (role !== 'gateway' || reason === 'termOver') return;
  throw new ContractError('ROLE_REFUSED', { command: 'sharing.end', role, reason });
}

function requireTermOver({ grant, calendar }: EndState, member: Member): void {
  const to = grant?.terms.period.to ?? nowFor(member).today;
  const early = stillRuns(to, member, calendar);
  if (early === undefined) return;
  throw new ContractError('SHARE_STOP_REFUSED', { problem: 'termRuns', to, ...early });
}

function requireRequester(share: ShareRecord, member: Member): void {
  if (member.department === share.provider) {
    throw new ContractError('SHARE_STOP_REFUSED', { problem: 'notSuspended', state: share.state });
  }
  requireDepartment(member, share.requester);
}

/** Not before the day that the requester's head has agreed to. */
function requireAgreed(share: ShareRecord, member: Member, { today }: Now): void {
  requireHolder(member, share.provider, { of: 'dataset', id: share.datasetId });
  const { what, from, agreed } = share.serviceChange ?? {};
  if (what !== 'end' || from === undefined || agreed === undefined) {
    throw new ContractError('SHARE_STOP_REFUSED', { problem: 'notAgreed', state: share.state });
  }
  if (today < from) throw new ContractError('SHARE_STOP_REFUSED', { problem: 'notYet', from });
}

function requireUnmended(share: ShareRecord, member: Member, calendar: CalendarLookup): void {
  const { suspension, state } = share;
  requireDepartment(member, suspension?.by.department ?? share.provider);
  if (state !== 'SUSPENDED' || suspension === undefined) {
    throw new ContractError('SHARE_STOP_REFUSED', { problem: 'notSuspended', state });
  }
  const { mended, mendBy } = suspension;
  const early = mended === undefined ? stillRuns(mendBy, member, calendar) : undefined;
  if (early !== undefined) {
    throw new ContractError('SHARE_STOP_REFUSED', { problem: 'timeToMend', mendBy, ...early });
  }
}

/**
 * The requester disposes of the data after the end of its use; the private values are purged from both departments'
 * collections, their digests stay (art 27, 29).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT
 */
export const disposeShare: ShareRule<'sharing.dispose'> = (state, input, member) => {
  const before = openShare(state.share, input.shareId, ['ENDED']);
  requireDepartment(member, before.requester);
  const now = nowFor(member);
  return disposed(before, state, actOf('sharing.dispose', input, member), {
    how: 'requester',
    note: input.note,
    by: actorOf(member),
    at: now.at,
    late: isOverdue(before, now),
  });
};

/**
 * What the requester did not dispose of in time is purged; any member may have it done, and it shows as late (art 27).
 * @throws ContractError NOT_FOUND, WRONG_STATE, DISPOSAL_NOT_DUE
 */
export const purgeExpired: ShareRule<'sharing.purgeExpired', EndState> = (state, input, member) => {
  const before = openShare(state.share, input.shareId, ['ENDED']);
  const now = nowFor(member);
  const { disposeBy = now.today } = before.ended ?? {};
  const early = stillRuns(disposeBy, member, state.calendar);
  if (early !== undefined) throw new ContractError('DISPOSAL_NOT_DUE', { disposeBy, ...early });
  return disposed(before, state, actOf('sharing.purgeExpired', input, member), {
    how: 'term',
    by: actorOf(member),
    at: now.at,
    late: true,
  });
};

function isOverdue({ ended }: ShareRecord, { today }: Now): boolean {
  return ended !== undefined && today > ended.disposeBy;
}

function disposed(
  before: ShareRecord,
  state: ShareAndGrant,
  act: ShareAct,
  disposal: NonNullable<ShareRecord['disposal']>,
): Outcome<ShareRecord> {
  const outcome = recordShareAct(state, act, { ...before, state: 'DISPOSED', disposal });
  const purges = state.grant === undefined ? [] : purgeOfBoth(before, state.grant);
  return purges.length === 0 ? outcome : { ...outcome, privately: purges };
}
