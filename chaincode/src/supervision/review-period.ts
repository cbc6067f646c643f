import type { CalendarLookup } from '../calendar/working-days';
import { createWorkingDayCounter } from '../calendar/working-days';
import { isWeekend, shiftDate, yearOf } from '../kernel/days';
import { reviewDays } from '../kernel/legal-limits';

/**
 * The last day of the thirty to ask for a review or to decide on it. The day of receipt does not count; what is on the
 * ledger has been received, since the ledger is the system that its departments named for that. A last day off moves to the
 * next working day, as periods in days do. In a year whose calendar is not declared yet only weekends are known.
 */
export function reviewPeriodEnd(from: string, calendar: CalendarLookup): string {
  const counter = createWorkingDayCounter(calendar);
  const isOff = (day: string) =>
    calendar(yearOf(day)) === undefined ? isWeekend(day) : !counter.isWorkingDay(day);
  let day = shiftDate(from, reviewDays);
  while (isOff(day)) day = shiftDate(day, 1);
  return day;
}
