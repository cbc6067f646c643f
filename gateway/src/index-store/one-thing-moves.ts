import type { OneThingCaseRecord } from '@yici/domain/model';
import { everyView, keyOnly, type IndexEntry } from './index-entry.js';
import { indexKeys } from './keys.js';

/**
 * Index of filed one things by whether parts can be opened: view, true or false, instant of submission, number. Its
 * suffix is that of the other lists.
 */
export const movesIndex = 'oneThing.move';

export function moveEntries(record: OneThingCaseRecord, moves: boolean): IndexEntry[] {
  const { parties, submittedAt, no } = record;
  return [everyView, ...parties].map((view) =>
    keyOnly(indexKeys.entry(movesIndex, view, String(moves), submittedAt, no)),
  );
}
