import { reviewRecord, type OneThingCaseRecord, type ReviewRecord } from '@yici/chaincode/model';
import { everyView, indexNames } from './entries.js';
import { indexKeys } from './keys.js';
import { rangesOf } from './narrowed.js';
import { narrowedLists } from './narrowed-lists.js';
import type { Page, PageRequest } from './page.js';
import type { IndexReader } from './reader.js';

export interface ReviewFilter {
  readonly status: ReviewRecord['status'];
  /** Owner or cosigning office. */
  readonly department?: string | undefined;
  readonly dueTo?: string | undefined;
}

/** Reviews of matters whose duty changed, soonest due first. */
export function listReviews(
  index: IndexReader,
  { status, department = everyView, dueTo }: ReviewFilter,
  request: PageRequest,
): Promise<Page<ReviewRecord>> {
  const range = indexKeys.entries(indexNames.reviews, department, status);
  const lt = dueTo === undefined ? range.lt : `${range.gte}${dueTo}\u0001`;
  const read = (text: string) => reviewRecord.parse(JSON.parse(text));
  return index.page({ gte: range.gte, lt, read }, request);
}

export interface OneThingCaseFilter {
  readonly code?: string | undefined;
  readonly status?: OneThingCaseRecord['status'] | undefined;
  readonly applicant?: string | undefined;
}

/** Each one looked at costs the records of all its parts' cases. */
const mostGraphs = 200;

/**
 * Filed one things that a department takes part in, newest first. `keep` looks at their parts' cases, which only those
 * still open are worth.
 */
export function listOneThingCases(
  index: IndexReader,
  view: string,
  filter: OneThingCaseFilter,
  request: PageRequest,
  keep?: (record: OneThingCaseRecord) => boolean,
): Promise<Page<OneThingCaseRecord>> {
  return index.common(
    {
      ranges: rangesOf(narrowedLists.oneThingCases, view, filter),
      reverse: true,
      ...(keep === undefined ? {} : { work: mostGraphs }),
      read: ([, no = '']) => {
        const record = index.record('oneThingCase', no);
        return record !== undefined && keep?.(record) !== false ? record : undefined;
      },
    },
    request,
  );
}
