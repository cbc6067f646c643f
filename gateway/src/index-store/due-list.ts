import type { DueRow } from './model.js';
import type { Page, PageRequest, Scan } from '../store/page.js';
import type { IndexReader } from './reader.js';
import { rowIndexes } from './row-indexes.js';

/** A due act and the key of its entry, which exists until the act is done. */
export interface DueItem extends DueRow {
  readonly key: string;
}

/** The acts due on a day (`YYYY-MM-DD`, Asia/Shanghai), longest overdue first. */
export function listDue(
  index: IndexReader,
  today: string,
  request: PageRequest,
): Promise<Page<DueItem>> {
  return index.page(
    dueScan(today, (row, _from, key) => ({ ...row, key })),
    request,
  );
}

/** Reads what is due on a day; `from` is the day since which it is. */
export function dueScan<T>(
  today: string,
  shown: (row: DueRow, from: string, key: string) => T | undefined,
): Scan<T> {
  const { gte } = rowIndexes.due.range();
  const read = (text: string, key: string) =>
    shown(rowIndexes.due.read(text), key.slice(gte.length, gte.length + today.length), key);
  return { gte, lt: `${gte}${today}\u0001`, read };
}
