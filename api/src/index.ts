export {
  subjects,
  type Journal,
  type ListRead,
  type Read,
  type RecordRead,
  type Shape,
} from './definition.js';
export { lenient } from './lenient.js';
export {
  addressOf,
  namedLists,
  namedReads,
  reads,
  type AnswerOf,
  type Asked,
  type ItemOf,
  type ListName,
  type ReadName,
  type Reads,
} from './reads.js';
export {
  commandOptions,
  pageOf,
  pageQuery,
  actor,
  words,
  type CommandOption,
  type Actor,
} from './shapes.js';

// The reads of each concept, and what they show.
export { attestationReads } from './reads/attestations.js';
export { caseReads, caseSorts, exportTypes, type CaseSort } from './reads/cases.js';
export {
  chainReads,
  committedTransaction,
  eventId,
  longestWait,
  mostBefore,
  networkView,
  otherReads,
  schedulerObstacles,
  type CommittedTransaction,
  type NetworkView,
} from './reads/chain.js';
export { datasetReads } from './reads/datasets.js';
export {
  documentContent,
  documentDigest,
  documentReads,
  documentView,
  erasure,
  type DocumentView,
} from './reads/documents.js';
export {
  draftKinds,
  draftReads,
  draftView,
  type DraftLine,
  type DraftView,
} from './reads/drafts.js';
export { dutyReads } from './reads/duties.js';
export { journalReads } from './reads/journal.js';
export { matterReads, type SpeedUpRow } from './reads/matters.js';
export { oneThingGraph, oneThingReads, type OneThingGraph } from './reads/one-things.js';
export { registryReads } from './reads/registry.js';
export { responsibilityReads, type DelegationCandidate } from './reads/responsibility.js';
export { sharingReads, type UnmatchedShare } from './reads/sharing.js';
export {
  knownWords,
  behindPage,
  figuresView,
  minCount,
  measureView,
  scopes,
  sources,
  splits,
  statsReads,
  subjectKinds,
  units,
  type BehindPage,
  type FiguresView,
  type MeasureView,
  type Split,
  type SubjectKind,
} from './reads/stats.js';
export { reportReads, reportView, type ReportView } from './reads/reports.js';
export { publicReads, type PublicExplanation } from './reads/public.js';
export { supervisionReads } from './reads/supervision.js';

// Rows that gateways make, lines of their journals, and answers that are no reads.
export {
  blockRowSchema,
  caseRowSchema,
  inboxItemSchema,
  inboxRowSchema,
  ledgerEventSchema,
  shareClockRowSchema,
  transactionRowSchema,
  type BlockRow,
  type CaseRow,
  type InboxItem,
  type InboxRow,
  type LedgerEvent,
  type ShareClockRow,
} from './rows.js';
export {
  anchorLineSchema,
  documentLineSchema,
  journalKinds,
  journalLineSchema,
  readLineSchema,
  type AnchorLine,
  type DocumentLine,
  type JournalEntry,
  type JournalKind,
  type JournalLine,
  type ReadLine,
} from './journal-lines.js';
export {
  challengeAnswer,
  commandLine,
  openedSession,
  problem,
  sessionView,
  transactionStates,
  transactionView,
  type CommandLine,
  type Problem,
  type Session,
  type Transaction,
  type TransactionState,
} from './writes.js';
