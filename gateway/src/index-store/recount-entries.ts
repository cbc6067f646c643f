import {
  caseClocks,
  countedStates,
  padded,
  plainWeek,
  recountBy,
  shanghaiDate,
  withLaterDaysOff,
  type CalendarVersionRecord,
  type CaseRecord,
} from '@yici/domain/model';
import { dueEntries } from './due-row.js';
import { about as aboutOf, inboxEntries } from './inbox-entry.js';
import { keyOnly, type IndexEntry, type RecordLookup, type Surroundings } from './index-entry.js';
import { indexKeys } from './keys.js';
import { known, knownMatter } from './known-records.js';
import { keyIndexes } from './row-indexes.js';

const inForceOf = known('calendar', 50, ({ inForce }) => inForce);
const versionOf = known('calendarVersion', 50, (record) => record);

/**
 * A newer calendar of a year that an open case counted with moves its dates: the owner is to record that, and any member may.
 * The entries change with the case and with the calendar, see {@link countedWith}.
 */
export function recountEntries(record: CaseRecord, { lookup }: Surroundings): IndexEntry[] {
  if (!countedStates.includes(record.state) || caseClocks(record).length === 0) return [];
  return record.calendars.flatMap(({ year }) => [
    keyOnly(indexKeys.entry(keyIndexes.counted, year.toString(), record.caseNo)),
    ...waiting(record, year, lookup),
  ]);
}

type Declared = Pick<CalendarVersionRecord, 'year' | 'version' | 'days' | 'notice' | 'confirmedAt'>;

/** What a version of a year's calendar makes of a case's dates; undefined where it moves none. */
export function movedBy(record: CaseRecord, declared: Declared, lookup: RecordLookup) {
  const calendar = (wanted: number) => calendarOf(record, wanted, lookup);
  return recountBy(record, { declared, calendar })?.recount;
}

function waiting(record: CaseRecord, year: number, lookup: RecordLookup): IndexEntry[] {
  const { caseNo, taskCode, matterVersion, owner: department, state } = record;
  const declared = declaredIn(year, lookup);
  if (declared?.confirmedAt === undefined) return [];
  const { confirmedAt: since } = declared;
  if (movedBy(record, declared, lookup) === undefined) return [];
  const step = year.toString();
  const about = { caseNo, taskCode, matterVersion, state, about: aboutOf('cases', caseNo) };
  const matterName = knownMatter(lookup, record)?.name ?? null;
  const task = { ...about, matterName, department, todo: 'recount', step, since } as const;
  const due = { command: 'case.recount', part: step, input: { caseNo, year } } as const;
  return [
    ...inboxEntries(caseNo, [task]),
    ...dueEntries(caseNo, [{ ...due, from: shanghaiDate(since) }]),
  ];
}

function declaredIn(year: number, lookup: RecordLookup): CalendarVersionRecord | undefined {
  const inForce = inForceOf(lookup, year.toString());
  return inForce && versionOf(lookup, year.toString(), padded(inForce.version));
}

/** As the contract counts for this case: calendar/load.ts there. */
function calendarOf({ calendars }: CaseRecord, year: number, lookup: RecordLookup) {
  const used = calendars.find((one) => one.year === year);
  if (used === undefined) return inForceOf(lookup, year.toString()) ?? plainWeek;
  const { version, later } = used;
  const days =
    version === 0 ? plainWeek.days : versionOf(lookup, year.toString(), padded(version))?.days;
  return days && { version, days: withLaterDaysOff(days, later?.daysOff) };
}
