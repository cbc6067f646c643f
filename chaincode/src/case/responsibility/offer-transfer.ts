import { stillRuns } from '../../calendar/passed';
import type { CalendarLookup } from '../../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../../calendar/working-days';
import type { CitedDuty } from '../../duty/citing';
import { actorOf, requireDepartment, type Member } from '../../kernel/caller';
import { actOf, nowFor } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { transferAnswerDays } from '../../kernel/legal-limits';
import { openCase, recordAct, type CaseRule } from '../chain';
import { offeredOn } from './not-mine';
import type { Handover, TransferSubject } from '../responsibility-records';
import type { CaseRecord } from '../records';
import {
  citedClause,
  citedFor,
  pendingOffer,
  refuseApplicant,
  requireNoRuling,
  responsibleFor,
  subjectOf,
  transferStates,
  withParty,
} from './responsibility';
import { requireNotForwarded, stepOf } from '../steps';

const mostHandovers = 20;

export interface OfferTransferState {
  readonly case: CaseRecord | undefined;
  /** The clause that is cited, of the receiver. */
  readonly duty: CitedDuty | undefined;
  readonly calendar: CalendarLookup;
}

/**
 * R12: the owner offers the case, or a step's department its open step, to the department whose duty it is by a
 * registered clause (State Council Order 486 art 10: departments first settle a question of duty between them). Until the
 * receiver signs, the sender stays responsible; no clock stops. Who has accepted it and offers it on bounces it.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, STEP_UNKNOWN, ALREADY_ANSWERED, STEP_NOT_OPEN,
 *   OPINION_FORWARDED, WRONG_DEPARTMENT, DUTY_RULING_OPEN, DUTY_RULED, COORDINATION_REQUIRED, TRANSFER_PENDING,
 *   LIMIT_REACHED, TRANSFER_INVALID, DUTY_UNKNOWN, DUTY_NOT_CONFIRMED, DUTY_NOT_IN_FORCE, DUTY_NOT_CONCERNED,
 *   CALENDAR_MISSING
 */
export const offerTransfer: CaseRule<'case.offerTransfer', OfferTransferState> = (
  state,
  input,
  member,
) => {
  const { caseNo, to, dutyCode } = input;
  const subject = subjectOf(input);
  const before = openCase(state.case, caseNo, transferStates(subject));
  requireDepartment(member, responsibleFor(before, subject));
  if (subject.kind === 'step') requireNotForwarded(stepOf(before, subject.stepId));
  requireNoRuling(before, subject);
  const body = offeredOn(before, subject, member);
  const handovers = freedHandovers(before, subject, member, state.calendar);
  if (to === member.department) {
    throw new ContractError('TRANSFER_INVALID', { problem: 'toItself', department: to });
  }
  refuseApplicant(before, to);
  const now = nowFor(member);
  const ids = { department: to, dutyCode };
  const clause = citedClause(state.duty, ids, citedFor(before, subject), now.today);
  const counter = createWorkingDayCounter(state.calendar);
  const offer: Handover = {
    subject,
    from: member.department,
    to,
    clause,
    offeredBy: actorOf(member),
    offeredAt: now.at,
    answerBy: counter.add(now.today, transferAnswerDays),
    status: 'offered',
  };
  return recordAct(before, actOf('case.offerTransfer', input, member), {
    ...body,
    handovers: [...handovers, offer],
    parties: withParty(before.parties, to),
    calendars: mergeCalendars(before.calendars, counter),
  });
};

/** The hand-overs so far, an offer that nobody answered in its time set aside. */
function freedHandovers(
  before: CaseRecord,
  subject: TransferSubject,
  member: Member,
  calendar: CalendarLookup,
): Handover[] {
  const handovers = before.handovers ?? [];
  if (handovers.length >= mostHandovers) {
    throw new ContractError('LIMIT_REACHED', { held: 'handovers', most: mostHandovers });
  }
  const pending = pendingOffer(before, subject);
  if (pending === undefined) return [...handovers];
  const { to, answerBy } = pending;
  const early = stillRuns(answerBy, member, calendar);
  if (early !== undefined) throw new ContractError('TRANSFER_PENDING', { to, answerBy, ...early });
  return handovers.map((known) => (known === pending ? { ...known, status: 'unanswered' } : known));
}
