import type { CalendarDays, CalendarRecord } from './records';
import type { CalendarLookup, YearCalendar } from './working-days';
import type { Member } from '../kernel/caller';
import { shanghaiDate, yearOf } from '../kernel/days';
import { padded } from '../kernel/keys';
import { defaultWindowSeconds } from '../kernel/ledger-time';
import type { CalendarsUsed } from '../kernel/scalars';
import type { RecordStore } from '../kernel/store';

export interface CalendarsWanted {
  /** The versions that a record was counted with: it keeps them. */
  readonly pinned?: CalendarsUsed;
  /** Years that are certain to be needed are read beforehand. */
  readonly certain?: readonly number[];
}

/**
 * Runs a rule that counts working days. Rules are pure and cannot read, so a year that turns out to be needed is read
 * and the rule runs again; only the years that are used enter the read set. Of a year after the act's own that has no
 * calendar yet the plain week counts: the State Council declares it in autumn, and until then nobody is stopped.
 */
export async function withCalendars<T>(
  store: RecordStore,
  { at }: Pick<Member, 'at'>,
  run: (calendar: CalendarLookup) => T,
  { pinned = [], certain = [] }: CalendarsWanted = {},
): Promise<T> {
  const until = yearOf(shanghaiDate(at));
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

/** What counts for a year that has no calendar yet: Monday to Friday. */
export const plainWeek: YearCalendar = { version: 0, days: { offDays: [], makeUpDays: [] } };

/**
 * The versions of declared calendars among those that a record was counted with. A case moves its dates from the plain week
 * to a calendar by `case.recount`; other records keep their dates, and count on with the calendar once it is there.
 */
export const declaredOf = (used: CalendarsUsed = []): CalendarsUsed =>
  used.filter(({ version }) => version > 0);

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
