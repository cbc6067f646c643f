import type { CommandInput } from '../kernel/commands';
import type { Member, Rule } from '../kernel/caller';
import { absent, actorOf, found, requireDepartment } from '../kernel/caller';
import { actOf, nowFor, type Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { beside, openShare, recordShareAct, type ShareAndGrant, type ShareBody } from './chain';
import { coordinating, governmentOf, nextRung, type Ladder } from './dispute-ladder';
import type { DisputeOrder, DisputeRecord, DisputeStage } from './dispute-records';
import { endedBody, type EndState } from './end';
import { replyFrom } from './filing';
import type { ShareRecord } from './records';

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
 * superior one, from there, before or after its coordination, to the government of that level. Where whoever would
 * coordinate is itself a side, the government is next (art 28). Whoever it is taken to sees the share from then on.
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
  requireSide(before, member);
  const { stage, coordinator } = nextRung(dispute, state.ladder);
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
  };
  const data = offer === undefined ? input : { ...input, offer: offer.order };
  const act = actOf('sharing.escalateDispute', data, member);
  const asked = government === undefined ? [coordinator] : [coordinator, government.id];
  const parties = [...new Set([...before.parties, ...asked])].sort();
  const body = { ...before, parties, openDispute: disputeId };
  return beside(main, recordShareAct(state, act, body), { disputeId });
};

export interface DecideDisputeState extends EndState, DisputeLadderState {}

/**
 * In negotiation one side offers and the other agrees by saying the same; the lead authority coordinates, across levels or
 * places the common superior one; the government of that authority's level decides (art 28). The share follows: data to be provided are replied to anew and may not be refused again, a suspended
 * share goes on, a use ends.
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
  const outcome = outcomeOf(dispute, input, member, now);
  if (dispute.stage === 'negotiation' && !isAgreed(dispute, input, member)) {
    const moved = recordShareAct(state, act, before);
    return beside({ ...dispute, offer: outcome }, moved, { disputeId });
  }
  const outcomes = [...dispute.outcomes, outcome];
  const main: DisputeRecord = { ...dispute, status: 'decided', outcomes };
  const body = followed(before, state, order, member, now);
  return beside(main, recordShareAct(state, act, body), { disputeId });
};

function requireDecider(
  dispute: DisputeRecord,
  { ladder }: DecideDisputeState,
  share: ShareRecord,
  member: Member,
): void {
  if (dispute.stage === 'negotiation') requireSide(share, member);
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
    throw new ContractError('WRONG_STATE', { shareId, order, state, allowed });
  }
}

/** The other side had offered exactly this. */
function isAgreed(
  { offer }: DisputeRecord,
  { order }: CommandInput<'sharing.decideDispute'>,
  member: Member,
): boolean {
  return offer !== undefined && offer.order === order && offer.by.department !== member.department;
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
      return { ...body, state: 'FILED', bound: true, ...replyFrom(body, now, state.calendar) };
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

function requireSide(share: ShareRecord, member: Member): void {
  if (member.department !== share.provider) requireDepartment(member, share.requester);
}

function entered(stage: DisputeStage, note: string, member: Member, now: Now) {
  return { stage, note, by: actorOf(member), at: now.at, on: now.today };
}
