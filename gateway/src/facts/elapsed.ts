import type { Pause } from '@yici/domain/model';
import { dayNumber } from '@yici/domain/model';

const hour = 3_600_000;
const midnight = (day: string): number => Date.parse(`${day}T00:00:00.000+08:00`);
const dayLong = 24 * hour;

/**
 * Hours between two instants, excluding the days on which a special procedure suspended the clock: those after a pause's `from`
 * up to and including its `to`, in Asia/Shanghai; overlapping pauses count once. Rounded to two decimals.
 */
export function hoursBetween(
  start: string,
  end: string,
  pauses: readonly Pick<Pause, 'from' | 'to'>[] = [],
): number {
  const from = Date.parse(start);
  const to = Date.parse(end);
  let held = 0;
  let reached = from;
  for (const { first, last } of spans(pauses)) {
    const begin = Math.max(first, reached);
    const stop = Math.min(last, to);
    if (stop <= begin) continue;
    held += stop - begin;
    reached = stop;
  }
  return Math.round(((to - from - held) / hour) * 100) / 100;
}

function spans(pauses: readonly Pick<Pause, 'from' | 'to'>[]) {
  return pauses
    .map(({ from, to }) => ({ first: midnight(from) + dayLong, last: midnight(to) + dayLong }))
    .sort((a, b) => a.first - b.first);
}

/** The end of a day in Asia/Shanghai, as an instant. */
export const midnightAfter = (day: string): string =>
  new Date(midnight(day) + dayLong).toISOString();

/** Calendar days from one day to another on which no special procedure suspended the clock. */
export const daysRun = (
  first: string,
  last: string,
  pauses: readonly Pick<Pause, 'from' | 'to'>[] = [],
): number => hoursBetween(midnightAfter(first), midnightAfter(last), pauses) / 24;

/** Calendar days from one day to another. */
export const daysBetween = (first: string, last: string): number =>
  dayNumber(last) - dayNumber(first);
