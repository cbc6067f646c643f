import type { CalendarLookup } from '../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../calendar/working-days';
import type { CommandInput } from '../kernel/commands';
import { publishedDataset } from '../dataset/entry';
import type { DatasetRecord } from '../dataset/records';
import { actorOf, requireDepartment, requireHolder, requireOtherPerson } from '../kernel/caller';
import { actOf, nowFor, type Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { openShare, recordShareAct, type ShareRule } from './chain';
import { requestParts, type ShareRecord } from './records';
import { withoutProposal } from './reply';
import { checkRequest } from './request';

export interface FilingState {
  readonly share: ShareRecord | undefined;
  readonly calendar: CalendarLookup;
}

/**
 * The head of the requester's sharing office consents; whoever wrote the request does not (Order 809 art 20). The
 * provider's reply is due from this day on (art 21).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, MAKER_IS_CHECKER, CALENDAR_MISSING
 */
export const consentToRequest: ShareRule<'sharing.consent', FilingState> = (
  state,
  input,
  member,
) => {
  const before = openShare(state.share, input.shareId, ['REQUESTED']);
  requireDepartment(member, before.requester);
  requireOtherPerson(before.requestedBy, member);
  const now = nowFor(member);
  return recordShareAct(state, actOf('sharing.consent', input, member), {
    ...before,
    state: 'FILED',
    consent: { by: actorOf(member), at: now.at },
    ...replyFrom(before, now, state.calendar),
  });
};

/**
 * The requester withdraws before there is a reply.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT
 */
export const withdrawRequest: ShareRule<
  'sharing.withdraw',
  { readonly share: ShareRecord | undefined }
> = (state, input, member) => {
  const before = openShare(state.share, input.shareId, ['REQUESTED', 'FILED', 'INCOMPLETE']);
  requireDepartment(member, before.requester);
  const act = actOf('sharing.withdraw', input, member);
  return recordShareAct(state, act, { ...withoutProposal(before), state: 'WITHDRAWN' });
};

/**
 * The provider tells once, and in time, all that the request lacks (art 21). It may ask for the parts of a request and
 * for proof of conditions that the entry lists, and for nothing else (art 15).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, SHARE_SECOND_NOTICE, SHARE_NOTICE_TOO_LATE,
 *   SHARE_CONDITION_ADDED
 */
export const askMissing: ShareRule<
  'sharing.askMissing',
  { readonly share: ShareRecord | undefined }
> = (state, input, member) => {
  const before = openShare(state.share, input.shareId, ['FILED']);
  requireHolder(member, before.provider, { of: 'dataset', id: before.datasetId });
  const now = nowFor(member);
  const { shareId, notice, reply } = before;
  if (notice !== undefined)
    throw new ContractError('SHARE_SECOND_NOTICE', { shareId, at: notice.at });
  if (reply !== undefined && now.today > reply.dueOn) {
    throw new ContractError('SHARE_NOTICE_TOO_LATE', { dueOn: reply.dueOn, today: now.today });
  }
  requireListed(before, input.items);
  return recordShareAct(state, actOf('sharing.askMissing', input, member), {
    ...withoutProposal(before),
    state: 'INCOMPLETE',
    notice: { items: input.items, by: actorOf(member), at: now.at },
  });
};

function requireListed(
  share: ShareRecord,
  items: CommandInput<'sharing.askMissing'>['items'],
): void {
  const asked = items.filter(({ part }) => part === 'condition');
  const added = asked
    .map(({ condition }) => condition ?? '')
    .filter((code) => !share.conditions.includes(code));
  if (added.length > 0) {
    throw new ContractError('SHARE_CONDITION_ADDED', { added, listed: share.conditions });
  }
}

export interface SupplementShareState extends FilingState {
  readonly dataset: DatasetRecord | undefined;
}

/**
 * The requester's head, who consented, answers the notice whole and nothing beside it, so that nothing is widened without
 * consent; the reply is due anew from this day on.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, SUPPLEMENT_MISMATCH, DATASET_UNKNOWN,
 *   DATASET_NOT_PUBLISHED, FIELD_UNKNOWN, SHARE_METHOD_REFUSED, VALIDITY_INVALID, CALENDAR_MISSING
 */
export const supplementRequest: ShareRule<'sharing.supplement', SupplementShareState> = (
  state,
  input,
  member,
) => {
  const before = openShare(state.share, input.shareId, ['INCOMPLETE']);
  requireDepartment(member, before.requester);
  const { notice } = before;
  requireAnswered(notice?.items ?? [], input);
  const { shareId, proofs, ...given } = input;
  const request = { ...before.request, ...given };
  const now = nowFor(member);
  checkRequest(publishedDataset(state.dataset, before.datasetId), request, now.today);
  return recordShareAct(state, actOf('sharing.supplement', { shareId, ...given, proofs }, member), {
    ...before,
    state: 'FILED',
    request,
    ...(notice === undefined ? {} : { notice: { ...notice, answeredAt: now.at } }),
    ...replyFrom(before, now, state.calendar),
  });
};

function requireAnswered(
  items: NonNullable<ShareRecord['notice']>['items'],
  input: CommandInput<'sharing.supplement'>,
): void {
  const proved = (input.proofs ?? []).map(({ code }) => code);
  const missing = items.filter(({ part, condition }) =>
    part === 'condition' ? !proved.includes(condition ?? '') : input[part] === undefined,
  );
  const asked = items.map(({ part, condition }) => condition ?? part);
  const given = [...requestParts.filter((part) => input[part] !== undefined), ...proved];
  const notAsked = given.filter((name) => !asked.includes(name));
  if (missing.length > 0 || notAsked.length > 0) {
    const lacking = missing.map(({ part, condition }) => condition ?? part);
    throw new ContractError('SUPPLEMENT_MISMATCH', { missing: lacking, notAsked });
  }
}

/** The clock of the reply (art 21): one working day, or ten, or what the entry promises. */
export function replyFrom(
  share: ShareRecord,
  now: Now,
  calendar: CalendarLookup,
): Pick<ShareRecord, 'reply' | 'calendars'> {
  const counter = createWorkingDayCounter(calendar);
  const limitDays = share.limits.reply;
  return {
    reply: { startedOn: now.today, dueOn: counter.add(now.today, limitDays), limitDays },
    calendars: mergeCalendars(share.calendars, counter),
  };
}
