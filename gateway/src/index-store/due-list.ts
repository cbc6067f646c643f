import type { DueRow } from './model.js';
import type { Page, PageRequest } from '../store/page.js';
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
  const { gte } = rowIndexes.due.range();
  const read = (text: string, key: string) => ({ ...rowIndexes.due.read(text), key });
  return index.page({ gte, lt: `${gte}${today}\u0001`, read }, request);
}
