import type { ShareClockRow } from '@yici/api';
import {
  shareClocks,
  type ChallengeRecord,
  type DatasetRecord,
  type DatasetVersionRecord,
  type ShareGrantRecord,
  type ShareRecord,
} from '@yici/domain/model';
import {
  entry,
  everyView,
  holderOf,
  type IndexEntry,
  type RecordLookup,
  type Surroundings,
} from './index-entry.js';
import { indexKeys } from './keys.js';
import { sharingInbox } from './share-inbox.js';

/** Names of the indexes of data sharing; the comment gives their fields in order. */
export const shareIndexNames = {
  /** view, due day, what, the record's id */
  clocks: 'share.clock',
} as const;

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
    const row: ShareClockRow = { ...clock, ...ids };
    const value = JSON.stringify(row);
    return [everyView, clock.department].map((view) =>
      entry(indexKeys.entry(shareIndexNames.clocks, view, clock.dueOn, clock.what, id), value),
    );
  });
  return [...clocks, ...inbox];
}

/** The department that currently reviews catalogue entries. */
export const leadOf = (lookup: RecordLookup): string => holderOf(lookup, 'leadAuthority') ?? '';
