import {
  keyKinds,
  padded,
  type CaseRecord,
  type DutyRulingRecord,
  type MatterRecord,
  type ReviewRecord,
} from '@yici/domain/model';
import { auditFacts } from '../facts/audit-facts.js';
import { caseFacts } from '../facts/case-facts.js';
import {
  calendarFacts,
  datasetFacts,
  departmentFacts,
  dutyFacts,
  matterFacts,
  oneThingCaseFacts,
  oneThingFacts,
  overlapFacts,
  reviewFacts,
} from '../facts/catalogue-facts.js';
import { factEntries, type PlacedFact } from '../facts/fact.js';
import {
  attestationFacts,
  challengeFacts,
  disputeFacts,
  shareFacts,
} from '../facts/sharing-facts.js';
import { cardFacts, orderFacts, rulingFacts } from '../facts/supervision-facts.js';
import { attestedEntries, urgedEntries, waitsOf } from '../index-store/case-inbox.js';
import {
  calendarInbox,
  claimInbox,
  datasetVersionInbox,
  dutyInbox,
  oneThingInbox,
  overlapInbox,
  topicInbox,
} from '../index-store/catalogue-inbox.js';
import { delegationInbox } from '../index-store/delegation-inbox.js';
import { caseDue, departureDue, dutyDue, oneThingDue } from '../index-store/due-entries.js';
import {
  challengeDue,
  datasetDue,
  datasetVersionDue,
  reviewDue,
  rulingDue,
  shareWaits,
} from '../index-store/due-others.js';
import { caseTaskEntries, inboxEntries } from '../index-store/inbox-entry.js';
import {
  entry,
  everyView,
  indexersOf,
  recordIn,
  type IndexEntry,
  type RecordLookup,
  type Surroundings,
} from '../index-store/index-entry.js';
import { indexKeys, inNumberOrder } from '../index-store/keys.js';
import { knownDepartment, knownMatter } from '../index-store/known-records.js';
import { caseInLists, recordLists } from '../index-store/narrowed-lists.js';
import { keyIndexes, rowIndexes } from '../index-store/row-indexes.js';
import {
  caseRow,
  matterInbox,
  reviewInbox,
  rulingInbox,
  waitingOf,
  type MatterOfCase,
} from '../index-store/rows.js';
import { reformInbox } from '../index-store/reform-inbox.js';
import { recountEntries } from '../index-store/recount-entries.js';
import { clockEntries } from '../index-store/share-clock-entries.js';
import { disputeInbox } from '../index-store/share-inbox.js';
import {
  cardInbox,
  evaluationInbox,
  explainedInPublic,
  orderInbox,
} from '../index-store/supervision-inbox.js';

/** The rows of a record's facts. */
const facts =
  <T>(of: (record: T, lookup: RecordLookup) => PlacedFact[]) =>
  (record: T, { lookup }: Surroundings): IndexEntry[] =>
    factEntries(of(record, lookup));

const departmentsIn = (lookup: RecordLookup) => (id: string) => knownDepartment(lookup, id);

const factsOfCase = (record: CaseRecord, lookup: RecordLookup): PlacedFact[] =>
  caseFacts(record, {
    matter: knownMatter(lookup, record),
    department: departmentsIn(lookup),
  });

const factsOfMatter = (record: MatterRecord, lookup: RecordLookup): PlacedFact[] =>
  matterFacts(record, departmentsIn(lookup));

