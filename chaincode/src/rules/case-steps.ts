import type { CaseRecord, MatterContent, StepRecord } from '../model';
import type { Now } from './case-chain';
import type { WorkingDayCounter } from './working-days';

/** The steps of a new case: all wait for acceptance. */
export function waitingSteps(content: MatterContent): StepRecord[] {
  return content.flow.map(({ id, department, after, limit }) => ({
    id,
    department,
    after,
    limit,
    status: 'waiting',
  }));
}

/**
 * R9: opens every waiting step whose priors all have their answer. Called at acceptance and at each answer, so parallel
 * steps share one `startedAt` and a sequential step starts at the prior completion (Zhejiang regulation art 5(3)).
 */
export function openReadySteps(
  steps: readonly StepRecord[],
  now: Now,
  counter: WorkingDayCounter,
): StepRecord[] {
  const answered = new Set(
    steps.filter((step) => step.status === 'answered').map((step) => step.id),
  );
  return steps.map((step) => {
    const ready = step.status === 'waiting' && step.after.every((prior) => answered.has(prior));
    if (!ready) return step;
    const dueOn = counter.add(now.today, step.limit.value);
    return { ...step, status: 'open', startedAt: now.at, dueOn };
  });
}

/** Ids of the steps that still lack their answer. */
export function outstandingSteps(record: CaseRecord): string[] {
  return record.steps.filter((step) => step.status !== 'answered').map((step) => step.id);
}

/** The calendars a case used before and those used now, by year; a year keeps the version it had first. */
export function mergeCalendars(
  before: CaseRecord['calendars'],
  counter: WorkingDayCounter,
): CaseRecord['calendars'] {
  const known = new Set(before.map(({ year }) => year));
  const fresh = counter.used().filter(({ year }) => !known.has(year));
  return [...before, ...fresh].sort((a, b) => a.year - b.year);
}
