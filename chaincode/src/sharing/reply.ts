import type { CalendarLookup } from '../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../calendar/working-days';
import {
  actorOf,
  requireHolder,
  requireOtherPerson,
  type Member,
  type Outcome,
} from '../kernel/caller';
import { actOf, nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { openShare, recordShareAct, type ShareAct, type ShareBody, type ShareRule } from './chain';
import type { ProposedReply, ShareGrantRecord, ShareRecord } from './records';

/** Without its number in the chain and who worded it, which the act says. */
type Wording<R> = R extends ProposedReply ? Omit<R, 'by' | 'at' | 'seq'> : never;

/** The share with a reply that waits for the head's consent; worded anew it takes the place of one that waits. */
export function proposeReply(
  before: ShareRecord,
  act: ShareAct,
  wording: Wording<ProposedReply>,
): Outcome<ShareRecord> {
  const proposedReply = {
    ...wording,
    by: actorOf(act.member),
    at: act.at,
    seq: before.nextSeq,
  };
  return recordShareAct({ share: before }, act, { ...before, proposedReply });
}

/** A share whose request is no longer the one that a reply was worded for, or that was ordered to be provided. */
export function withoutProposal(share: ShareRecord): ShareRecord {
  const { proposedReply, ...rest } = share;
  return proposedReply === undefined ? share : rest;
}

interface ConsentState {
  readonly share: ShareRecord | undefined;
  readonly calendar: CalendarLookup;
}

/**
 * The head of the provider's sharing office consents to a reply that another person worded; with that it is given (Order 809
 * art 20(3)), and late or in time by that day. The number of the event says which wording the head has read. A grant's
 * delivery is due from now on (art 22), and its key belongs to provider and requester together.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, NOTHING_TO_CONSENT, MAKER_IS_CHECKER, CALENDAR_MISSING
 */
export const consentToReply: ShareRule<'sharing.consentReply', ConsentState> = (
  state,
  input,
  member,
) => {
  const share = openShare(state.share, input.shareId, ['FILED']);
  requireHolder(member, share.provider, { of: 'dataset', id: share.datasetId });
  const { proposedReply: proposed } = share;
  if (proposed?.seq !== input.seq) {
    throw new ContractError('NOTHING_TO_CONSENT', { seq: input.seq, waiting: proposed?.seq });
  }
  requireOtherPerson(proposed.by, member);
  const before = withoutProposal(share);
  const act = actOf('sharing.consentReply', input, member);
  const reply = replyOf(before, proposed.by, member);
  if (proposed.outcome === 'refuse') {
    const refusal = { ...proposed.ground, ...reply };
    return recordShareAct(state, act, { ...before, state: 'REFUSED', refusal });
  }
  return granted(before, act, { proposed, reply, calendar: state.calendar });
};

function replyOf(share: ShareRecord, by: ProposedReply['by'], member: Member) {
  const { at, today } = nowFor(member);
  return { by, at, late: isLate(share, today), consent: { by: actorOf(member), at } };
}

/** A reply after its due day counts, and shows (art 21, 39). */
export function isLate({ reply }: Pick<ShareRecord, 'reply'>, today: string): boolean {
  return reply !== undefined && today > reply.dueOn;
}

interface Granting extends Pick<ConsentState, 'calendar'> {
  readonly proposed: Extract<ProposedReply, { outcome: 'grant' }>;
  readonly reply: NonNullable<ShareRecord['granted']>;
}

function granted(
  before: ShareRecord,
  act: ShareAct,
  { proposed: { terms, by }, reply, calendar }: Granting,
): Outcome<ShareRecord> {
  const { shareId, datasetId, provider, requester, limits } = before;
  const { at, today } = nowFor(act.member);
  const counter = createWorkingDayCounter(calendar);
  const grant: ShareGrantRecord = {
    kind: 'shareGrant',
    v: 1,
    shareId,
    datasetId,
    provider,
    requester,
    fields: before.request.fields,
    terms,
    grantedBy: by,
    grantedAt: at,
    startedOn: today,
    dueOn: counter.add(today, limits.deliver),
    limitDays: limits.deliver,
    deliveries: [],
  };
  const body: ShareBody = {
    ...before,
    state: 'GRANTED',
    granted: reply,
    calendars: mergeCalendars(before.calendars, counter),
  };
  const outcome = recordShareAct({ share: before }, act, body);
  return {
    ...outcome,
    also: [grant, ...outcome.also],
    endorsements: [{ record: grant, mspIds: [before.providerMsp, before.requesterMsp] }],
  };
}
