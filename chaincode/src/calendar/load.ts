import type { CalendarDays, CalendarRecord } from './records';
import type { CalendarLookup, YearCalendar } from './working-days';
import { shanghaiDate, yearOf } from '../kernel/days';
import { padded } from '../kernel/keys';
import { defaultWindowSeconds } from '../kernel/ledger-time';
import type { CalendarsUsed } from '../kernel/scalars';
import type { RecordStore } from '../kernel/store';

export interface YearsWanted {
  /** Years that are certain to be needed are read beforehand. */
  readonly certain?: readonly number[];
  /** The last year that must have its calendar; of a later one without, the plain week counts. Absent: every year must. */
  readonly until?: number;
}

/**
 * Runs a rule that counts working days. Rules are pure and cannot read, so a year that turns out to be needed is read
 * and the rule runs again; only the years that are used enter the read set. A case keeps the calendar version it used
 * before (`pinned`).
 */
export async function withCalendars<T>(
  store: RecordStore,
  pinned: CalendarsUsed,
  run: (calendar: CalendarLookup) => T,
  { certain = [], until = Infinity }: YearsWanted = {},
): Promise<T> {
  const load = (year: number) => loadCalendar(store, pinned, until, year);
  const loaded = new Map<number, YearCalendar | undefined>();
  for (const year of certain) loaded.set(year, await load(year));
  for (;;) {
    const missed = new Set<number>();
    const lookup: CalendarLookup = (year) => {
      if (!loaded.has(year)) missed.add(year);
      return loaded.get(year);
    };
    try {
      const done = run(lookup);
      if (missed.size === 0) return done;
    } catch (error) {
      if (missed.size === 0) throw error;
    }
    for (const year of missed) loaded.set(year, await load(year));
  }
}

/** The year of an act. */
export const yearOfAct = ({ at }: { readonly at: string }): number => yearOf(shanghaiDate(at));

/** What counts for a year that has no calendar yet: Monday to Friday. */
const plainWeek: YearCalendar = { version: 0, days: { offDays: [], makeUpDays: [] } };

async function loadCalendar(
  store: RecordStore,
  pinned: CalendarsUsed,
  until: number,
  year: number,
): Promise<YearCalendar | undefined> {
  const calendar = await store.get('calendar', year.toString());
  const known = pinned.find((one) => one.year === year);
  if (known === undefined) return calendar?.inForce ?? (year > until ? plainWeek : undefined);
  const base = await pinnedDays(store, calendar, known);
  if (base === undefined) return undefined;
  return {
    version: known.version,
    days: { ...withLaterDaysOff(base, known.later?.daysOff), ...windowOf(calendar) },
  };
}

async function pinnedDays(
  store: RecordStore,
  calendar: CalendarRecord | undefined,
  { year, version }: CalendarsUsed[number],
): Promise<CalendarDays | undefined> {
  if (version === 0) return plainWeek.days;
  if (version === calendar?.inForce?.version) return calendar.inForce.days;
  return (await store.get('calendarVersion', year.toString(), padded(version)))?.days;
}

/** Days off that a later version added, by a recorded act. What it took away does not count: no limit becomes shorter. */
export function withLaterDaysOff(
  days: CalendarDays,
  daysOff: readonly string[] = [],
): CalendarDays {
  if (daysOff.length === 0) return days;
  const off = new Set(daysOff);
  return {
    ...days,
    offDays: [...days.offDays, ...daysOff],
    makeUpDays: days.makeUpDays.filter((date) => !off.has(date)),
  };
}

/** A pinned calendar still counts the days, but the window is that of the calendar in force now. */
function windowOf(calendar: CalendarRecord | undefined): Pick<CalendarDays, 'windowSeconds'> {
  const windowSeconds = calendar?.inForce?.days.windowSeconds ?? defaultWindowSeconds;
  return { windowSeconds };
}
