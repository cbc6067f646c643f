import { isWeekend, padded, type CaseRecord } from '@yici/domain/model';
import type { RecordLookup } from './index-entry.js';
import { known } from './known-records.js';

type Pinned = CaseRecord['calendars'];

const daysOf = known('calendarVersion', 50, ({ days }) => ({
  off: new Set<string>(days.offDays),
  worked: new Set<string>(days.makeUpDays),
}));

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
    const days = years.get(year);
    if (days === undefined) return !isWeekend(date);
    return days.worked.has(date) || (!days.off.has(date) && !isWeekend(date));
  };
}
