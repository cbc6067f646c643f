import type { caseReads, CaseRow, CaseSort } from '@yici/api';
import type { RecordKind, RecordOf } from '@yici/domain/model';
import type { z } from 'zod';
import { GatewayError } from '../errors.js';
import { everyView } from './index-entry.js';
import { fromNumberOrder, indexKeys } from './keys.js';
import { rangesOf, type RecordList, type Values } from './narrowed.js';
import { caseLists } from './narrowed-lists.js';
import type { Page, PageRequest } from '../store/page.js';
import { without } from '../without.js';
import type { IndexReader } from './reader.js';
import { keyIndexes } from './row-indexes.js';

type CaseQuery = z.output<(typeof caseReads)['cases.list']['query']>;
type CaseFilter = Omit<CaseQuery, 'limit' | 'cursor' | 'sort'>;

/**
 * Cases visible to a viewer: `view` is a department's id or {@link everyView}. Default order: newest first, with a due
 * day soonest due first. The list by due day contains only cases with a pending act that has one.
 * @throws GatewayError SORT_NOT_OFFERED when no index has that order for that filter, CURSOR_INVALID
 */
export function listCases(
  index: IndexReader,
  view: string,
  filter: CaseFilter,
  given: CaseSort | undefined,
  request: PageRequest,
): Promise<Page<CaseRow>> {
  const byDay = filter.dueFrom !== undefined || filter.dueTo !== undefined;
  const sort = given ?? (byDay ? 'dueOn' : '-submittedAt');
  assertOffered(filter, sort, byDay);
  // A viewer of all cases who filters by a department uses that department's lists.
  const { department = view } = filter;
  const views = new Set(view === everyView ? [department] : [view, department]);
  return index.common(
    {
      ...caseRanges([...views], filter, sort),
      reverse: sort.startsWith('-'),
      read: (end) => index.caseRow(fromNumberOrder(end.at(-1) ?? '')),
    },
    request,
  );
}

function caseRanges(views: readonly string[], filter: CaseFilter, sort: CaseSort) {
  if (sort.endsWith('caseNo')) {
    const ranges = views.map((view) => indexKeys.entries(keyIndexes.casesByNumber, view).gte);
    const { taskCode } = filter;
    // The hyphen ends the task code; U+002E is the next character.
    return taskCode === undefined
      ? { ranges }
      : { ranges, from: `${taskCode}-`, to: `${taskCode}.` };
  }
  const list = sort.endsWith('dueOn') ? caseLists.byDue : caseLists.bySubmission;
  const { dueFrom: from, dueTo, ...others } = filter;
  // The department is whose view it is.
  const narrowing = without(others, 'department');
  return {
    ranges: views.flatMap((view) => rangesOf(list, view, narrowing)),
    from,
    to: dueTo === undefined ? undefined : `${dueTo}\u0001`,
  };
}

function assertOffered(filter: CaseFilter, sort: CaseSort, byDay: boolean): void {
  const unordered = sort.endsWith('caseNo')
    ? (['state', 'applicant', 'owner'] as const).filter((field) => filter[field] !== undefined)
    : [];
  if (unordered.length === 0 && (!byDay || sort.endsWith('dueOn'))) return;
  throw new GatewayError(
    'SORT_NOT_OFFERED',
    'Cases are sorted by number only for a task code or a department, and within due days only by these.',
    { details: { sort, filters: Object.keys(filter) } },
  );
}

/** What a viewer sees of a list, the newest first, narrowed by any of its fields. `view`: a department's id or {@link everyView}. */
export function listNarrowed<K extends RecordKind, Field extends string>(
  index: IndexReader,
  list: RecordList<K, Field>,
  view: string,
  filter: Values<Field>,
  request: PageRequest,
): Promise<Page<RecordOf<K>>> {
  const ranges = rangesOf(list, view, filter);
  const read = ([, ...key]: readonly string[]) => index.record(list.kind, ...key);
  return index.common({ ranges, reverse: true, read }, request);
}
