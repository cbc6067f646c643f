import type { CalendarLookup } from '../calendar/working-days';
import type { CommandInput } from '../kernel/commands';
import type { Member, Rule } from '../kernel/caller';
import { absent, actorOf, found, requireDepartment } from '../kernel/caller';
import { actOf, nowFor, type Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { beside, openShare, recordShareAct, type ShareAndGrant, type ShareBody } from './chain';
import { coordinating, governmentOf, nextRung, type Ladder } from './dispute-ladder';
import {
  disputeOrderWords,
  type DisputeOrder,
  type DisputeOutcome,
  type DisputeRecord,
  type DisputeStage,
} from './dispute-records';
import { namesOf } from '../kernel/words';
import { endedBody, type EndState } from './end';
import { replyFrom } from './filing';
import type { ShareRecord } from './records';
import { isLate, withoutProposal } from './reply';

export interface DisputeState extends ShareAndGrant {
  readonly dispute: DisputeRecord | undefined;
}

/**
 * Provider or requester opens a dispute about a share; it is negotiated first (Order 809 art 28). One at a time.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, ALREADY_EXISTS
 */
export const openDispute: Rule<'sharing.dispute', DisputeState, DisputeRecord> = (
  state,
  input,
  member,
) => {
  const { shareId, disputeId, subject, claim } = input;
  const before = openShare(state.share, shareId, [
    'FILED',
    'INCOMPLETE',
    'REFUSED',
    'GRANTED',
    'SUSPENDED',
    'ENDED',
  ]);
  requireSide(before, member);
  absent(state.dispute, { shareId, disputeId });
  const { openDispute: open, provider, requester, lead } = before;
  if (open !== undefined) throw new ContractError('ALREADY_EXISTS', { shareId, disputeId: open });
  const now = nowFor(member);
  const dispute: DisputeRecord = {
    kind: 'dispute',
    v: 1,
    shareId,
    disputeId,
    provider,
    requester,
    lead,
    subject,
    claim,
    status: 'open',
    stage: 'negotiation',
    stages: [entered('negotiation', claim, member, now)],
    outcomes: [],
  };
  const act = actOf('sharing.dispute', input, member);
  const body = { ...before, openDispute: disputeId };
  return beside(dispute, recordShareAct(state, act, body), { disputeId });
};

export interface DisputeLadderState extends DisputeState {
  readonly ladder: Ladder;
}

/**
 * Either side takes the dispute one rung up: from negotiation to the lead authority, across levels or places to the common
 * superior one; from there, once its coordination has not brought agreement, to the government of that level, as the
 * coordinator may itself (art 28). Whoever it is taken to sees the share from then on.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, DISPUTE_LADDER, WRONG_STATE, FUNCTION_VACANT
 */
export const escalateDispute: Rule<'sharing.escalateDispute', DisputeLadderState, DisputeRecord> = (
  state,
  input,
  member,
) => {
  const { shareId, disputeId, note } = input;
  const before = found(state.share, { shareId });
  const dispute = found(state.dispute, { shareId, disputeId });
  const reports = dispute.stage === 'coordination' && member.department === coordinating(dispute);
  if (!reports) requireSide(before, member);
  const { stage, coordinator } = nextRung(dispute, state.ladder, member.department);
  const { openDispute: open } = before;
  if (open !== undefined && open !== disputeId) {
    throw new ContractError('WRONG_STATE', { shareId, openDispute: open });
  }
  const now = nowFor(member);
  const government = stage === 'government' ? governmentOf(coordinator, state.ladder) : undefined;
  const { offer, ...rest } = dispute;
  const main: DisputeRecord = {
    ...rest,
    status: 'open',
    stage,
    coordinator,
    ...(government === undefined ? {} : { government: government.id }),
    stages: [...rest.stages, entered(stage, note, member, now)],
    // What was proposed without agreement stays on record; it binds nobody.
    outcomes: [...rest.outcomes, ...(rest.proposal === undefined ? [] : [proposed(rest.proposal)])],
  };
  const data = offer === undefined ? input : { ...input, offer: offer.order };
  const act = actOf('sharing.escalateDispute', data, member);
  const asked = government === undefined ? [coordinator] : [coordinator, government.id];
  const parties = [...new Set([...before.parties, ...asked])].sort();
  const body = { ...before, parties, openDispute: disputeId };
  return beside(main, recordShareAct(state, act, body), { disputeId });
};

type Proposal = NonNullable<DisputeRecord['proposal']>;

/** The proposal without what the sides said to it. */
function proposed({ stage, order, note, document, by, at, on }: Proposal): DisputeOutcome {
  return { stage, order, note, ...(document === undefined ? {} : { document }), by, at, on };
}

export interface DecideDisputeState extends EndState, DisputeLadderState {}

/**
 * In negotiation one side offers and the other agrees by saying the same. In coordination the lead authority, across levels
 * or places the common superior one, proposes, and it is agreed when both sides say the same. The government of that
 * authority's level decides (art 28). The share follows what is agreed or decided: data to be provided are replied to anew
 * and may not be refused again, a suspended share goes on, a use ends.
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, FUNCTION_VACANT, DISPUTE_LADDER, CALENDAR_MISSING
 */
export const decideDispute: Rule<'sharing.decideDispute', DecideDisputeState, DisputeRecord> = (
  state,
  input,
  member,
) => {
  const { shareId, disputeId, order } = input;
  const before = found(state.share, { shareId });
  const dispute = found(state.dispute, { shareId, disputeId });
  if (dispute.status !== 'open') {
    throw new ContractError('WRONG_STATE', { disputeId, state: dispute.status, allowed: ['open'] });
  }
  requireDecider(dispute, state, before, member);
  requirePossible(before, order);
  const now = nowFor(member);
  const act = actOf('sharing.decideDispute', input, member);
  const main = said(dispute, outcomeOf(dispute, input, member, now));
  const settled = main.status === 'decided';
  const body = settled ? followed(before, state, order, member, now) : before;
  return beside(main, recordShareAct(state, act, body), { disputeId });
};

function requireDecider(
  dispute: DisputeRecord,
  { ladder }: DecideDisputeState,
  share: ShareRecord,
  member: Member,
): void {
  const { stage, proposal } = dispute;
  const answers = proposal !== undefined && member.department !== coordinating(dispute);
  const sides = stage === 'negotiation' || (stage === 'coordination' && answers);
  if (sides) requireSide(share, member);
  else requireDepartment(member, officeOf(dispute, ladder));
}

/** Whose turn it is beyond negotiation. */
function officeOf(dispute: DisputeRecord, ladder: Ladder): string {
  const coordinator = coordinating(dispute);
  if (dispute.stage === 'coordination') return coordinator;
  const government = governmentOf(coordinator, ladder);
  if (government !== undefined) return government.id;
  throw new ContractError('FUNCTION_VACANT', { function: 'government', of: coordinator });
}

const possible: Readonly<Record<DisputeOrder, readonly ShareRecord['state'][] | undefined>> = {
  provide: ['FILED', 'INCOMPLETE', 'REFUSED'],
  resume: ['SUSPENDED'],
  end: ['GRANTED', 'SUSPENDED'],
  none: undefined,
};

function requirePossible({ shareId, state }: ShareRecord, order: DisputeOrder): void {
  const allowed = possible[order];
  if (allowed !== undefined && !allowed.includes(state)) {
    const orders = namesOf(disputeOrderWords).filter(
      (one) => possible[one]?.includes(state) ?? true,
    );
    const details = { shareId, order, current: state, orders };
    throw new ContractError('WRONG_STATE', { ...details, problem: 'orderNotPossible' });
  }
}

/** The dispute after somebody's word, which settles it or not. */
function said(dispute: DisputeRecord, word: DisputeOutcome): DisputeRecord {
  switch (dispute.stage) {
    case 'negotiation':
      return offered(dispute, word);
    case 'coordination':
      return coordinated(dispute, word);
    case 'government':
      return settledBy(dispute, word);
  }
}

/** Agreed where the other side had offered exactly this. */
function offered(dispute: DisputeRecord, word: DisputeOutcome): DisputeRecord {
  const { offer } = dispute;
  const agreed = offer?.order === word.order && offer.by.department !== word.by.department;
  return agreed ? settledBy(dispute, word) : { ...dispute, offer: word };
}

/** A proposal, which starts the sides' answers anew, or an answer; it is agreed when both sides say what is proposed. */
function coordinated(dispute: DisputeRecord, word: DisputeOutcome): DisputeRecord {
  const { proposal } = dispute;
  const { department } = word.by;
  if (proposal === undefined || department === coordinating(dispute)) {
    return { ...dispute, proposal: { ...word, answers: [] } };
  }
  const others = proposal.answers.filter(({ by }) => by.department !== department);
  const answers = [...others, word];
  const answered: DisputeRecord = { ...dispute, proposal: { ...proposal, answers } };
  const agreed = answers.length === 2 && answers.every(({ order }) => order === proposal.order);
  return agreed ? settledBy(answered, proposed(proposal)) : answered;
}

function settledBy(dispute: DisputeRecord, word: DisputeOutcome): DisputeRecord {
  return { ...dispute, status: 'decided', outcomes: [...dispute.outcomes, word] };
}

function outcomeOf(
  { stage }: DisputeRecord,
  { order, note, document }: CommandInput<'sharing.decideDispute'>,
  member: Member,
  now: Now,
): DisputeRecord['outcomes'][number] {
  return {
    stage,
    order,
    note,
    ...(document === undefined ? {} : { document }),
    by: actorOf(member),
    at: now.at,
    on: now.today,
  };
}

/** The share after the decision. */
function followed(
  before: ShareRecord,
  state: DecideDisputeState,
  order: DisputeOrder,
  member: Member,
  now: Now,
): ShareBody {
  const { openDispute: open, ...share } = before;
  const body: ShareRecord = open === undefined ? before : share;
  switch (order) {
    case 'provide':
      return provided(withoutProposal(body), now, state.calendar);
    case 'resume':
      return { ...body, state: 'GRANTED' };
    case 'end':
      return endedBody(body, state, {
        reason: 'disputeDecided',
        by: actorOf(member),
        at: now.at,
        on: now.today,
      });
    case 'none':
      return body;
  }
}

/**
 * The reply is due anew; the clock of the first one is kept, and whether it was missed. A second order to provide gives the
 * provider no further limit.
 */
function provided(share: ShareRecord, now: Now, calendar: CalendarLookup): ShareBody {
  const ordered: ShareBody = { ...share, state: 'FILED', bound: true };
  if (share.bound && share.state === 'FILED') return ordered;
  return { ...ordered, ...firstReplyOf(share, now), ...replyFrom(share, now, calendar) };
}

/** A request that waited for its supplement had no reply due. */
function firstReplyOf(share: ShareRecord, { today }: Now): Pick<ShareRecord, 'firstReply'> {
  const { reply, refusal, firstReply, state } = share;
  if (reply === undefined || firstReply !== undefined || state === 'INCOMPLETE') return {};
  const late = refusal?.late ?? isLate(share, today);
  return { firstReply: { ...reply, orderedOn: today, late } };
}

function requireSide(share: ShareRecord, member: Member): void {
  if (member.department !== share.provider) requireDepartment(member, share.requester);
}

function entered(stage: DisputeStage, note: string, member: Member, now: Now) {
  return { stage, note, by: actorOf(member), at: now.at, on: now.today };
}
