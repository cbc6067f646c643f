import type { WorkingDayCounter } from '../../calendar/working-days';
import { dateOfDay, dayNumber } from '../../kernel/days';
import type { Pause } from './clock-records';

type Stopped = Pick<Pause, 'from' | 'to'>;

/**
 * The last day of a limit of `count` working days from `start`, leaving out the days on which a special procedure stops the
 * clock: those after `from` up to and with `to`. A day that two procedures cover is left out once (R7). A clock that had
 * not run out when a procedure began cannot run out during it, not even on its own last day.
 * @throws ContractError CALENDAR_MISSING
 */
export function dueAfter(
  counter: WorkingDayCounter,
  start: string,
  count: number,
  pauses: readonly Stopped[],
): string {
  let day = dayNumber(start);
  for (let left = count; left > 0;) {
    day += 1;
    const date = dateOfDay(day);
    const stopped = pauses.some(({ from, to }) => from < date && date <= to);
    if (!stopped && counter.isWorkingDay(date)) left -= 1;
  }
  return afterStanding(dateOfDay(day), pauses, counter);
}

/** A limit that would end while a procedure stops the clock ends with the procedure, or on the next working day after it. */
function afterStanding(
  due: string,
  pauses: readonly Stopped[],
  counter: WorkingDayCounter,
): string {
  const holding = pauses.find(({ from, to }) => from <= due && due < to);
  if (holding === undefined) return due;
  const { to } = holding;
  return afterStanding(counter.isWorkingDay(to) ? to : counter.add(to, 1), pauses, counter);
}

/** Working days on which special procedures hold the clock; one that several cover counts once. */
export function stoppedDays(
  counter: Pick<WorkingDayCounter, 'isWorkingDay'>,
  pauses: readonly Stopped[],
): number {
  const days = new Set<number>();
  for (const { from, to } of pauses) {
    for (let day = dayNumber(from) + 1; day <= dayNumber(to); day += 1) days.add(day);
  }
  return [...days].filter((day) => counter.isWorkingDay(dateOfDay(day))).length;
}
