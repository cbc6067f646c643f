import type { OneThingCaseRecord, ReviewRecord } from '@yici/domain/model';
import { everyView } from './index-entry.js';
import { indexKeys } from './keys.js';
import { rangesOf } from './narrowed.js';
import { recordLists } from './narrowed-lists.js';
import type { Page, PageRequest } from '../store/page.js';
import type { IndexReader } from './reader.js';
import { keyIndexes, rowIndexes } from './row-indexes.js';

interface ReviewFilter {
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
  const range = rowIndexes.reviews.range(department, status);
  const lt = dueTo === undefined ? range.lt : `${range.gte}${dueTo}\u0001`;
  return index.page({ gte: range.gte, lt, read: rowIndexes.reviews.read }, request);
}

interface OneThingCaseFilter {
  readonly code?: string | undefined;
  readonly status?: OneThingCaseRecord['status'] | undefined;
  readonly applicant?: string | undefined;
  /** Whether the next parts can be opened because of their parts' cases. */
  readonly due?: boolean | undefined;
}

/** Filed one things that a department takes part in, newest first. */
export function listOneThingCases(
  index: IndexReader,
  view: string,
  { due, ...filter }: OneThingCaseFilter,
  request: PageRequest,
): Promise<Page<OneThingCaseRecord>> {
  const moving =
    due === undefined ? [] : [indexKeys.entries(keyIndexes.moves, view, String(due)).gte];
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  const narrowed = rangesOf(recordLists.oneThingCases, view, filter);
  return index.common(
    {
      ranges: isNarrowed || due === undefined ? [...moving, ...narrowed] : moving,
      reverse: true,
      read: ([, no = '']) => index.record('oneThingCase', no),
    },
    request,
  );
}
