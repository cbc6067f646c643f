import type { CalendarDays, CalendarRecord } from './records';
import type { CalendarLookup, YearCalendar } from './working-days';
import { padded } from '../kernel/keys';
import { defaultWindowSeconds } from '../kernel/ledger-time';
import type { CalendarsUsed } from '../kernel/scalars';
import type { RecordStore } from '../kernel/store';

/**
 * Runs a rule that counts working days. Rules are pure and cannot read, so a year that turns out to be needed is read
 * and the rule runs again; only the years that are used enter the read set. A case keeps the calendar version it used
 * before (`pinned`). Years that are `certain` to be needed are read beforehand.
 */
export async function withCalendars<T>(
  store: RecordStore,
  pinned: CalendarsUsed,
  run: (calendar: CalendarLookup) => T,
  certain: readonly number[] = [],
): Promise<T> {
  const loaded = new Map<number, YearCalendar | undefined>();
  for (const year of certain) loaded.set(year, await loadCalendar(store, pinned, year));
  for (;;) {
    const wanted = new Set<number>();
    const lookup: CalendarLookup = (year) => {
      if (!loaded.has(year)) wanted.add(year);
      return loaded.get(year);
    };
    try {
      const done = run(lookup);
      if (wanted.size === 0) return done;
    } catch (error) {
      if (wanted.size === 0) throw error;
    }
    for (const year of wanted) loaded.set(year, await loadCalendar(store, pinned, year));
  }
}

async function loadCalendar(
  store: RecordStore,
  pinned: CalendarsUsed,
  year: number,
): Promise<YearCalendar | undefined> {
  const calendar = await store.get('calendar', year.toString());
  const version = pinned.find((known) => known.year === year)?.version;
  if (version === undefined || version === calendar?.inForce?.version) return calendar?.inForce;
  const days = await store.get('calendarVersion', year.toString(), padded(version));
  return days && { version, days: { ...days.days, ...windowOf(calendar) } };
}

/** A pinned calendar still counts the days, but the window is that of the calendar in force now. */
function windowOf(calendar: CalendarRecord | undefined): Pick<CalendarDays, 'windowSeconds'> {
  const windowSeconds = calendar?.inForce?.days.windowSeconds ?? defaultWindowSeconds;
  return { windowSeconds };
}
