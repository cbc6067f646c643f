import { dateOfDay, dayNumber, isWeekend, yearOf } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { CalendarsUsed } from '../kernel/scalars';
import type { CalendarDays } from './records';

/**
 * The calendars a record used before and those used now, by year; a year keeps the version it had first, the plain week until
 * its calendar was used.
 */
export function mergeCalendars(before: CalendarsUsed, counter: WorkingDayCounter): CalendarsUsed {
  const used = counter.used();
  const declared = new Set(used.filter(({ version }) => version > 0).map(({ year }) => year));
  const kept = before.filter(({ year, version }) => version > 0 || !declared.has(year));
  const known = new Set(kept.map(({ year }) => year));
  const fresh = used.filter(({ year }) => !known.has(year));
  return [...kept, ...fresh].sort((a, b) => a.year - b.year);
}

/** The calendar that counts for one year, with the version that a record must remember. */
export interface YearCalendar {
  readonly version: number;
  readonly days: CalendarDays;
}
/** Finds a year's calendar on the ledger; `undefined` when none is in force. */
export type CalendarLookup = (year: number) => YearCalendar | undefined;

/** Counts working days and remembers which calendars it needed. */
export interface WorkingDayCounter {
  /**
   * The last day of a limit of `count` working days that starts on `start`: the start day is not counted and the limit
   * ends at 24:00 of the answer, Asia/Shanghai. That it does not end with the office's hours is a rule of this system: the
   * laws on limits are silent, and acts over the net come at any hour.
   * @throws ContractError CALENDAR_MISSING when the count reaches a year without a calendar in force
   */
  add(start: string, count: number): string;
  isWorkingDay(date: string): boolean;
  /** Years and versions used so far, by year. */
  used(): { year: number; version: number }[];
}

/**
 * Working days are Monday to Friday without the days off of the State Council's yearly notice, plus the weekend days it
 * makes up for (Administrative Licensing Law art 82; Measures for public holidays art 6).
 */
export function createWorkingDayCounter(lookup: CalendarLookup): WorkingDayCounter {
  const years = new Map<number, LoadedYear>();

  function calendarOf(year: number): LoadedYear {
    const known = years.get(year);
    if (known !== undefined) return known;
    const calendar = lookup(year);
    if (calendar === undefined) throw new ContractError('CALENDAR_MISSING', { year });
    const loaded = {
      version: calendar.version,
      off: new Set(calendar.days.offDays),
      worked: new Set(calendar.days.makeUpDays),
    };
    years.set(year, loaded);
    return loaded;
  }

  function isWorkingDay(date: string): boolean {
    const calendar = calendarOf(yearOf(date));
    return calendar.worked.has(date) || (!calendar.off.has(date) && !isWeekend(date));
  }

  return {
    isWorkingDay,
    add(start, count) {
      let day = dayNumber(start);
      for (let left = count; left > 0;) {
        day += 1;
        if (isWorkingDay(dateOfDay(day))) left -= 1;
      }
      return dateOfDay(day);
    },
    used: () =>
      [...years].map(([year, { version }]) => ({ year, version })).sort((a, b) => a.year - b.year),
  };
}

interface LoadedYear {
  readonly version: number;
  readonly off: ReadonlySet<string>;
  readonly worked: ReadonlySet<string>;
}
