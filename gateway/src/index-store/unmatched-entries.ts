import { unmatchedFrom, type ShareGrantRecord, type ShareRecord } from '@yici/chaincode/model';
import { everyView, keyOnly, type IndexEntry } from './index-entry.js';
import { indexKeys } from './keys.js';

/**
 * The index of shares with a half that lacks its other half: view, the first day on which one counts as lacking, share id.
 * What nobody has done by its day appears by itself when the day comes: a page ends at today.
 */
export const unmatchedIndex = 'share.unmatched';

export function unmatchedEntries(
  record: ShareRecord,
  grant: ShareGrantRecord | undefined,
): IndexEntry[] {
  const days = unmatchedFrom(record, grant).map(({ from }) => from);
  const [first] = days.sort();
  if (first === undefined) return [];
  const views = new Set([everyView, ...record.parties]);
  return [...views].map((view) =>
    keyOnly(indexKeys.entry(unmatchedIndex, view, first, record.shareId)),
  );
}
