import { createWorkingDayCounter, mergeCalendars } from '../calendar/working-days';
import type { CommandInput } from '../kernel/commands';
import { requireDepartment, type Member } from '../kernel/caller';
import { handlingStates } from '../kernel/case-states';
import { actOf, nowFor, type Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { requireReason } from '../kernel/reason';
import { openCase, recordAct, type CaseBody, type CaseRule } from './chain';
import { handlingState } from './limits';
import type { CaseRecord, StepRecord } from './records';
import type { TimedState } from './special-procedure';
import { openReadySteps, stepOf } from './steps';

/**
 * R10: a participant answers its step once, signed by its own MSP. Steps that waited for it open at this instant (R9). A
 * late answer is accepted and flagged, also after the step was escalated or passed over (R11).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, STEP_UNKNOWN, WRONG_DEPARTMENT, ALREADY_ANSWERED,
 *   STEP_NOT_OPEN, REASON_REQUIRED, CALENDAR_MISSING
 */
export const giveOpinion: CaseRule<'case.opinion', TimedState> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  const step = openStep(before, input.stepId, member);
  if (input.answer === 'disagree') requireReason(input.reason, { remedy: false });
  const now = nowFor(member);
  const answered = answeredStep(step, input.answer, now);
  const counter = createWorkingDayCounter(state.calendar);
  const steps = before.steps.map((known) => (known.id === step.id ? answered : known));
  const body: CaseBody = {
    ...before,
    steps: openReadySteps(steps, now, counter, before.pauses),
    flags: [...before.flags, ...flagsOf(answered, before.nextSeq)],
    calendars: mergeCalendars(before.calendars, counter),
  };
  return recordAct(before, actOf('case.opinion', input, member), {
    ...body,
    state: handlingState(body, now.today),
  });
};

function openStep(before: CaseRecord, stepId: string, member: Member): StepRecord {
  const step = stepOf(before, stepId);
  requireDepartment(member, step.department);
  if (step.status === 'answered') {
    throw new ContractError('ALREADY_ANSWERED', { stepId, answeredAt: step.answeredAt });
  }
  if (step.status === 'waiting') {
    throw new ContractError('STEP_NOT_OPEN', { stepId, after: step.after });
  }
  return step;
}

function answeredStep(
  step: StepRecord,
  answer: CommandInput<'case.opinion'>['answer'],
  now: Now,
): StepRecord {
  const late = step.dueOn !== undefined && now.today > step.dueOn;
  return { ...step, status: 'answered', answer, answeredAt: now.at, late };
}

function flagsOf(step: StepRecord, seq: number): CaseRecord['flags'] {
  const late: CaseRecord['flags'] = step.late === true ? [{ code: 'lateOpinion', seq }] : [];
  const forwarded: CaseRecord['flags'] =
    step.answer === 'forward' ? [{ code: 'forwarded', seq }] : [];
  return [...late, ...forwarded];
}
