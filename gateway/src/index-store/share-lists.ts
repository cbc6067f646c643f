import type { ShareClockRow, UnmatchedShare } from '@yici/api';
import { unmatchedIn } from '@yici/domain/model';
import { indexKeys } from './keys.js';
import type { Page, PageRequest } from '../store/page.js';
import type { IndexReader } from './reader.js';
import { keyIndexes, rowIndexes } from './row-indexes.js';

/** What is unmatched on a day; what came to be so last comes first. */
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
  const ranges = [indexKeys.entries(keyIndexes.unmatched, view).gte];
  return index.common({ ranges, to: `${today}\u0001`, reverse: true, read }, request);
}

/** Running clocks of data sharing, soonest due first. */
export function listShareClocks(
  index: IndexReader,
  view: string,
  request: PageRequest,
): Promise<Page<ShareClockRow>> {
  const { range, read } = rowIndexes.shareClocks;
  return index.page({ ...range(view), read }, request);
}
