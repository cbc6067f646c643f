import { eventOf, found, type Outcome, type Rule } from '../kernel/caller';
import { closedStates, nationalNumber, type CaseState } from '../kernel/case-states';
import { nextLink, withLink, type ChainAct } from '../kernel/chain';
import type { CommandName } from '../kernel/commands';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { endedClocks } from './clocks/ended-clocks';
import { formerFiling } from './filing/former-filing';
import type { CaseEventRecord, CaseEventType, CaseRecord } from './records';
import { settledHandovers } from './responsibility/responsibility';

/**
 * The case, if the state allows the act. A closed state is refused as such unless the act is one for closed cases.
 * @throws ContractError NOT_FOUND, CASE_CLOSED (R14), WRONG_STATE
 */
export function openCase(
  record: CaseRecord | undefined,
  caseNo: string,
  allowed: readonly CaseState[],
): CaseRecord {
  const known = found(record, { caseNo });
  const { state } = known;
  if (allowed.includes(state)) return known;
  if (closedStates.includes(state)) throw new ContractError('CASE_CLOSED', { caseNo, state });
  throw new ContractError('WRONG_STATE', { caseNo, state, allowed });
}

/** A rule whose answer is the case; most look at nothing but the case. */
export type CaseRule<
  N extends CommandName,
  State = { readonly case: CaseRecord | undefined },
> = Rule<N, State, CaseRecord>;

/** A case as a rule leaves it, before the chain is moved on. */
export type CaseBody = Omit<CaseRecord, 'head' | 'nextSeq' | 'nationalNumber' | 'updatedAt'>;

export interface CaseAct extends ChainAct {
  readonly type: CaseEventType;
}

/**
 * Adds the act to the case's chain: the event holds the digest of the one before it, the case holds the digest of the
 * newest and the number of events. So a missing, changed or added event shows (R13). Offers that lost their subject end,
 * and the clocks that the act ended are kept.
 */
export function recordAct(
  before: CaseRecord | undefined,
  act: CaseAct,
  body: CaseBody,
): Outcome<CaseRecord> {
  const event: CaseEventRecord = {
    kind: 'caseEvent',
    ...nextLink(before, act, 'caseNo'),
    caseNo: body.caseNo,
    type: act.type,
    state: body.state,
  };
  const handovers = settledHandovers(body);
  const after: CaseRecord = {
    ...body,
    nationalNumber: nationalNumber(body.state, factsOf(body, act)),
    ...(handovers === undefined ? {} : { handovers: [...handovers] }),
    updatedAt: later(act.at, before?.updatedAt ?? ''),
    ...withLink(event),
  };
  const ended = endedClocks(before, after, act);
  const main = ended.length === 0 ? after : { ...after, endedClocks: [...ended] };
  return {
    main,
    also: [event, ...formerFiling(before, main, act)],
    event: caseEvent(main, event, act),
  };
}

function factsOf(body: CaseBody, act: CaseAct) {
  return {
    accepted: body.acceptance !== undefined,
    supplemented: body.notices.at(-1)?.answeredAt !== undefined,
    granted: body.decision?.outcome === 'granted',
    tolerant: body.acceptance?.how === 'tolerant',
    procedureEnded: act.type === 'case.endSpecialProcedure',
    refusedForCause: body.refusal !== undefined && body.refusal.code !== 'notRequired',
  };
}

function caseEvent(main: CaseRecord, event: CaseEventRecord, act: CaseAct) {
  return {
    ...eventOf(act.type, act.member, act.at),
    caseNo: main.caseNo,
    seq: event.seq,
    state: main.state,
    taskCode: main.taskCode,
    version: main.matterVersion,
    parties: main.parties,
  };
}
