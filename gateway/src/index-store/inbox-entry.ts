import { inboxRowSchema, type About, type CaseRow, type InboxRow } from '@yici/api';
import type { Actor, CaseRecord, DepartmentFunction, MatterContent } from '@yici/domain/model';
import type { z } from 'zod';
import { without } from '../without.js';
import { entry, noDay, type IndexEntry } from './index-entry.js';
import { indexKeys } from './keys.js';
import type { IndexReader } from './reader.js';
import { rowIndexes } from './row-indexes.js';

/** A task of a department; without a case, a matter and a due day unless they are given. */
export type Task = Pick<InboxRow, 'department' | 'todo' | 'since' | 'state' | 'about'> &
  Partial<InboxRow> & {
    /** The first day on which it can be done: until then it is not shown. */
    readonly showFrom?: string;
  };

/** What every task of a case says, and the case's row has. */
const common = {
  caseNo: true,
  taskCode: true,
  matterVersion: true,
  matterName: true,
  state: true,
  about: true,
} as const;
type OfCase = Pick<InboxRow, keyof typeof common>;
const caseTaskSchema = inboxRowSchema.omit(common);

const general = {
  caseNo: null,
  taskCode: '',
  matterVersion: 0,
  matterName: null,
  step: null,
  due: null,
};

/** A task of a case, without what all of them say. */
export type CaseTask = z.output<typeof caseTaskSchema> & Pick<Task, 'showFrom'>;

/**
 * With every act the tasks of a case are written anew, so that they are kept without what all of them say: whoever reads them
 * takes that from the case's row.
 */
export function caseTaskEntries(
  { caseNo }: CaseRecord,
  matter: MatterContent | undefined,
  tasks: readonly CaseTask[],
): IndexEntry[] {
  return tasks.map((task) => {
    const { department, todo, due, step, showFrom } = task;
    const { stepName } = matterPart(matter, step);
    const row: CaseTask = stepName === undefined ? task : { ...task, stepName };
    const { inbox, inboxLater } = rowIndexes;
    const [index, day] = showFrom === undefined ? [inbox, due ?? noDay] : [inboxLater, showFrom];
    const key = indexKeys.entry(index.name, department, day, caseNo, todo, step ?? '');
    return entry(key, JSON.stringify(showFrom === undefined ? row : without(row, 'showFrom')));
  });
}

/** Reads tasks, those of cases with what their cases' rows have. */
export function taskReader(index: Pick<IndexReader, 'caseRow'>) {
  const cases = new Map<string, OfCase | undefined>();
  const ofCase = (caseNo: string) => {
    if (!cases.has(caseNo)) cases.set(caseNo, commonOf(index.caseRow(caseNo)));
    return cases.get(caseNo);
  };
  return (text: string, key: string): InboxRow | undefined => {
    const row = JSON.parse(text) as object;
    if ('about' in row) return inboxRowSchema.parse(row);
    const [caseNo = ''] = key.split('\u0000').slice(-3);
    const shared = ofCase(caseNo);
    return shared && { ...caseTaskSchema.parse(row), ...shared };
  };
}

function commonOf(row: CaseRow | undefined): OfCase | undefined {
  if (row === undefined) return undefined;
  const { caseNo, taskCode, matterVersion, matterName, state } = row;
  return { caseNo, taskCode, matterVersion, matterName, state, about: about('cases', caseNo) };
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
