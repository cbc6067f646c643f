import type { CitedDuty } from '../../duty/citing';
import { actorOf } from '../../kernel/caller';
import { actOf, nowFor } from '../../kernel/chain';
import { openCase, recordAct, type CaseRule } from '../chain';
import { ContractError } from '../../kernel/errors';
import { withRuling, type RulingState } from './open-duty-ruling';
import type { Handover } from '../responsibility-records';
import type { CaseRecord } from '../records';
import { bouncesToRuling, withBounce } from './not-mine';
import {
  citedClause,
  citedFor,
  offerFor,
  responsibleFor,
  subjectOf,
  transferStates,
  withHandover,
} from './responsibility';

export interface DeclineTransferState extends RulingState {
  readonly case: CaseRecord | undefined;
  /** The clause that is cited. */
  readonly duty: CitedDuty | undefined;
}

/**
 * R12: the receiver declines by the registered clause of another department, which says whose duty it is. That is a bounce and counts on the
 * case; the sender has been responsible all the time. The second bounce brings the question to coordination by itself
 * (State Council Order 486 art 10: what departments do not settle between them).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, STEP_UNKNOWN, ALREADY_ANSWERED, STEP_NOT_OPEN,
 *   TRANSFER_NOT_OFFERED, WRONG_DEPARTMENT, TRANSFER_INVALID, DUTY_UNKNOWN, DUTY_NOT_CONFIRMED, DUTY_NOT_IN_FORCE, DUTY_NOT_CONCERNED, FUNCTION_VACANT, LIMIT_REACHED,
 *   CALENDAR_MISSING
 */
export const declineTransfer: CaseRule<'case.declineTransfer', DeclineTransferState> = (
  state,
  input,
  member,
) => {
  const subject = subjectOf(input);
  const before = openCase(state.case, input.caseNo, transferStates(subject));
  const responsible = responsibleFor(before, subject);
  const offer = offerFor(before, subject, member.department);
  if (input.clauseOf === member.department) {
    throw new ContractError('TRANSFER_INVALID', {
      problem: 'ownClause',
      department: input.clauseOf,
    });
  }
  const now = nowFor(member);
  const ids = { department: input.clauseOf, dutyCode: input.dutyCode };
  const declined: Handover = {
    ...offer,
    status: 'declined',
    answeredBy: actorOf(member),
    answeredAt: now.at,
    counterClause: citedClause(state.duty, ids, citedFor(before, subject), now.today),
  };
  const body = {
    ...withBounce(before),
    handovers: withHandover(before, offer, declined),
  };
  const act = actOf('case.declineTransfer', input, member);
  if (body.bounces < bouncesToRuling) return recordAct(before, act, body);
  const opened = withRuling(body, { subject, responsible }, state, now);
  const outcome = recordAct(before, act, opened.body);
  return { ...outcome, also: [...outcome.also, opened.ruling] };
};
