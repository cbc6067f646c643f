import {
  challengeRecord,
  datasetRecord,
  datasetVersionRecord,
  disputeRecord,
  functionHolderRecord,
  keyKinds,
  shareGrantRecord,
  shareRecord,
  type ChallengeRecord,
  type DatasetRecord,
  type DatasetVersionRecord,
  type ShareGrantRecord,
  type ShareRecord,
} from '@yici/chaincode/model';
import { shareClocks } from '@yici/chaincode/model';
import { z } from 'zod';
import {
  everyView,
  indexer,
  type IndexEntry,
  type Indexer,
  type RecordLookup,
} from './index-entry.js';
import { challengeDue, shareWaits } from './due-others.js';
import { datasetFacts } from '../stats/catalogue-facts.js';
import { factEntries } from '../stats/fact.js';
import { withFacts } from '../stats/indexers.js';
import { challengeFacts, disputeFacts, shareFacts } from '../stats/sharing-facts.js';
import { indexKeys } from './keys.js';
import { shareInLists } from './narrowed-lists.js';
import { sharingInbox } from './share-inbox.js';

/** Names of the indexes of data sharing; their fields in order stand beside each. */
export const shareIndexNames = {
  /** view, due day, what, the record's id */
  clocks: 'share.clock',
} as const;

/** One running clock of data sharing, with what it is about. */
export const shareClockRowSchema = z.strictObject({
  what: z.enum(['reply', 'deliver', 'answerChallenge', 'mend', 'dispose', 'update', 'review']),
  /** Who has to act. */
  department: z.string(),
  startedOn: z.string(),
  dueOn: z.string(),
  limitDays: z.number().int(),
  datasetId: z.string(),
  shareId: z.string().nullable(),
  challengeId: z.string().nullable(),
});
export type ShareClockRow = z.infer<typeof shareClockRowSchema>;

type Timed =
  ShareRecord | ShareGrantRecord | ChallengeRecord | DatasetRecord | DatasetVersionRecord;

export const sharingIndexers: readonly (readonly [string, Indexer])[] = [
  [keyKinds.share.objectType, indexer(shareRecord, withFacts(shareEntries, shareFacts))],
  [keyKinds.shareGrant.objectType, indexer(shareGrantRecord, clockEntries)],
  [
    keyKinds.challenge.objectType,
    indexer(challengeRecord, withFacts(challengeEntries, challengeFacts)),
  ],
  [keyKinds.dataset.objectType, indexer(datasetRecord, withFacts(clockEntries, datasetFacts))],
  [
    keyKinds.dispute.objectType,
    indexer(disputeRecord, (record) => factEntries(disputeFacts(record))),
  ],
  [keyKinds.datasetVersion.objectType, indexer(datasetVersionRecord, clockEntries)],
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

function clockEntries(record: Timed, lookup: RecordLookup): IndexEntry[] {
  const ids = {
    datasetId: record.datasetId,
    shareId: 'shareId' in record ? record.shareId : null,
    challengeId: 'challengeId' in record ? record.challengeId : null,
  };
  const id = [record.kind, ids.shareId ?? ids.datasetId, ids.challengeId ?? ''].join('/');
  const lead = leadOf(record, lookup);
  // What a share and its grant wait for stands with the share, which knows both.
  const ofShare = record.kind === 'share' || record.kind === 'shareGrant';
  const inbox = ofShare ? [] : sharingInbox(record, lead);
  const clocks = shareClocks(record, lead).flatMap((clock) => {
    const row: ShareClockRow = { ...clock, ...ids };
    const value = JSON.stringify(row);
    return [everyView, clock.department].map((view) => ({
      key: indexKeys.entry(shareIndexNames.clocks, view, clock.dueOn, clock.what, id),
      value,
    }));
  });
  return [...clocks, ...inbox];
}

/** Who reviews catalogue entries now. */
function leadOf(record: Timed, lookup: RecordLookup): string {
  if (record.kind !== 'datasetVersion') return '';
  const text = lookup(keyKinds.functionHolder.objectType, 'leadAuthority');
  const holder = functionHolderRecord.safeParse(text === undefined ? undefined : JSON.parse(text));
  return holder.success ? holder.data.department : '';
}
