import { createWorkingDayCounter, mergeCalendars } from '../calendar/working-days';
import { actorOf, requireDepartment, requireHolder, requireOtherPerson } from '../kernel/caller';
import { actOf, nowFor, type Now } from '../kernel/chain';
import { refusedOn, type BasisName } from '../kernel/errors';
import { shareLimits } from '../kernel/share-limits';
import { openShare, recordShareAct, type ShareRule } from './chain';
import type { FilingState } from './filing';
import type { ShareRecord } from './records';

/**
 * The provider asks for at most ten working days more to reply, whatever the share class; the requester learns of it by the
 * record (Order 809 art 21). Once, and before the reply is due, are rules of this system.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, EXTENSION_REFUSED
 */
export const extendReply: ShareRule<
  'sharing.extend',
  { readonly share: ShareRecord | undefined }
> = (state, input, member) => {
  const before = openShare(state.share, input.shareId, ['FILED']);
  requireHolder(member, before.provider, { of: 'dataset', id: before.datasetId });
  const now = nowFor(member);
  const { days, reason } = input;
  const refuse = (problem: string, basis: BasisName<'EXTENSION_REFUSED'>) => {
    throw refusedOn('EXTENSION_REFUSED', basis, { problem, days, reply: before.reply });
  };
  if (before.extension !== undefined) refuse('again', 'house');
  if (days > shareLimits.replyExtension) refuse('tooLong', 'reply');
  requireBeforeDue(before, now);
  return recordShareAct(state, actOf('sharing.extend', input, member), {
    ...before,
    extension: { days, reason, askedBy: actorOf(member), askedAt: now.at },
  });
};

/**
 * The lead authority consents, before the reply is due; whoever asked does not (Order 809 art 21).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, MAKER_IS_CHECKER, EXTENSION_REFUSED,
 *   CALENDAR_MISSING
 */
export const allowExtension: ShareRule<'sharing.allowExtension', FilingState> = (
  state,
  input,
  member,
) => {
  const before = openShare(state.share, input.shareId, ['FILED']);
  requireDepartment(member, before.lead);
  const { extension, reply } = before;
  if (extension === undefined || reply === undefined || extension.allowedAt !== undefined) {
    throw refusedOn('EXTENSION_REFUSED', 'reply', { problem: 'notAsked' });
  }
  requireOtherPerson(extension.askedBy, member);
  const now = nowFor(member);
  requireBeforeDue(before, now);
  const counter = createWorkingDayCounter(state.calendar);
  const limitDays = reply.limitDays + extension.days;
  return recordShareAct(state, actOf('sharing.allowExtension', input, member), {
    ...before,
    extension: { ...extension, allowedBy: actorOf(member), allowedAt: now.at },
    reply: { ...reply, dueOn: counter.add(reply.startedOn, limitDays), limitDays },
    calendars: mergeCalendars(before.calendars, counter),
  });
};

function requireBeforeDue({ reply }: ShareRecord, { today }: Now): void {
  if (reply !== undefined && today > reply.dueOn) {
    const { dueOn } = reply;
    throw refusedOn('EXTENSION_REFUSED', 'house', { problem: 'late', dueOn, today });
  }
}
