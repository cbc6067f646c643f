import type { matterReads, oneThingReads } from '@yici/api';
import type { OneThingCaseRecord, ReviewRecord } from '@yici/domain/model';
import type { z } from 'zod';
import { everyView } from './index-entry.js';
import { indexKeys } from './keys.js';
import { rangesOf } from './narrowed.js';
import { recordLists } from './narrowed-lists.js';
import type { Page, PageRequest } from '../store/page.js';
import type { IndexReader } from './reader.js';
import { keyIndexes, rowIndexes } from './row-indexes.js';

type Paging = 'limit' | 'cursor';
type ReviewFilter = Omit<z.output<(typeof matterReads)['reviews.list']['query']>, Paging>;
type OneThingQuery = z.output<(typeof oneThingReads)['oneThingCases.list']['query']>;

/** Reviews of matters whose duty changed, soonest due first; `department` is the owner or the cosigning office. */
export function listReviews(
  index: IndexReader,
  { status, department = everyView, dueTo }: ReviewFilter,
  request: PageRequest,
): Promise<Page<ReviewRecord>> {
  const range = rowIndexes.reviews.range(department, status);
  const lt = dueTo === undefined ? range.lt : `${range.gte}${dueTo}\u0001`;
  return index.page({ gte: range.gte, lt, read: rowIndexes.reviews.read }, request);
}

/** Filed one things that a department takes part in, newest first; `due`: whether their next parts can be opened. */
export function listOneThingCases(
  index: IndexReader,
  view: string,
  { due, ...filter }: Omit<OneThingQuery, Paging>,
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
