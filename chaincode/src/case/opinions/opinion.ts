import {
  createWorkingDayCounter,
  mergeCalendars,
  type WorkingDayCounter,
} from '../../calendar/working-days';
import type { CommandInput } from '../../kernel/commands';
import { actorOf, requireDepartment, type Member } from '../../kernel/caller';
import { handlingStates } from '../../kernel/case-states';
import { actOf, nowFor, type Now } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { requireReason } from '../../kernel/reason';
import { openCase, recordAct, type CaseBody, type CaseRule } from '../chain';
import { withDisagreement } from './disagreement';
import { dueAfter } from '../clocks/due';
import { handlingState } from '../clocks/limits';
import { requireNotDisowned } from '../responsibility/not-mine';
import type { CaseRecord, StepRecord } from '../records';
import type { TimedState } from '../procedures/special-procedure';
import { withParty } from '../responsibility/responsibility';
import { openReadySteps, requireNotForwarded, stepNotOpen, stepOf } from '../steps';

/**
 * R10: a participant answers its step once, signed by its own MSP. Steps that waited for it open at this instant (R9). A
 * late answer is accepted and flagged, also after the step was escalated or passed over (R11). Forwarding (转报) is no
 * answer: the step stays open until the answer from above is recorded.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, STEP_UNKNOWN, WRONG_DEPARTMENT, ALREADY_ANSWERED,
 *   STEP_NOT_OPEN, OPINION_FORWARDED, REASON_REQUIRED, TRANSFER_REQUIRED, FORWARD_INCOMPLETE, LIMIT_REACHED,
 *   CALENDAR_MISSING
 */
export const giveOpinion: CaseRule<'case.opinion', TimedState> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  const { answer, reason, stepId } = input;
  const step = unansweredStep(before, stepId);
  requireDepartment(member, step.department);
  requireNotForwarded(step);
  if (answer === 'disagree') requireReason(reason, { remedy: false, basis: 'house' });
  requireNotDisowned(reason, { caseNo: before.caseNo, stepId });
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const act = actOf('case.opinion', input, member);
  if (answer === 'forward') {
    return recordAct(before, act, withForwarding(before, step, input, { member, now, counter }));
  }
  return recordAct(before, act, withAnswer(before, { ...step, answer }, now, counter));
};

/**
 * The answer from above to a forwarded step, recorded by the organ above or, where that is not on the ledger, by the
 * department that asked it. It is the step's answer, late when it comes after the step was due.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, STEP_UNKNOWN, ALREADY_ANSWERED, STEP_NOT_OPEN, NOT_FORWARDED,
 *   WRONG_DEPARTMENT, REASON_REQUIRED, TRANSFER_REQUIRED, CALENDAR_MISSING
 */
export const answerForwarded: CaseRule<'case.answerForwarded', TimedState> = (
  state,
  input,
  member,
) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  const { answer, reason, stepId, document } = input;
  const step = unansweredStep(before, stepId);
  const { forwarded } = step;
  if (forwarded === undefined) throw new ContractError('NOT_FORWARDED', { stepId });
  requireDepartment(member, forwarded.department ?? step.department);
  if (answer === 'disagree') requireReason(reason, { remedy: false, basis: 'house' });
  requireNotDisowned(reason, { caseNo: before.caseNo, stepId });
  const now = nowFor(member);
  const late = now.today > forwarded.dueOn;
  const answered = { by: actorOf(member), at: now.at, document, late };
  const above: StepRecord = { ...step, answer, forwarded: { ...forwarded, answered } };
  const counter = createWorkingDayCounter(state.calendar);
  const body = withAnswer(before, above, now, counter);
  return recordAct(before, actOf('case.answerForwarded', input, member), body);
};

/** A step that still waits for its answer. */
function unansweredStep(before: CaseRecord, stepId: string): StepRecord {
  const step = stepOf(before, stepId);
  if (step.status === 'answered') {
    throw new ContractError('ALREADY_ANSWERED', { stepId, answeredAt: step.answeredAt });
  }
  if (step.status === 'waiting') throw stepNotOpen(before, step);
  return step;
}

interface Forwarding {
  readonly member: Member;
  readonly now: Now;
  readonly counter: WorkingDayCounter;
}

/** The step goes up and has as long again for the answer; no law sets that limit, and its own runs on. */
function withForwarding(
  before: CaseRecord,
  step: StepRecord,
  { document, organ, above }: CommandInput<'case.opinion'>,
  { member, now, counter }: Forwarding,
): CaseBody {
  if (document === undefined || organ === undefined) {
    throw new ContractError('FORWARD_INCOMPLETE', { stepId: step.id });
  }
  const limitDays = step.limit.value;
  const forwarded = {
    ...{ organ, document, by: actorOf(member), at: now.at, limitDays },
    ...(above === undefined ? {} : { department: above }),
    dueOn: dueAfter(counter, now.today, limitDays, before.pauses ?? []),
  };
  return {
    ...before,
    steps: before.steps.map((known) => (known === step ? { ...step, forwarded } : known)),
    parties: above === undefined ? before.parties : withParty(before.parties, above),
    flags: [...before.flags, { code: 'forwarded', seq: before.nextSeq }],
    calendars: mergeCalendars(before.calendars, counter),
  };
}

function withAnswer(
  before: CaseRecord,
  step: StepRecord,
  now: Now,
  counter: WorkingDayCounter,
): CaseBody {
  const late = step.dueOn !== undefined && now.today > step.dueOn;
  const given: StepRecord = { ...step, status: 'answered', answeredAt: now.at, late };
  const answered = withDisagreement(given, before.owner, now, counter);
  const steps = before.steps.map((known) => (known.id === step.id ? answered : known));
  const flags: CaseRecord['flags'] = late ? [{ code: 'lateOpinion', seq: before.nextSeq }] : [];
  const body: CaseBody = {
    ...before,
    steps: openReadySteps(steps, now, counter, before.pauses),
    flags: [...before.flags, ...flags],
    calendars: mergeCalendars(before.calendars, counter),
  };
  return { ...body, state: handlingState(body, now.today) };
}
