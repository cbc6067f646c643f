import type { ShareRecord } from '@yici/chaincode/model';
import { unmatchedIn, type UnmatchedHalf } from '@yici/chaincode/model';
import { indexKeys } from './keys.js';
import { rangesOf } from './narrowed.js';
import { narrowedLists } from './narrowed-lists.js';
import type { Page, PageRequest } from './page.js';
import type { IndexReader } from './reader.js';
import { shareClockRowSchema, shareIndexNames, type ShareClockRow } from './sharing-entries.js';

export interface ShareFilter {
  readonly state?: string | undefined;
  readonly datasetId?: string | undefined;
  readonly provider?: string | undefined;
  readonly requester?: string | undefined;
}

/** Shares that a department is a party of, newest request first. */
export function listShares(
  index: IndexReader,
  view: string,
  filter: ShareFilter,
  request: PageRequest,
): Promise<Page<ShareRecord>> {
  const ranges = rangesOf(narrowedLists.shares, view, filter);
  const read = ([, id = '']: readonly string[]) => index.record('share', id);
  return index.common({ ranges, reverse: true, read }, request);
}

/** A share with halves that lack their other half. */
export interface UnmatchedShare {
  readonly shareId: string;
  readonly datasetId: string;
  readonly provider: string;
  readonly requester: string;
  readonly state: string;
  readonly halves: readonly UnmatchedHalf[];
}

/** Each one looked at costs a share and its grant, and what was granted lately is neither matched nor overdue yet. */
const mostLookedAt = 200;

/** What is unmatched on a day, newest request first: computed from the ledger's records of those that may be. */
export function listUnmatched(
  index: IndexReader,
  view: string,
  today: string,
  request: PageRequest,
): Promise<Page<UnmatchedShare>> {
  const read = ([, id = '']: readonly string[]): UnmatchedShare | undefined => {
    const share = index.record('share', id);
    if (share === undefined) return undefined;
    const { shareId, datasetId, provider, requester, state } = share;
    const halves = unmatchedIn(share, index.record('shareGrant', shareId), today);
    if (halves.length === 0) return undefined;
    return { shareId, datasetId, provider, requester, state, halves };
  };
  const ranges = rangesOf(narrowedLists.looseShares, view, {});
  return index.common({ ranges, reverse: true, work: mostLookedAt, read }, request);
}

/**
 * Running clocks of data sharing, soonest due first. The delivery of a grant whose share has ended or was suspended waits
 * for nobody: its record stands under provider's and requester's key and does not know.
 */
export function listShareClocks(
  index: IndexReader,
  view: string,
  request: PageRequest,
): Promise<Page<ShareClockRow>> {
  const read = (text: string) => {
    const row = shareClockRowSchema.parse(JSON.parse(text));
    if (row.what !== 'deliver' || row.shareId === null) return row;
    return index.record('share', row.shareId)?.state === 'GRANTED' ? row : undefined;
  };
  return index.page({ ...indexKeys.entries(shareIndexNames.clocks, view), read }, request);
}
