import { unmatchedFrom, type ShareGrantRecord, type ShareRecord } from '@yici/domain/model';
import { everyView, keyOnly, type IndexEntry } from './index-entry.js';
import { indexKeys } from './keys.js';

/**
 * Index of shares with unmatched halves: view, the first day on which a half counts as missing, share id. An entry with
 * a future day becomes visible on that day, since pages end at today.
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