/** The secondary indexes: lists, inboxes, what becomes due, facts. Other records are only found by key. */
export const indexers = indexersOf({
  department: [departureDue, claimInbox, facts(departmentFacts)],
  calendarVersion: [calendarInbox, facts(calendarFacts)],
  duty: [dutyDue, dutyInbox],
  dutyVersion: [facts(dutyFacts)],
  dutyOverlap: [overlapInbox, facts(overlapFacts)],
  matter: [matterEntries, facts(factsOfMatter)],
  review: [reviewEntries, reviewDue, facts(reviewFacts)],
  oneThing: [oneThingInbox, facts(oneThingFacts)],
  oneThingCase: [recordLists.oneThingCases.entries, oneThingDue, facts(oneThingCaseFacts)],
  case: [caseEntries, caseDue, recountEntries, facts(factsOfCase)],
  dutyRuling: [recordLists.rulings.entries, rulingEntries, rulingDue, facts(rulingFacts)],
  reform: [reformInbox],
  delegation: [recordLists.delegations.entries, delegationInbox],
  attestation: [recordLists.attestations.entries, attestedEntries, facts(attestationFacts)],
  contest: [recordLists.contests.entries],
  dataset: [clockEntries, datasetDue, facts(datasetFacts)],
  datasetVersion: [clockEntries, datasetVersionDue, datasetVersionInbox],
  dataTopic: [topicInbox],
  share: [recordLists.shares.entries, clockEntries, shareWaits, facts(shareFacts)],
  challenge: [recordLists.challenges.entries, clockEntries, challengeDue, facts(challengeFacts)],
  dispute: [recordLists.disputes.entries, disputeInbox, facts(disputeFacts)],
  card: [recordLists.cards.entries, cardInbox, explainedInPublic, facts(cardFacts)],
  order: [recordLists.orders.entries, orderInbox, facts(orderFacts)],
  evaluation: [recordLists.evaluations.entries, evaluationInbox],
  urge: [recordLists.urges.entries, urgedEntries],
  audit: [recordLists.audits.entries, facts(auditFacts)],
});

function caseEntries(record: CaseRecord, around: Surroundings): IndexEntry[] {
  const matter = knownMatter(around.lookup, record);
  const waiting = waitingOf(record);
  const row = caseRow(record, matter?.name ?? null, waiting);
  const entries = caseInLists(row);
  const number = inNumberOrder(row.caseNo);
  for (const view of [everyView, ...record.parties]) {
    const key = indexKeys.entry(keyIndexes.casesByNumber, view, number);
    entries.push(entry(key, view === everyView ? JSON.stringify(row) : ''));
  }
  const tasks = [...waiting, ...waitsOf(record, matter, around)];
  entries.push(...caseTaskEntries(record, matter, tasks));
  return entries;
}

function matterEntries(record: MatterRecord): IndexEntry[] {
  const id = `${record.taskCode}/${String(record.version)}`;
  return inboxEntries(id, matterInbox(record));
}

/** An open review by its due day for both signers, and in the inboxes of those who have not signed. */
function reviewEntries(record: ReviewRecord, { lookup }: Surroundings): IndexEntry[] {
  const { taskCode, version, dutyVersion, status, dueOn } = record;
  const fields = [status, dueOn, taskCode, padded(version), padded(dutyVersion)];
  const views = new Set([everyView, record.owner, record.cosigner]);
  const name = knownMatter(lookup, { taskCode, matterVersion: version })?.name ?? null;
  const id = `${taskCode}/${String(version)}`;
  return [
    ...rowIndexes.reviews.entries(
      record,
      [...views].map((view) => [view, ...fields]),
    ),
    ...inboxEntries(id, reviewInbox(record, name)),
  ];
}

/** Kinds of records that are written only once and are in no list: no previous value needs to be looked up. */
export const writtenOnce: ReadonlySet<string> = new Set([keyKinds.caseEvent.objectType]);

function rulingEntries(record: DutyRulingRecord, { lookup }: Surroundings): IndexEntry[] {
  const about = matterOfCase(record.caseNo, lookup);
  return inboxEntries(record.rulingId, rulingInbox(record, about));
}

function matterOfCase(caseNo: string, lookup: RecordLookup): MatterOfCase {
  const found = recordIn(lookup, 'case', caseNo);
  if (found === undefined) return { matterVersion: 0, matter: undefined };
  return { matterVersion: found.matterVersion, matter: knownMatter(lookup, found) };
}
