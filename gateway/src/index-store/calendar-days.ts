import { isWeekend, padded } from '@yici/domain/model';
import type { RecordLookup } from './index-entry.js';
import { known } from './known-records.js';

type Pinned = readonly { readonly year: number; readonly version: number }[];

const daysOf = known('calendarVersion', 50, ({ days }) => ({
  off: new Set<string>(days.offDays),
  worked: new Set<string>(days.makeUpDays),
}));

/**
 * Working days by the calendar versions that a record was computed with; versions never change, so neither do the
 * results. A year without a version counts Monday to Friday.
 */
export function workingDaysOf(pinned: Pinned, lookup: RecordLookup): (date: string) => boolean {
  const years = new Map<string, ReturnType<typeof daysOf>>();
  return (date) => {
    const year = date.slice(0, 4);
    if (!years.has(year)) {
      const version = pinned.find((one) => String(one.year) === year)?.version;
      years.set(year, version === undefined ? undefined : daysOf(lookup, year, padded(version)));
    }
    const days = years.get(year);
    if (days === undefined) return !isWeekend(date);
    return days.worked.has(date) || (!days.off.has(date) && !isWeekend(date));
  };
}
