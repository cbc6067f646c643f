import type { WorkingDayCounter } from '../calendar/working-days';
import type { Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import type { MatterContent } from '../matter/records';
import { dueAfter } from './due';
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
  if (step === undefined) throw new ContractError('STEP_UNKNOWN', { stepId });
  return step;
}

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

/** Ids of the steps that are still waited for. */
export function outstandingSteps(record: CaseRecord): string[] {
  return record.steps.filter((step) => !isSettled(step)).map((step) => step.id);
}
