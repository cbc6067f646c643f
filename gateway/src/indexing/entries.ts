import type { CaseRow, InboxRow } from '@yici/api';
import {
  attestationRecord,
  caseRecord,
  delegationRecord,
  dutyRecord,
  dutyRulingRecord,
  keyKinds,
  padded,
  matterRecord,
  oneThingCaseRecord,
  reviewRecord,
  type CaseRecord,
  type ContractEvent,
  type DutyRulingRecord,
  type OneThingCaseRecord,
  type MatterRecord,
  type ReviewRecord,
} from '@yici/domain/model';
import {
  entry,
  everyView,
  indexer,
  type Indexer,
  type IndexEntry,
  type RecordLookup,
} from '../index-store/index-entry.js';
import { caseDue, dutyDue, oneThingDue } from '../index-store/due-entries.js';
import { reviewDue, rulingDue } from '../index-store/due-others.js';
import { inboxEntry } from '../index-store/inbox-entry.js';
import { indexNames } from '../index-store/index-names.js';
import { indexKeys, inNumberOrder } from '../index-store/keys.js';
import {
  attestationInLists,
  caseInLists,
  delegationInLists,
  oneThingCaseInLists,
  rulingInLists,
} from '../index-store/narrowed-lists.js';
import {
  caseInbox,
  caseRow,
  matterInbox,
  rulingInbox,
  reviewInbox,
  waitingOf,
} from '../index-store/rows.js';
import { oneThingCaseFacts, reviewFacts } from '../facts/catalogue-facts.js';
import { factIndexers, factsOfCase, factsOfMatter, withFacts } from '../facts/indexers.js';
import { attestationFacts } from '../facts/sharing-facts.js';
import { rulingFacts } from '../facts/supervision-facts.js';
import { knownMatter } from '../index-store/known-records.js';
import { supervisionIndexers } from './supervision-entries.js';
import { sharingIndexers } from './sharing-entries.js';

/** The secondary indexes by Fabric object type; other records are only found by key. */
export const indexers: ReadonlyMap<string, Indexer> = new Map<string, Indexer>([
  [keyKinds.duty.objectType, indexer(dutyRecord, dutyDue)],
  [keyKinds.case.objectType, indexer(caseRecord, withFacts(caseEntries, factsOfCase))],
  [keyKinds.matter.objectType, indexer(matterRecord, withFacts(matterEntries, factsOfMatter))],
  [keyKinds.review.objectType, indexer(reviewRecord, withFacts(reviewEntries, reviewFacts))],
  [
    keyKinds.oneThingCase.objectType,
    indexer(oneThingCaseRecord, withFacts(oneThingCaseEntries, oneThingCaseFacts)),
  ],
  ...sharingIndexers,
  [
    keyKinds.attestation.objectType,
    indexer(attestationRecord, withFacts(attestationInLists, attestationFacts)),
  ],
  [
    keyKinds.dutyRuling.objectType,
    indexer(dutyRulingRecord, withFacts(rulingEntries, rulingFacts)),
  ],
  [keyKinds.delegation.objectType, indexer(delegationRecord, delegationInLists)],
  ...supervisionIndexers,
  ...factIndexers,
]);

function caseEntries(record: CaseRecord, lookup: RecordLookup, until: string): IndexEntry[] {
  const name = matterName(record, lookup);
  const waiting = waitingOf(record);
  const row = caseRow(record, name, waiting);
  const entries = caseInLists(row);
  for (const view of [everyView, ...record.parties]) {
    const key = indexKeys.entry(indexNames.casesByNumber, view, inNumberOrder(row.caseNo));
    entries.push(entry(key, view === everyView ? JSON.stringify(row) : ''));
  }
  for (const one of caseInbox(record, name, waiting)) entries.push(inboxEntry(record.caseNo, one));
  entries.push(...caseDue(record, lookup, until));
  return entries;
}

const matterName = (
  about: Pick<CaseRecord, 'taskCode' | 'matterVersion'>,
  lookup: RecordLookup,
): CaseRow['matterName'] => knownMatter(about, lookup)?.name ?? null;

function matterEntries(record: MatterRecord): IndexEntry[] {
  const id = `${record.taskCode}/${String(record.version)}`;
  return matterInbox(record).map((waiting) => inboxEntry(id, waiting));
}

/** An open review by its due day for both signers, and in the inboxes of those who have not signed. */
function reviewEntries(record: ReviewRecord, lookup: RecordLookup, until: string): IndexEntry[] {
  const { taskCode, version, dutyVersion, status, dueOn } = record;
  const value = JSON.stringify(record);
  const fields = [status, dueOn, taskCode, padded(version), padded(dutyVersion)];
  const views = new Set([everyView, record.owner, record.cosigner]);
  const name = matterName({ taskCode, matterVersion: version }, lookup);
  const id = `${taskCode}/${String(version)}`;
  return [
    ...[...views].map((view) => entry(indexKeys.entry(indexNames.reviews, view, ...fields), value)),
    ...reviewInbox(record, name).map((waiting) => inboxEntry(id, waiting)),
    ...reviewDue(record, lookup, until),
  ];
}

function oneThingCaseEntries(record: OneThingCaseRecord, lookup: RecordLookup): IndexEntry[] {
  return [...oneThingCaseInLists(record), ...oneThingDue(record, lookup)];
}

/** Kinds of records that are written only once and are in no list: no previous value needs to be looked up. */
export const writtenOnce: ReadonlySet<string> = new Set([keyKinds.caseEvent.objectType]);

/** The document digests named by an act, under the department that named them. */
export function documentActs(
  event: ContractEvent,
  txId: string,
  digests: readonly string[],
): IndexEntry[] {
  const { name, department, caseNo, caseNos, no, shareId, parties } = event;
  const value = JSON.stringify({ name, caseNo, caseNos, no, shareId, parties });
  return digests.map((digest) =>
    entry(indexKeys.entry(indexNames.documentActs, digest, department, txId), value),
  );
}

function rulingEntries(
  record: DutyRulingRecord,
  lookup: RecordLookup,
  until: string,
): IndexEntry[] {
  const about = matterOfCase(record.caseNo, lookup);
  return [
    ...rulingInLists(record),
    ...rulingInbox(record, about).map((waiting) => inboxEntry(record.rulingId, waiting)),
    ...rulingDue(record, lookup, until),
  ];
}

function matterOfCase(
  caseNo: string,
  lookup: RecordLookup,
): Pick<InboxRow, 'matterVersion' | 'matterName'> {
  const text = lookup(keyKinds.case.objectType, caseNo);
  const parsed = text === undefined ? undefined : caseRecord.safeParse(JSON.parse(text));
  if (parsed?.success !== true) return { matterVersion: 0, matterName: null };
  const { data } = parsed;
  return { matterVersion: data.matterVersion, matterName: matterName(data, lookup) };
}
