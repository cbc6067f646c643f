import type { OneThingCaseRecord } from '@yici/chaincode/model';
import { everyView, keyOnly, type IndexEntry } from './index-entry.js';
import { indexKeys } from './keys.js';

/**
 * The index of filed one things by whether there is anything to move on: view, true or false, instant of submission, number.
 * It ends as their other lists do.
 */
export const movesIndex = 'oneThing.move';

export function moveEntries(record: OneThingCaseRecord, moves: boolean): IndexEntry[] {
  const { parties, submittedAt, no } = record;
  return [everyView, ...parties].map((view) =>
    keyOnly(indexKeys.entry(movesIndex, view, String(moves), submittedAt, no)),
  );
}
