import type { About, InboxRow } from '@yici/api';
import type { Actor, DepartmentFunction, MatterContent } from '@yici/domain/model';
import { without } from '../without.js';
import { noDay, type IndexEntry } from './index-entry.js';
import { rowIndexes } from './row-indexes.js';

/** A task of a department; without a case, a matter and a due day unless they are given. */
export type Task = Pick<InboxRow, 'department' | 'todo' | 'since' | 'state' | 'about'> &
  Partial<InboxRow> & {
    /** The first day on which it can be done: until then it is not shown. */
    readonly showFrom?: string;
  };

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
    const { department, todo, due, step, showFrom } = task;
    const end = [id, todo, step ?? ''];
    if (showFrom === undefined) {
      const row: InboxRow = { ...general, ...task };
      return rowIndexes.inbox.entries(row, [[department, due ?? noDay, ...end]]);
    }
    const row: InboxRow = without({ ...general, ...task }, 'showFrom');
    return rowIndexes.inboxLater.entries(row, [[department, showFrom, ...end]]);
  });
}

/** Whoever holds a function, whoever that comes to be: what waits goes with the function when it moves. */
export const holderOfFunction = (name: DepartmentFunction): string => `@${name}`;

/** What a row says of the matter that it is about, and of the step. */
export function matterPart(
  matter: MatterContent | undefined,
  step: string | null = null,
): Pick<InboxRow, 'matterName' | 'stepName'> {
  const stepName = matter?.flow.find(({ id }) => id === step)?.name;
  return { matterName: matter?.name ?? null, ...(stepName === undefined ? {} : { stepName }) };
}

export const about = (collection: string, ...key: string[]): About => ({ collection, key });

/** Whoever made what is to be checked, by either name: see requireOtherPerson of the rules. */
export function notBy(...makers: readonly (Actor | undefined)[]): Pick<InboxRow, 'notBy'> {
  const names = makers.flatMap((maker) => [maker?.user, maker?.for]);
  const known = [...new Set(names.filter((name) => name !== undefined))];
  return known.length === 0 ? {} : { notBy: known };
}
