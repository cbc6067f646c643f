import type { ChainAct } from '../../kernel/chain';
import { shanghaiDate } from '../../kernel/days';
import { defaultWindowSeconds, settledAt } from '../../kernel/ledger-time';
import { caseClocks, type CaseClock } from './clocks';
import type { EndedClock } from './clock-records';
import type { CaseRecord } from '../records';

/** The same clock before and after an act, wherever its due date has moved. */
export const nameOfClock = ({
  what,
  step = '',
  department,
  startedOn,
}: Pick<CaseClock, 'what' | 'step' | 'department' | 'startedOn'>): string =>
  [what, step, department, startedOn].join('/');

/**
 * The clocks that have ended, with those that this act ended, whatever it was: lateness stays with the case however it
 * ends. Who had to act is judged by the time of its own act. An act of others ends a clock late only once its limit has
 * passed on every clock, whatever they stamp.
 */
export function endedClocks(
  before: CaseRecord | undefined,
  after: CaseRecord,
  act: Pick<ChainAct, 'at' | 'member' | 'judgedAt'>,
): readonly EndedClock[] {
  if (before === undefined) return [];
  const running = new Set(caseClocks(after).map(nameOfClock));
  const ended = caseClocks(before)
    .filter((clock) => !running.has(nameOfClock(clock)))
    .map((clock): EndedClock => {
      const own = act.member.department === clock.department;
      const at = act.judgedAt ?? (own ? act.at : settledAt(act.at, defaultWindowSeconds));
      // The time of a special procedure is over by itself: nobody is late by it.
      const late = clock.what !== 'procedure' && isPast(clock, at);
      return { ...limitOf(clock), endedAt: act.at, late };
    });
  return [...(before.endedClocks ?? []), ...ended];
}

export function limitOf({
  what,
  step,
  department,
  startedOn,
  dueOn,
  dueAt,
  limitDays,
}: Omit<CaseClock, 'paused'>): Omit<EndedClock, 'endedAt' | 'late'> {
  return {
    what,
    ...(step === undefined ? {} : { step }),
    ...{ department, startedOn, dueOn, limitDays },
    ...(dueAt === undefined ? {} : { dueAt }),
  };
}

/** The last instant of a limit is in time: the end of its last day, or its minute on the spot. */
export function isPast({ dueOn, dueAt }: Pick<CaseClock, 'dueOn' | 'dueAt'>, at: string): boolean {
  return dueAt === undefined ? shanghaiDate(at) > dueOn : at > dueAt;
}

/** Whether somebody else than the applicant has missed a limit of the case, by acts or by now. */
export function hasMissedLimit(record: CaseRecord, at: string): boolean {
  const settled = settledAt(at, defaultWindowSeconds);
  const { applicant, endedClocks: ended = [] } = record;
  return (
    ended.some(({ late, department }) => late && department !== applicant) ||
    caseClocks(record).some(
      (clock) =>
        clock.department !== applicant && clock.what !== 'procedure' && isPast(clock, settled),
    )
  );
}

/** What a former holder had missed before the case or the step was handed over stays that department's. */
export function missedBefore(
  { endedClocks: ended = [] }: Pick<CaseRecord, 'endedClocks'>,
  { what, step, dueOn, department }: Pick<CaseClock, 'what' | 'step' | 'dueOn' | 'department'>,
): EndedClock | undefined {
  return ended.find(
    (known) =>
      known.late &&
      known.department !== department &&
      known.what === what &&
      known.step === step &&
      known.dueOn === dueOn,
  );
}
