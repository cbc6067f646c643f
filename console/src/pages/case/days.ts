import { dateOfDay, dayNumber, isWeekend, type CalendarRecord } from '@yici/domain/model';

/** Which days are working days: by the calendars in force, and where there is none by the week. */
export function workingDays(calendars: readonly CalendarRecord[]): (date: string) => boolean {
  const days = calendars.flatMap(({ inForce }) => inForce?.days ?? []);
  const off = new Set(days.flatMap(({ offDays }) => offDays));
  const made = new Set(days.flatMap(({ makeUpDays }) => makeUpDays));
  return (date) => made.has(date) || (!off.has(date) && !isWeekend(date));
}

/** Every day from the first to the last. */
export function daysBetween(first: string, last: string): readonly string[] {
  const [from, to] = [dayNumber(first), dayNumber(last)];
  return Array.from({ length: Math.max(0, to - from) + 1 }, (_, at) => dateOfDay(from + at));
}

/** Working days after a day, up to and with another; negative when that is before it. */
export function workingDaysUntil(
  isWorking: (date: string) => boolean,
  day: string,
  until: string,
): number {
  if (until < day) return -workingDaysUntil(isWorking, until, day);
  return daysBetween(day, until).slice(1).filter(isWorking).length;
}
