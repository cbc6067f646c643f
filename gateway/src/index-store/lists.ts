import { attestationRecord, type AttestationRecord } from '@yici/chaincode/model';
import { everyView, indexNames } from './entries.js';
import { indexKeys } from './keys.js';
import type { Page, PageRequest } from './page.js';
import type { IndexReader } from './reader.js';
import { caseRowSchema, inboxRowSchema, type CaseRow, type InboxRow } from './rows.js';

export const caseSorts = [
  '-submittedAt',
  'submittedAt',
  'dueOn',
  '-dueOn',
  'caseNo',
  '-caseNo',
] as const;
export type CaseSort = (typeof caseSorts)[number];

export interface CaseFilter {
  readonly state?: string | undefined;
  readonly department?: string | undefined;
  readonly applicant?: string | undefined;
  readonly owner?: string | undefined;
  readonly taskCode?: string | undefined;
  readonly dueFrom?: string | undefined;
  readonly dueTo?: string | undefined;
}

/**
 * Cases as a viewer sees them: `view` is a department's id or {@link everyView}. The narrowest index that has the
 * wanted order is scanned; what it does not narrow is filtered row by row.
 */
export function listCases(
  index: IndexReader,
  view: string,
  filter: CaseFilter,
  sort: CaseSort,
  request: PageRequest,
): Promise<Page<CaseRow>> {
  // Whoever sees all and asks for one department has that department's own index.
  const narrowed = view === everyView ? (filter.department ?? everyView) : view;
  return index.page(
    {
      ...caseRange(narrowed, filter, sort),
      reverse: sort.startsWith('-'),
      read: (text) => {
        const row = caseRowSchema.parse(JSON.parse(text));
        return caseMatches(row, filter) ? row : undefined;
      },
    },
    request,
  );
}

function caseRange(view: string, filter: CaseFilter, sort: CaseSort) {
  if (sort.endsWith('caseNo')) {
    const range = indexKeys.entries(indexNames.casesByNumber, view);
    if (filter.taskCode === undefined) return range;
    // The hyphen ends the task code, U+002E is the next character.
    return { gte: `${range.gte}${filter.taskCode}-`, lt: `${range.gte}${filter.taskCode}.` };
  }
  if (sort.endsWith('dueOn')) return dueRange(view, filter);
  return filter.state === undefined
    ? indexKeys.entries(indexNames.casesBySubmission, view)
    : indexKeys.entries(indexNames.casesByState, view, filter.state);
}

function dueRange(view: string, filter: CaseFilter) {
  const range = indexKeys.entries(indexNames.casesByDue, view);
  return {
    gte: range.gte + (filter.dueFrom ?? ''),
    lt: filter.dueTo === undefined ? range.lt : `${range.gte}${filter.dueTo}\u0001`,
  };
}

function caseMatches(row: CaseRow, filter: CaseFilter): boolean {
  const { department, dueFrom, dueTo } = filter;
  const exact = (['state', 'applicant', 'owner', 'taskCode'] as const).every(
    (field) => filter[field] === undefined || filter[field] === row[field],
  );
  return (
    exact &&
    (department === undefined || row.parties.includes(department)) &&
    (dueFrom === undefined || (row.dueOn !== null && row.dueOn >= dueFrom)) &&
    (dueTo === undefined || (row.dueOn !== null && row.dueOn <= dueTo))
  );
}

/** What waits for a department, soonest first. */
export function listInbox(
  index: IndexReader,
  department: string,
  request: PageRequest,
): Promise<Page<InboxRow>> {
  const read = (text: string) => inboxRowSchema.parse(JSON.parse(text));
  return index.page({ ...indexKeys.entries(indexNames.inbox, department), read }, request);
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
  filter: AttestationFilter,
  request: PageRequest,
): Promise<Page<AttestationRecord>> {
  return index.page(
    {
      ...indexKeys.entries(indexNames.attestations, view),
      reverse: true,
      read: (text) => {
        const record = attestationRecord.parse(JSON.parse(text));
        return attestationMatches(record, filter) ? record : undefined;
      },
    },
    request,
  );
}

export function attestationMatches(record: AttestationRecord, filter: AttestationFilter): boolean {
  return (['caseNo', 'datasetId', 'status', 'issuer', 'requester'] as const).every(
    (field) => filter[field] === undefined || filter[field] === record[field],
  );
}
