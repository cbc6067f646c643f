import type { WorkingDayCounter } from '../calendar/working-days';
import type { Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import type { MatterContent } from '../matter/records';
import { dueAfter } from './clocks/due';
import type { CaseRecord, StepRecord } from './records';

/** The steps of a new case: all wait for acceptance. */
export function waitingSteps(content: MatterContent): StepRecord[] {
  return content.flow.map(({ id, department, after, limit, advisory }) => ({
    id,
    department,
    after,
    limit,
    status: 'waiting',
    ...(advisory === undefined ? {} : { advisory }),
  }));
}

/** Answered, or passed over after its escalation: nobody waits for it any more. */
export function isSettled({ status }: StepRecord): boolean {
  return status === 'answered' || status === 'passed';
}

/** An organ above was asked, and has not answered yet. */
export function isForwarded({ forwarded }: StepRecord): boolean {
  return forwarded !== undefined && forwarded.answered === undefined;
}

/** What lies with an organ above goes nowhere else meanwhile. @throws ContractError OPINION_FORWARDED */
export function requireNotForwarded(step: StepRecord): void {
  if (!isForwarded(step)) return;
  const { organ, dueOn } = step.forwarded ?? {};
  throw new ContractError('OPINION_FORWARDED', { stepId: step.id, organ, dueOn });
}

/** @throws ContractError STEP_UNKNOWN */
export function stepOf(record: CaseRecord, stepId: string): StepRecord {
  const step = record.steps.find((known) => known.id === stepId);
  if (step === undefined) throw unknownStep(record, stepId);
  return step;
}

type Flow = Pick<CaseRecord, 'steps'>;

/** What refusals say of steps: which, and whose. */
const told = (steps: readonly StepRecord[]) =>
  steps.map(({ id, department }) => ({ stepId: id, department }));

/** The refusal of a step that the flow does not have, with those that wait for an opinion. */
export const unknownStep = ({ steps }: Flow, stepId: string): ContractError =>
  new ContractError('STEP_UNKNOWN', {
    stepId,
    waiting: told(steps.filter(({ status }) => status === 'open')),
  });

/** The refusal of a step that waits, with the ones it waits for. */
export const stepNotOpen = ({ steps }: Flow, { id, after }: StepRecord): ContractError =>
  new ContractError('STEP_NOT_OPEN', {
    stepId: id,
    after: told(steps.filter((step) => after.includes(step.id) && !isSettled(step))),
  });

/** The refusal of an act that some steps stand against, with whose they are. */
export const stepsAgainst = (
  code: 'OPINIONS_OUTSTANDING' | 'OPINION_DISAGREES',
  steps: readonly StepRecord[],
): ContractError => new ContractError(code, { steps: told(steps) });

/**
 * R9: opens every waiting step whose priors are all settled. Called at acceptance and at each answer, so parallel steps
 * share one `startedAt` and a sequential step starts at the prior completion (Zhejiang regulation art 5(3)). Days on
 * which a special procedure holds the clock do not count for a step that opens meanwhile (R7).
 */
export function openReadySteps(
  steps: readonly StepRecord[],
  now: Now,
  counter: WorkingDayCounter,
  pauses: CaseRecord['pauses'] = [],
): StepRecord[] {
  const settled = new Set(steps.filter(isSettled).map((step) => step.id));
  return steps.map((step) => {
    const ready = step.status === 'waiting' && step.after.every((prior) => settled.has(prior));
    if (!ready) return step;
    const dueOn = dueAfter(counter, now.today, step.limit.value, pauses);
    return { ...step, status: 'open', startedAt: now.at, dueOn };
  });
}

/** The steps that are still waited for. */
export function outstandingSteps(record: CaseRecord): StepRecord[] {
  return record.steps.filter((step) => !isSettled(step));
}
