import type { InboxRow } from '@yici/api';
import { noDay, type IndexEntry } from './index-entry.js';
import { rowIndexes } from './row-indexes.js';

/** A task of a department; without a case, a matter and a due day unless they are given. */
export type Task = Pick<InboxRow, 'department' | 'todo' | 'since' | 'state'> & Partial<InboxRow>;

const general = {
  caseNo: null,
  taskCode: '',
  matterVersion: 0,
  matterName: null,
  step: null,
  due: null,
};

export function inboxEntries(id: string, tasks: readonly Task[]): IndexEntry[] {
  return tasks.flatMap((task) => {
    const row: InboxRow = { ...general, ...task };
    return rowIndexes.inbox.entries(row, [
      [row.department, row.due ?? noDay, id, row.todo, row.step ?? ''],
    ]);
  });
}
