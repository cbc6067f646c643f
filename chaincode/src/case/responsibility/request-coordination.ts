import type { CitedDuty } from '../../duty/citing';
import { actorOf, requireDepartment } from '../../kernel/caller';
import { actOf, nowFor } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { openCase, recordAct, type CaseRule } from '../chain';
import { withRuling, type RulingState } from './open-duty-ruling';
import { validReferral } from './referral';
import type { CaseRecord } from '../records';
import {
  citedClause,
  citedFor,
  isSameSubject,
  requireNoRuling,
  responsibleFor,
  subjectOf,
  transferStates,
} from './responsibility';
import type { ReferralRecord, TransferSubject } from '../responsibility-records';

export interface RequestCoordinationState extends RulingState {
  readonly case: CaseRecord | undefined;
  /** The clause that is cited. */
  readonly duty: CitedDuty | undefined;
  /** Another department sent this applicant to the owner. */
  readonly referral: ReferralRecord | undefined;
}

/**
 * 提请协调: who is responsible for a case or a step and holds by a clause that it is another's, brings the question to the
 * Establishment Office once the departments could not agree (State Council Order 486 art 10: they first settle it between
 * them). It stays responsible and no clock stops.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, STEP_UNKNOWN, ALREADY_ANSWERED, STEP_NOT_OPEN,
 *   WRONG_DEPARTMENT, DUTY_RULING_OPEN, DUTY_RULED, NEGOTIATION_MISSING, TRANSFER_INVALID, DUTY_UNKNOWN,
 *   DUTY_NOT_CONFIRMED, DUTY_NOT_IN_FORCE, DUTY_NOT_CONCERNED, FUNCTION_VACANT, LIMIT_REACHED, CALENDAR_MISSING
 */
export const requestCoordination: CaseRule<'case.requestCoordination', RequestCoordinationState> = (
  state,
  input,
  member,
) => {
  const { caseNo, clauseOf, dutyCode } = input;
  const subject = subjectOf(input);
  const before = openCase(state.case, caseNo, transferStates(subject));
  const responsible = responsibleFor(before, subject);
  requireDepartment(member, responsible);
  requireNoRuling(before, subject);
  const now = nowFor(member);
  if (!negotiated(before, subject) && validReferral(state.referral, now) === undefined) {
    throw new ContractError('NEGOTIATION_MISSING', { caseNo });
  }
  if (clauseOf === member.department) {
    throw new ContractError('TRANSFER_INVALID', { problem: 'ownClause', department: clauseOf });
  }
  const ids = { department: clauseOf, dutyCode };
  const clause = citedClause(state.duty, ids, citedFor(before, subject), now.today);
  const requested = { by: actorOf(member), clause };
  const opened = withRuling(before, { subject, responsible, requested }, state, now);
  const outcome = recordAct(before, actOf('case.requestCoordination', input, member), opened.body);
  return { ...outcome, also: [...outcome.also, opened.ruling] };
};

/** Somebody was asked to take it over, and did not, or did and would be asked again. */
function negotiated({ handovers = [] }: CaseRecord, subject: TransferSubject): boolean {
  return handovers.some(
    ({ status, subject: known }) =>
      status !== 'offered' && status !== 'ended' && isSameSubject(known, subject),
  );
}
