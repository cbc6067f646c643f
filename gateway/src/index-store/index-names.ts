import { inboxIndex } from './inbox-entry.js';

/**
 * Names of the indexes that are not in {@link narrowedLists}; their fields in order stand beside each.
 */
export const indexNames = {
  /** view, caseNo in the order of numbers: it begins with the task code. The row stands under the view of all. */
  casesByNumber: 'case.no',
  /** department, due day, id, todo, step */
  inbox: inboxIndex,
  /** view, status, due day, task code, version, duty version: reviews of matters */
  reviews: 'review.due',
  /** digest, department, txId: acts of a department that name a document */
  documentActs: 'document.act',
} as const;
