import {
  challengeRecord,
  datasetRecord,
  datasetVersionRecord,
  disputeRecord,
  keyKinds,
  shareRecord,
  type ChallengeRecord,
  type DatasetRecord,
  type DatasetVersionRecord,
  type ShareRecord,
} from '@yici/domain/model';
import {
  indexer,
  type IndexEntry,
  type Indexer,
  type RecordLookup,
} from '../index-store/index-entry.js';
import {
  challengeDue,
  datasetDue,
  datasetVersionDue,
  shareWaits,
} from '../index-store/due-others.js';
import { datasetFacts } from '../facts/catalogue-facts.js';
import { factEntries } from '../facts/fact.js';
import { withFacts } from '../facts/indexers.js';
import { challengeFacts, disputeFacts, shareFacts } from '../facts/sharing-facts.js';
import { clockEntries } from '../index-store/share-clock-entries.js';
import { shareInLists } from '../index-store/narrowed-lists.js';
import { disputeInbox } from '../index-store/share-inbox.js';

export const sharingIndexers: readonly (readonly [string, Indexer])[] = [
  [keyKinds.share.objectType, indexer(shareRecord, withFacts(shareEntries, shareFacts))],
  [
    keyKinds.challenge.objectType,
    indexer(challengeRecord, withFacts(challengeEntries, challengeFacts)),
  ],
  [keyKinds.dataset.objectType, indexer(datasetRecord, withFacts(datasetEntries, datasetFacts))],
  [
    keyKinds.dispute.objectType,
    indexer(disputeRecord, (record) => [
      ...disputeInbox(record),
      ...factEntries(disputeFacts(record)),
    ]),
  ],
  [keyKinds.datasetVersion.objectType, indexer(datasetVersionRecord, datasetVersionEntries)],
];

function shareEntries(record: ShareRecord, lookup: RecordLookup, until: string): IndexEntry[] {
  return [
    ...shareInLists(record),
    ...clockEntries(record, lookup),
    ...shareWaits(record, lookup, until),
  ];
}

function challengeEntries(
  record: ChallengeRecord,
  lookup: RecordLookup,
  until: string,
): IndexEntry[] {
  return [...clockEntries(record, lookup), ...challengeDue(record, lookup, until)];
}

function datasetEntries(record: DatasetRecord, lookup: RecordLookup, until: string): IndexEntry[] {
  return [...clockEntries(record, lookup), ...datasetDue(record, lookup, until)];
}

function datasetVersionEntries(
  record: DatasetVersionRecord,
  lookup: RecordLookup,
  until: string,
): IndexEntry[] {
  return [...clockEntries(record, lookup), ...datasetVersionDue(record, lookup, until)];
}
