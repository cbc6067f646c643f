import { createWorkingDayCounter, mergeCalendars } from '../calendar/working-days';
import { actorOf, requireDepartment } from '../kernel/caller';
import { actOf, nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { openShare, recordShareAct, type ShareRule } from './chain';
import type { FilingState } from './filing';
import type { ShareGrantRecord, ShareRecord } from './records';
import { usualReaders } from './values-collections';

/**
 * The provider grants a request, with purpose, period, uses and retention (Order 809 art 21, 25). The period stays within
 * what was asked for; conditions are those the entry lists (art 15), none for a return flow (art 24). From now on the
 * delivery is due (art 22), and the grant's key belongs to provider and requester together.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, SHARE_CONDITION_ADDED, SHARE_TERMS_EXCEED_REQUEST,
 *   CALENDAR_MISSING
 */
export const grantShare: ShareRule<'sharing.grant', FilingState> = (state, input, member) => {
  const before = openShare(state.share, input.shareId, ['FILED']);
  requireDepartment(member, before.provider);
  const { shareId, ...given } = input;
  const terms = { readers: usualReaders, ...given };
  checkTerms(before, terms);
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const limitDays = before.limits.deliver;
  const by = actorOf(member);
  const grant: ShareGrantRecord = {
    kind: 'shareGrant',
    v: 1,
    shareId,
    datasetId: before.datasetId,
    provider: before.provider,
    requester: before.requester,
    fields: before.request.fields,
    terms,
    grantedBy: by,
    grantedAt: now.at,
    startedOn: now.today,
    dueOn: counter.add(now.today, limitDays),
    limitDays,
    deliveries: [],
  };
  const outcome = recordShareAct(state, actOf('sharing.grant', input, member), {
    ...before,
    state: 'GRANTED',
    granted: { by, at: now.at, late: isLate(before, now.today) },
    calendars: mergeCalendars(before.calendars, counter),
  });
  return {
    ...outcome,
    also: [grant, ...outcome.also],
    endorsement: { record: grant, mspIds: [before.providerMsp, before.requesterMsp] },
  };
};

/** A reply after its due day counts, and shows (art 21, 39). */
export function isLate({ reply }: ShareRecord, today: string): boolean {
  return reply !== undefined && today > reply.dueOn;
}

function checkTerms(share: ShareRecord, terms: ShareGrantRecord['terms']): void {
  const added = terms.conditions.filter((code) => !share.conditions.includes(code));
  if (added.length > 0) {
    throw new ContractError('SHARE_CONDITION_ADDED', { added, listed: share.conditions });
  }
  const asked = share.request.term;
  const { from, to } = terms.period;
  if (from < asked.from || to > asked.to || to < from) {
    throw new ContractError('SHARE_TERMS_EXCEED_REQUEST', { period: terms.period, asked });
  }
}
