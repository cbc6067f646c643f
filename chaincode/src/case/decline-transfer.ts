import type { CalendarLookup } from '../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../calendar/working-days';
import type { FunctionHolderRecord } from '../department/records';
import type { DutyRecord } from '../duty/records';
import { actorOf, holderOf } from '../kernel/caller';
import { actOf, nowFor, type Now } from '../kernel/chain';
import { rulingWorkingDays } from '../kernel/legal-limits';
import { openCase, recordAct, type CaseBody, type CaseRule } from './chain';
import type { DutyRulingRecord } from './responsibility-records';
import type { Handover, TransferSubject } from './responsibility-records';
import type { CaseRecord } from './records';
import {
  citedClause,
  isSameSubject,
  offerFor,
  responsibleFor,
  subjectOf,
  transferStates,
  withHandover,
  withParty,
} from './responsibility';

/** From this bounce of a case on, the question goes to the Establishment Office. */
export const bouncesToRuling = 2;

export interface DeclineTransferState {
  readonly case: CaseRecord | undefined;
  /** The clause that is cited. */
  readonly duty: DutyRecord | undefined;
  readonly establishment: FunctionHolderRecord | undefined;
  readonly calendar: CalendarLookup;
}

/**
 * R12: the receiver declines by the registered clause that says it is not its duty. That is a bounce and counts on the
 * case; the sender has been responsible all the time. The second bounce puts the question to the Establishment Office by
 * itself (State Council Order 486 art 10: what departments cannot settle goes to it).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, STEP_UNKNOWN, ALREADY_ANSWERED, STEP_NOT_OPEN,
 *   TRANSFER_NOT_OFFERED, WRONG_DEPARTMENT, DUTY_UNKNOWN, DUTY_NOT_IN_FORCE, FUNCTION_VACANT, LIMIT_REACHED,
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
  const now = nowFor(member);
  const ids = { department: input.clauseOf, dutyCode: input.dutyCode };
  const declined: Handover = {
    ...offer,
    status: 'declined',
    answeredBy: actorOf(member),
    answeredAt: now.at,
    counterClause: citedClause(state.duty, ids, now.today),
  };
  const bounces = (before.bounces ?? 0) + 1;
  const body: CaseBody = {
    ...before,
    bounces,
    handovers: withHandover(before, offer, declined),
    flags: [...before.flags, { code: 'bounced', seq: before.nextSeq }],
  };
  const act = actOf('case.declineTransfer', input, member);
  if (bounces < bouncesToRuling) return recordAct(before, act, body);
  const { ruling, calendars } = openRuling(body, { subject, responsible }, state, now);
  const { rulingId, office, openedAt, dueOn } = ruling;
  const rulings = [...(before.rulings ?? []), { rulingId, subject, office, openedAt, dueOn }];
  const parties = withParty(before.parties, office);
  const outcome = recordAct(before, act, { ...body, rulings, parties, calendars });
  return { ...outcome, also: [...outcome.also, ruling] };
};

function openRuling(
  body: CaseBody,
  question: { readonly subject: TransferSubject; readonly responsible: string },
  state: DeclineTransferState,
  now: Now,
): { readonly ruling: DutyRulingRecord; readonly calendars: CaseRecord['calendars'] } {
  const office = holderOf('establishment', state.establishment).department;
  const counter = createWorkingDayCounter(state.calendar);
  const bounces = (body.handovers ?? []).filter(
    (known) => known.status === 'declined' && isSameSubject(known.subject, question.subject),
  );
  const ruling: DutyRulingRecord = {
    kind: 'dutyRuling',
    v: 1,
    rulingId: `${body.caseNo}-R${((body.rulings?.length ?? 0) + 1).toString()}`,
    caseNo: body.caseNo,
    ...question,
    office,
    status: 'open',
    bounces,
    openedAt: now.at,
    dueOn: counter.add(now.today, rulingWorkingDays),
  };
  return { ruling, calendars: mergeCalendars(body.calendars, counter) };
}
