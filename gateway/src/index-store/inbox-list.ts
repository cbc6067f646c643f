import type { InboxItem } from '@yici/api';
import { dateOfDay, dayNumber, defaultWindowSeconds, passedFrom } from '@yici/domain/model';
import type { Page, PageRequest } from '../store/page.js';
import type { IndexReader } from './reader.js';
import { rowIndexes } from './row-indexes.js';

/** The open tasks of a department, soonest due first. */
export async function listInbox(
  index: IndexReader,
  department: string,
  request: PageRequest,
): Promise<Page<InboxItem>> {
  const windows = new Map<string, number>();
  const fromOf = (due: string): string => {
    const year = dateOfDay(dayNumber(due) + 1).slice(0, 4);
    const window = windows.get(year) ?? windowIn(index, year);
    windows.set(year, window);
    return passedFrom(due, window);
  };
  const read = (text: string): InboxItem => {
    const row = rowIndexes.inbox.read(text);
    return { ...row, from: row.due === null ? null : fromOf(row.due) };
  };
  return index.page({ ...rowIndexes.inbox.range(department), read }, request);
}

/** As the year's calendar in force says, by which the contract judges the act (calendar/passed.ts there). */
const windowIn = (index: IndexReader, year: string): number =>
  index.record('calendar', year)?.inForce?.days.windowSeconds ?? defaultWindowSeconds;
