import {
  oneThingCaseRecord,
  reviewRecord,
  type OneThingCaseRecord,
  type ReviewRecord,
} from '@yici/chaincode/model';
import { everyView, indexNames } from './entries.js';
import { indexKeys } from './keys.js';
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

/** Filed one things that a department takes part in, newest first. */
export function listOneThingCases(
  index: IndexReader,
  view: string,
  keep: (record: OneThingCaseRecord) => boolean,
  request: PageRequest,
): Promise<Page<OneThingCaseRecord>> {
  return index.page(
    {
      ...indexKeys.entries(indexNames.oneThingCases, view),
      reverse: true,
      read: (text) => {
        const record = oneThingCaseRecord.parse(JSON.parse(text));
        return keep(record) ? record : undefined;
      },
    },
    request,
  );
}
