import type { About, InboxItem, InboxRow } from '@yici/api';
import {
  commands,
  dateOfDay,
  dayNumber,
  defaultWindowSeconds,
  departmentFunctions,
  passedFrom,
  shanghaiDate,
  todoCommands,
  warningDays,
  type DepartmentFunction,
  type Role,
} from '@yici/domain/model';
import type { Page, PageRequest, Scan } from '../store/page.js';
import { daySets, isWorkingBy, type DaySets } from './calendar-days.js';
import { attestedKey, urgedKey } from './case-inbox.js';
import { dueScan } from './due-list.js';
import { about, holderOfFunction, taskReader } from './inbox-entry.js';
import { everyView } from './index-entry.js';
import type { DueRow } from './model.js';
import type { IndexReader } from './reader.js';
import { rowIndexes } from './row-indexes.js';

/** An official, as the certificate names one. */
export interface Person {
  readonly role: string | null;
  readonly user: string;
}

/** Whose inbox is read, and when. */
export interface InboxView {
  readonly department: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Only what one of these can do. */
  readonly persons?: readonly Person[];
  /** Only what waits for the department itself: nothing of its functions, and nothing that anybody can do. */
  readonly itself?: true;
}

/**
 * The open tasks of a department: what time has brought, longest first; then what has a due day or none, soonest due first; then
 * what waits for its functions, and for any department. The supervision office's begin with the cards that may be raised now.
 */
export function listInbox(
  index: IndexReader,
  view: InboxView,
  request: PageRequest,
): Promise<Page<InboxItem>> {
  const { department } = view;
  const today = shanghaiDate(view.at);
  const shown = itemReader(index, view);
  const task = taskReader(index);
  const read = (text: string, key: string) => {
    const row = task(text, key);
    return row && shown(row);
  };
  const functions = view.itself === true ? [] : functionsOf(index, department);
  const later = rowIndexes.inboxLater.range(department);
  const scans: Scan<InboxItem>[] = [
    ...(functions.includes('supervision') ? [cardsToRaise(today, department, shown)] : []),
    { gte: later.gte, lt: `${later.gte}${today}\u0001`, read },
    { ...rowIndexes.inbox.range(department), read },
    ...functions.map((name) => ({
      ...rowIndexes.inbox.range(holderOfFunction(name)),
      read,
    })),
    ...(view.itself === true ? [] : [{ ...rowIndexes.inbox.range(everyView), read }]),
  ];
  return index.chained(scans, request);
}

export const functionsOf = (
  index: IndexReader,
  department: string,
): readonly DepartmentFunction[] =>
  departmentFunctions.filter(
    (name) => index.record('functionHolder', name)?.department === department,
  );

type Shown = (row: InboxRow) => InboxItem | undefined;

/** Completes rows; one that is nobody's of this view, or cannot be done any more, gives nothing. */
function itemReader(index: IndexReader, view: InboxView): Shown {
  const { department, at } = view;
  const days = daysOf(index);
  const today = shanghaiDate(at);
  return (given) => {
    const row = { ...given, roles: given.roles ?? rolesOf[given.todo] };
    if (!isShown(row, view, today) || isAttested(index, given)) return undefined;
    const { due } = row;
    const datasetName = datasetOf(index, row)?.name;
    const left = due === null ? null : days.left(today, due);
    return {
      ...{ ...row, department, left, light: lightOf(row, left, at) },
      ...(datasetName === undefined ? {} : { datasetName }),
      from: due === null ? null : passedFrom(due, days.window(due)),
      ...urgedSince(index, { ...row, department }),
    };
  };
}

/** The data set that a row names, or that the share which it is about is of: a dispute's does not repeat it. */
function datasetOf(index: IndexReader, { datasetId, shareId = '' }: InboxRow) {
  return index.record('dataset', datasetId ?? index.record('share', shareId)?.datasetId ?? '');
}

function isShown(
  row: InboxRow & { readonly roles: Role[] },
  { department, persons }: InboxView,
  today: string,
): boolean {
  const { until = today, notOf = [] } = row;
  if (until < today || notOf.includes(department)) return false;
  return persons === undefined || persons.some((person) => isFor(row, person));
}

/** It is attested already, or the data set has another source by now. */
function isAttested(
  index: IndexReader,
  { todo, caseNo, datasetId = '', department }: InboxRow,
): boolean {
  if (todo !== 'issueAttestation') return false;
  if (index.record('dataset', datasetId)?.sourceDepartment !== department) return true;
  return index.hasEntry(attestedKey(caseNo ?? '', datasetId));
}

// Object.fromEntries forgets the names of what it was given.
/** Who may send a command of a task, by the commands' own roles. */
const rolesOf = Object.fromEntries(
  Object.entries(todoCommands).map(([todo, names]) => {
    const all = names.flatMap((name): readonly Role[] => commands[name].roles);
    return [todo, [...new Set(all)]];
  }),
) as Readonly<Record<InboxRow['todo'], Role[]>>;

