import type { About, InboxRow } from '@yici/api';
import type { Actor, CaseRecord, DepartmentFunction, MatterContent } from '@yici/domain/model';
import { without } from '../without.js';
import { entry, noDay, type IndexEntry } from './index-entry.js';
import { indexKeys } from './keys.js';
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

/** A task of a case, without what all of them say: see {@link caseTaskEntries}. */
export type CaseTask = Omit<InboxRow, keyof OfCase | 'stepName'> & Pick<Task, 'showFrom'>;
type OfCase = Pick<
  InboxRow,
  'caseNo' | 'taskCode' | 'matterVersion' | 'matterName' | 'state' | 'about'
>;

/** As {@link inboxEntries}. With every act the tasks of a case are written anew: what they have in common becomes text once. */
export function caseTaskEntries(
  { caseNo, taskCode, matterVersion, state }: CaseRecord,
  matter: MatterContent | undefined,
  tasks: readonly CaseTask[],
): IndexEntry[] {
  if (tasks.length === 0) return [];
  const matterName = matter?.name ?? null;
  const of = { caseNo, taskCode, matterVersion, matterName, state, about: about('cases', caseNo) };
  const common = JSON.stringify(of satisfies OfCase).slice(1);
  return tasks.map((task) => {
    const { department, todo, due, step, showFrom } = task;
    const { stepName } = matterPart(matter, step);
    const name = stepName === undefined ? '' : `"stepName":${JSON.stringify(stepName)},`;
    const own = JSON.stringify(showFrom === undefined ? task : without(task, 'showFrom'));
    const { inbox, inboxLater } = rowIndexes;
    const [index, day] = showFrom === undefined ? [inbox, due ?? noDay] : [inboxLater, showFrom];
    const key = indexKeys.entry(index.name, department, day, caseNo, todo, step ?? '');
    return entry(key, `${own.slice(0, -1)},${name}${common}`);
  });
}

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
