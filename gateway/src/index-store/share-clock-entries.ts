import {
  shareClocks,
  type ChallengeRecord,
  type DatasetRecord,
  type DatasetVersionRecord,
  type ShareGrantRecord,
  type ShareRecord,
} from '@yici/domain/model';
import {
  everyView,
  holderOf,
  type IndexEntry,
  type RecordLookup,
  type Surroundings,
} from './index-entry.js';
import { rowIndexes } from './row-indexes.js';
import { sharingInbox } from './share-inbox.js';

type Timed =
  ShareRecord | ShareGrantRecord | ChallengeRecord | DatasetRecord | DatasetVersionRecord;

/** The running clocks of a record, for the departments that have to act and for viewers of all. */
export function clockEntries(record: Timed, { lookup }: Surroundings): IndexEntry[] {
  const ids = {
    datasetId: record.datasetId,
    shareId: 'shareId' in record ? record.shareId : null,
    challengeId: 'challengeId' in record ? record.challengeId : null,
  };
  const id = [record.kind, ids.shareId ?? ids.datasetId, ids.challengeId ?? ''].join('/');
  const lead = record.kind === 'datasetVersion' ? leadOf(lookup) : '';
  // Clocks of a share and its grant are indexed with the share, which knows both.
  const ofShare = record.kind === 'share' || record.kind === 'shareGrant';
  const inbox = ofShare ? [] : sharingInbox(record, lead);
  const clocks = shareClocks(record, lead).flatMap((clock) => {
    const end = [clock.dueOn, clock.what, id];
    return rowIndexes.shareClocks.entries({ ...clock, ...ids }, [
      [everyView, ...end],
      [clock.department, ...end],
    ]);
  });
  return [...clocks, ...inbox];
}

/** The department that currently reviews catalogue entries. */
export const leadOf = (lookup: RecordLookup): string => holderOf(lookup, 'leadAuthority') ?? '';