function isFor(
  { roles, persons, notBy = [] }: Pick<InboxRow, 'persons' | 'notBy'> & { readonly roles: Role[] },
  { role, user }: Person,
): boolean {
  const isOneOf = roles.some((one) => one === role) && !notBy.includes(user);
  return isOneOf && (persons === undefined || persons.includes(user));
}

/** A reminder counts for what waited already when it came. */
function urgedSince(
  index: IndexReader,
  { department, caseNo, since }: InboxRow,
): Pick<InboxItem, 'urgedAt'> {
  const text = caseNo === null ? undefined : index.entryText(urgedKey(department, caseNo));
  const urgedAt: unknown = text === undefined ? undefined : JSON.parse(text);
  return typeof urgedAt === 'string' && urgedAt >= since ? { urgedAt } : {};
}

/**
 * As cards are: red once the limit has passed, yellow when a tenth of it is left, at least one working day. A limit in minutes
 * has no yellow, one that a special procedure holds has neither.
 */
function lightOf(
  { limitDays, dueAt, due }: Pick<InboxRow, 'limitDays' | 'dueAt' | 'due'>,
  left: number | null,
  at: string,
): InboxItem['light'] {
  if (due === null || left === null) return null;
  if (dueAt !== undefined) return at > dueAt ? 'red' : 'green';
  if (left < 0) return 'red';
  if (limitDays === undefined) return 'green';
  return left <= warningDays(limitDays) ? 'yellow' : 'green';
}

/** Working days by the calendars in force, each year's looked up once. */
function daysOf(index: IndexReader) {
  const years = new Map<string, { days: DaySets; window: number }>();
  const yearOf = (date: string) => {
    const year = date.slice(0, 4);
    const known = years.get(year);
    if (known !== undefined) return known;
    const days = index.record('calendar', year)?.inForce?.days;
    const found = { days: daySets(days), window: days?.windowSeconds ?? defaultWindowSeconds };
    years.set(year, found);
    return found;
  };
  const isWorkingDay = (date: string): boolean => isWorkingBy(yearOf(date).days, date);
  return {
    /** As the calendar of the day after says, by which the contract judges the act (calendar/passed.ts there). */
    window: (due: string): number => yearOf(dateOfDay(dayNumber(due) + 1)).window,
    left: (today: string, due: string): number =>
      due >= today
        ? between(today, due, isWorkingDay)
        : -Math.max(1, between(due, today, isWorkingDay)),
  };
}

/** Working days after the first day, up to the last. */
function between(first: string, last: string, isWorkingDay: (date: string) => boolean): number {
  let count = 0;
  for (let day = dayNumber(first) + 1; day <= dayNumber(last); day += 1) {
    if (isWorkingDay(dateOfDay(day))) count += 1;
  }
  return count;
}

/** The cards that are due: anybody may raise one; for the supervision office they wait. */
function cardsToRaise(today: string, department: string, shown: Shown): Scan<InboxItem> {
  return dueScan(today, (row, from) => {
    const { command, redFrom } = row;
    if (command !== 'card.raise' && command !== 'card.raiseOther') return undefined;
    const colour = redFrom !== null && today >= redFrom ? 'red' : 'yellow';
    return shown({ ...cardRow(row, from), department, state: colour });
  });
}

function cardRow({ input }: DueRow, from: string): Omit<InboxRow, 'department' | 'state'> {
  const given = (field: string) => {
    const value = input[field];
    return typeof value === 'string' ? value : undefined;
  };
  const caseNo = given('caseNo') ?? null;
  const {
    shareId,
    datasetId,
    taskCode = caseNo?.split('-')[0] ?? '',
  } = {
    ...{ shareId: given('shareId'), datasetId: given('datasetId'), taskCode: given('taskCode') },
  };
  return {
    ...{ todo: 'raiseCard', caseNo, taskCode, matterVersion: 0, matterName: null, due: null },
    step: [given('what'), given('step')].filter((part) => part !== undefined).join('/'),
    since: new Date(`${from}T00:00:00+08:00`).toISOString(),
    about: aboutCard(given),
    ...(shareId === undefined ? {} : { shareId }),
    ...(datasetId === undefined ? {} : { datasetId }),
  };
}

/** What the card is about, by the first of these that its command names. */
function aboutCard(given: (field: string) => string | undefined): About {
  const places = [
    ['caseNo', 'cases'],
    ['shareId', 'shares'],
    ['rulingId', 'duty-rulings'],
    ['taskCode', 'matters'],
    ['datasetId', 'datasets'],
  ] as const;
  const place = places.find(([field]) => given(field) !== undefined);
  return about(place?.[1] ?? '', given(place?.[0] ?? '') ?? '');
}
