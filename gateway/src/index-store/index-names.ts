import { inboxIndex } from './inbox-entry.js';

/** Names of the indexes that are not in narrowed-lists.ts; the comment gives their fields in order. */
export const indexNames = {
  /** view, caseNo in numeric order (it starts with the task code). The row is stored under the view of all. */
  casesByNumber: 'case.no',
  /** department, due day, id, todo, step */
  inbox: inboxIndex,
  /** view, status, due day, task code, version, duty version: reviews of matters */
  reviews: 'review.due',
  /** digest, department, txId: acts of a department that name a document */
  documentActs: 'document.act',
} as const;
