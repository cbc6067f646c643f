import { stillRuns } from '../../calendar/passed';
import type { CalendarLookup } from '../../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../../calendar/working-days';
import type { Member } from '../../kernel/caller';
import { actorOf, requireOwner, requireOtherPerson } from '../../kernel/caller';
import { handlingStates } from '../../kernel/case-states';
import { actOf, nowFor } from '../../kernel/chain';
import { shanghaiDate } from '../../kernel/days';
import { ContractError } from '../../kernel/errors';
import { escalationWorkingDays } from '../../kernel/legal-limits';
import type { MatterContent } from '../../matter/records';
import { contentFor, counterFor, type HandlingState } from '../acceptance/acceptance';
import { openCase, recordAct, type CaseBody, type CaseRule } from '../chain';
import { handlingState } from '../clocks/limits';
import type { CaseRecord, StepRecord } from '../records';
import type { TimedState } from './special-procedure';
import { isForwarded, openReadySteps, stepNotOpen, stepOf } from '../steps';

/**
 * R11: an opinion that is overdue lapses when any member says so. Where the step of the matter's version cites a policy
 * document that the version lists, the department counts as agreeing, and that is final; else, and while the file lies
 * returned with the owner (退件) or with an organ above (转报), the step is escalated: it stays open, can still be answered, late, and everybody sees it.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, STEP_UNKNOWN, ALREADY_ANSWERED, STEP_NOT_OPEN,
 *   STEP_NOT_OVERDUE, ALREADY_ESCALATED, CALENDAR_MISSING
 */
export const lapseStep: CaseRule<'case.lapseStep', HandlingState> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  const now = nowFor(member);
  const step = overdueStep(before, input.stepId, member, state.calendar);
  const counter = counterFor(state);
  const policyDocument =
    isWithOwner(step) || isForwarded(step)
      ? undefined
      : agreeingPolicy(contentFor(before, state.matter), step.id);
  const who = { by: actorOf(member), at: now.at };
  const lapsed: StepRecord =
    policyDocument === undefined
      ? { ...step, lapse: { kind: 'escalate', ...who } }
      : {
          ...step,
          status: 'answered',
          answer: 'agree',
          answeredAt: now.at,
          late: true,
          lapse: { kind: 'defaultAgree', policyDocument, ...who },
        };
  const code = policyDocument === undefined ? 'escalated' : 'defaultAgreed';
  const steps = before.steps.map((known) => (known.id === step.id ? lapsed : known));
  const body: CaseBody = {
    ...before,
    steps: openReadySteps(steps, now, counter, before.pauses),
    flags: [...before.flags, { code, seq: before.nextSeq }],
    calendars: mergeCalendars(before.calendars, counter),
  };
  return recordAct(before, actOf('case.lapseStep', input, member), {
    ...body,
    state: handlingState(body, now.today),
  });
};

function overdueStep(
  before: CaseRecord,
  stepId: string,
  member: Member,
  calendar: CalendarLookup,
): StepRecord {
  const step = stepOf(before, stepId);
  if (step.status === 'waiting') throw stepNotOpen(before, step);
  if (step.status === 'answered') {
    throw new ContractError('ALREADY_ANSWERED', { stepId, answeredAt: step.answeredAt });
  }
  if (step.lapse !== undefined) {
    throw new ContractError('ALREADY_ESCALATED', { stepId, escalatedAt: step.lapse.at });
  }
  const { dueOn = '' } = step;
  const early = stillRuns(dueOn, member, calendar);
  if (early !== undefined) throw new ContractError('STEP_NOT_OVERDUE', { stepId, dueOn, ...early });
  return step;
}

/** A returned file that the owner has not sent again: the delay is not the department's, so its silence is no consent. */
function isWithOwner({ returned }: StepRecord): boolean {
  return returned !== undefined && returned.resent === undefined;
}

/** The policy document by which silence counts as agreement, if the version lists what its step cites. */
function agreeingPolicy(content: MatterContent, stepId: string): string | undefined {
  const onLapse = content.flow.find((step) => step.id === stepId)?.onLapse;
  if (onLapse?.kind !== 'defaultAgree') return undefined;
  const listed = content.policyDocuments.some(({ number }) => number === onLapse.policyDocument);
  return listed ? onLapse.policyDocument : undefined;
}

/**
 * R11: after an escalation has had its time, the owner's head may go on without the opinion, giving reasons: a department's
 * silence must not cost the applicant the limit (Zhejiang regulation art 12(1)), and must not count as its consent either.
 * A step whose file lies returned with the owner is not passed over: the owner sends it again first. It takes two people,
 * who escalated and who goes on; the steps behind it open; the department may still answer until the
 * decision.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, STEP_UNKNOWN, NOT_ESCALATED,
 *   MAKER_IS_CHECKER, PASSING_TOO_EARLY, CALENDAR_MISSING
 */
export const passStep: CaseRule<'case.passStep', TimedState> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  requireOwner(before, member);
  const step = stepOf(before, input.stepId);
  const { id: stepId, lapse } = step;
  if (step.status !== 'open' || lapse?.kind !== 'escalate') {
    throw new ContractError('NOT_ESCALATED', { stepId, status: step.status });
  }
  if (isWithOwner(step)) {
    throw new ContractError('WRONG_STATE', { stepId, state: 'returned' });
  }
  requireOtherPerson(lapse.by, member);
  const now = nowFor(member);
  const counter = createWorkingDayCounter(state.calendar);
  const waitUntil = counter.add(shanghaiDate(lapse.at), escalationWorkingDays);
  const early = stillRuns(waitUntil, member, state.calendar);
  if (early !== undefined) {
    throw new ContractError('PASSING_TOO_EARLY', { stepId, waitUntil, ...early });
  }
  const passing = { grounds: input.grounds, by: actorOf(member), at: now.at };
  const steps = before.steps.map((known): StepRecord =>
    known.id === stepId ? { ...known, status: 'passed', passing } : known,
  );
  const body: CaseBody = {
    ...before,
    steps: openReadySteps(steps, now, counter, before.pauses),
    flags: [...before.flags, { code: 'passedOver', seq: before.nextSeq }],
    calendars: mergeCalendars(before.calendars, counter),
  };
  return recordAct(before, actOf('case.passStep', input, member), {
    ...body,
    state: handlingState(body, now.today),
  });
};
