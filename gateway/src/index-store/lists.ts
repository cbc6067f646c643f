import type { AttestationRecord } from '@yici/chaincode/model';
import { GatewayError } from '../errors.js';
import { everyView } from './index-entry.js';
import { indexNames } from './index-names.js';
import { fromNumberOrder, indexKeys } from './keys.js';
import { rangesOf } from './narrowed.js';
import { narrowedLists } from './narrowed-lists.js';
import type { Page, PageRequest } from '../store/page.js';
import type { IndexReader } from './reader.js';
import type { CaseRow } from './rows.js';

export const caseSorts = [
  '-submittedAt',
  'submittedAt',
  'dueOn',
  '-dueOn',
  'caseNo',
  '-caseNo',
] as const;
type CaseSort = (typeof caseSorts)[number];

interface CaseFilter {
  readonly state?: string | undefined;
  readonly department?: string | undefined;
  readonly applicant?: string | undefined;
  readonly owner?: string | undefined;
  readonly taskCode?: string | undefined;
  readonly dueFrom?: string | undefined;
  readonly dueTo?: string | undefined;
}

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
    const ranges = views.map((view) => indexKeys.entries(indexNames.casesByNumber, view).gte);
    const { taskCode } = filter;
    // The hyphen ends the task code; U+002E is the next character.
    return taskCode === undefined
      ? { ranges }
      : { ranges, from: `${taskCode}-`, to: `${taskCode}.` };
  }
  const { casesByDue, casesBySubmission } = narrowedLists;
  const list = sort.endsWith('dueOn') ? casesByDue : casesBySubmission;
  const { dueFrom: from, dueTo } = filter;
  return {
    ranges: views.flatMap((view) => rangesOf(list, view, filter)),
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

export interface AttestationFilter {
  readonly caseNo?: string | undefined;
  readonly datasetId?: string | undefined;
  readonly status?: string | undefined;
  readonly issuer?: string | undefined;
  readonly requester?: string | undefined;
}

/** Attestations that a department issued or asked for, newest first. */
export function listAttestations(
  index: IndexReader,
  view: string,
  filter: Omit<AttestationFilter, 'caseNo'>,
  request: PageRequest,
): Promise<Page<AttestationRecord>> {
  return index.common(
    {
      ranges: rangesOf(narrowedLists.attestations, view, filter),
      reverse: true,
      read: ([, id = '']) => index.record('attestation', id),
    },
    request,
  );
}

export function attestationMatches(record: AttestationRecord, filter: AttestationFilter): boolean {
  return (['caseNo', 'datasetId', 'status', 'issuer', 'requester'] as const).every(
    (field) => filter[field] === undefined || filter[field] === record[field],
  );
}
