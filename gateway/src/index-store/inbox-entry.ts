import { entry, noDay, type IndexEntry } from './index-entry.js';
import { indexKeys } from './keys.js';
import type { InboxRow } from '@yici/api';

/** The inbox index: department, due day (or {@link noDay}), id, todo, step. */
export const inboxIndex = 'inbox';

export function inboxEntry(id: string, row: InboxRow): IndexEntry {
  const fields = [row.department, row.due ?? noDay, id, row.todo, row.step ?? ''];
  return entry(indexKeys.entry(inboxIndex, ...fields), JSON.stringify(row));
}
