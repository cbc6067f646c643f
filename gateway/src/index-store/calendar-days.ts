import { isWeekend, padded, type CalendarVersionRecord, type CaseRecord } from '@yici/domain/model';
import type { RecordLookup } from './index-entry.js';
import { known } from './known-records.js';

type Pinned = CaseRecord['calendars'];

/** The days of a calendar that are not as their place in the week says. */
export interface DaySets {
  readonly off: ReadonlySet<string>;
  readonly worked: ReadonlySet<string>;
}

type CalendarDays = Pick<CalendarVersionRecord['days'], 'offDays' | 'makeUpDays'>;

/** Without a calendar no day is. */
export const daySets = (days: CalendarDays | undefined): DaySets => ({
  off: new Set<string>(days?.offDays),
  worked: new Set<string>(days?.makeUpDays),
});

export const isWorkingBy = ({ off, worked }: DaySets, date: string): boolean =>
  worked.has(date) || (!off.has(date) && !isWeekend(date));

const daysOf = known('calendarVersion', 50, ({ days }) => daySets(days));
const weekdays = daySets(undefined);

/**
 * Working days by the calendar versions that a record was computed with; versions never change, so neither do the
 * results. A year without a version, or with version 0, counts Monday to Friday. Days off that the record was given later are
 * off.
 */
export function workingDaysOf(pinned: Pinned, lookup: RecordLookup): (date: string) => boolean {
  const years = new Map<string, ReturnType<typeof daysOf>>();
  const addedOff = new Set(pinned.flatMap(({ later }) => later?.daysOff ?? []));
  return (date) => {
    if (addedOff.has(date)) return false;
    const year = date.slice(0, 4);
    if (!years.has(year)) {
      const version = pinned.find((one) => String(one.year) === year)?.version ?? 0;
      years.set(year, version === 0 ? undefined : daysOf(lookup, year, padded(version)));
    }
    return isWorkingBy(years.get(year) ?? weekdays, date);
  };
}
