import {
  calendarVersionRecord,
  isWeekend,
  keyKinds,
  padded,
  type CaseRecord,
} from '@yici/domain/model';
import type { RecordLookup } from './index-entry.js';

interface Days {
  readonly off: ReadonlySet<string>;
  readonly worked: ReadonlySet<string>;
}

type Pinned = CaseRecord['calendars'];

/** Cache of parsed calendars: every act of every case uses the same few. */
const known = new Map<string, Days | undefined>();
const mostKnown = 50;

/**
 * Working days by the calendar versions that a record was computed with; versions never change, so neither do the
 * results. A year without a version, or with version 0, counts Monday to Friday. Days off that the record was given later are
 * off.
 */
export function workingDaysOf(pinned: Pinned, lookup: RecordLookup): (date: string) => boolean {
  const years = new Map<string, Days | undefined>();
  const addedOff = new Set(pinned.flatMap(({ later }) => later?.daysOff ?? []));
  return (date) => {
    const year = date.slice(0, 4);
    if (!years.has(year)) years.set(year, daysOf(pinned, year, lookup));
    if (addedOff.has(date)) return false;
    const days = years.get(year);
    if (days === undefined) return !isWeekend(date);
    return days.worked.has(date) || (!days.off.has(date) && !isWeekend(date));
  };
}

function daysOf(pinned: Pinned, year: string, lookup: RecordLookup): Days | undefined {
  const version = pinned.find((one) => String(one.year) === year)?.version;
  if (version === undefined || version === 0) return undefined;
  const text = lookup(keyKinds.calendarVersion.objectType, year, padded(version));
  if (text === undefined) return undefined;
  if (!known.has(text)) {
    if (known.size >= mostKnown) known.clear();
    known.set(text, parsedDays(text));
  }
  return known.get(text);
}

function parsedDays(text: string): Days | undefined {
  const parsed = calendarVersionRecord.safeParse(JSON.parse(text));
  if (!parsed.success) return undefined;
  const { offDays, makeUpDays } = parsed.data.days;
  return { off: new Set(offDays), worked: new Set(makeUpDays) };
}
