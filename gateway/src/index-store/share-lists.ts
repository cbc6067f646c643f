import type { ShareRecord } from '@yici/chaincode/model';
import { unmatchedIn, type UnmatchedHalf } from '@yici/chaincode/model';
import { indexKeys } from './keys.js';
import { rangesOf } from './narrowed.js';
import { narrowedLists } from './narrowed-lists.js';
import type { Page, PageRequest } from '../store/page.js';
import type { IndexReader } from './reader.js';
import { shareClockRowSchema, shareIndexNames, type ShareClockRow } from './share-clock-entries.js';
import { unmatchedIndex } from './unmatched-entries.js';

interface ShareFilter {
  readonly state?: string | undefined;
  readonly datasetId?: string | undefined;
  readonly provider?: string | undefined;
  readonly requester?: string | undefined;
}

/** Shares of which a department is a party, newest request first. */
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
interface UnmatchedShare {
  readonly shareId: string;
  readonly datasetId: string;
  readonly provider: string;
  readonly requester: string;
  readonly state: string;
  readonly halves: readonly UnmatchedHalf[];
}

/** Shares with records whose counterpart is missing on a day, most recent first. */
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
    return { shareId, datasetId, provider, requester, state, halves };
  };
  const ranges = [indexKeys.entries(unmatchedIndex, view).gte];
  return index.common({ ranges, to: `${today}\u0001`, reverse: true, read }, request);
}

/** Running clocks of data sharing, soonest due first. */
export function listShareClocks(
  index: IndexReader,
  view: string,
  request: PageRequest,
): Promise<Page<ShareClockRow>> {
  const read = (text: string) => shareClockRowSchema.parse(JSON.parse(text));
  return index.page({ ...indexKeys.entries(shareIndexNames.clocks, view), read }, request);
}
