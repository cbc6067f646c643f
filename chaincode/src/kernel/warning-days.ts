import { dateOfDay, dayNumber } from './days';

/** What a warning looks at of a clock, whatever it is of. */
export interface WarnedClock {
  readonly startedOn: string;
  readonly dueOn: string;
  readonly limitDays: number;
}

/** With so many working days left a clock is yellow: a tenth of its limit, at least one. */
export const warningDays = (limitDays: number): number => Math.max(1, Math.floor(limitDays / 10));

/**
 * The first day on which a clock is yellow: a tenth of its limit is left, at least one working day (so from one working day
 * before the last). Never before the day it started; no day outside the limit is asked for, so that its own calendars do.
 */
export function yellowFrom(
  { startedOn, dueOn, limitDays }: WarnedClock,
  isWorkingDay: (date: string) => boolean,
): string {
  const few = warningDays(limitDays);
  const first = dayNumber(startedOn);
  let day = dayNumber(dueOn);
  for (let left = 0; day > first; day -= 1) {
    if (!isWorkingDay(dateOfDay(day))) continue;
    if (left === few) break;
    left += 1;
  }
  return dateOfDay(day);
}
