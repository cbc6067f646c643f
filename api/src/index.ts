export { subjects, type Journal, type Read, type Shape } from './definition.js';
export { framed, unframed } from './block-frames.js';
export { lenient } from './lenient.js';
export {
  addressOf,
  namedLists,
  namedReads,
  reads,
  summaryAt,
  type AnswerOf,
  type Asked,
  type ItemOf,
  type ListName,
  type ReadName,
  type Reads,
} from './reads.js';
export { commandOptions, pageOf, actor, words, type Actor } from './shapes.js';

// The reads of each concept, and what they show.
export { actReads, type ActView } from './reads/acts.js';
export { attestationReads } from './reads/attestations.js';
export {
  caseReads,
  materialKindWords,
  exportTypes,
  type CaseMaterial,
  type CaseSort,
} from './reads/cases.js';
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
  draftKindWords,
  draftReads,
  draftView,
  type DraftLine,
  type DraftView,
} from './reads/drafts.js';
export {
  inputDigest,
  officesBefore,
  signoffChain,
  signoffChains,
  signoffDigest,
  signoffDocument,
  signoffLine,
  signoffReads,
  signoffStateWords,
  signoffStepWords,
  signoffView,
  type SignoffChain,
  type SignoffChains,
  type SignoffChange,
  type SignoffLine,
  type SignoffRound,
  type SignoffView,
} from './reads/signoffs.js';
export { dutyReads } from './reads/duties.js';
export { journalReads } from './reads/journal.js';
export { matterReads, type SpeedUpRow } from './reads/matters.js';
export { oneThingGraph, oneThingReads, type OneThingGraph } from './reads/one-things.js';
export { registryReads, retirement, type Retirement } from './reads/registry.js';
export { responsibilityReads, type DelegationCandidate } from './reads/responsibility.js';
export { sharingReads, type UnmatchedShare } from './reads/sharing.js';
export {
  knownWords,
  behindPage,
  figuresView,
  minCount,
  measureView,
  sourceWords,
  splits,
  splitWords,
  statsReads,
  subjectKinds,
  subjectKindWords,
  unitWords,
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
  lights,
  lightWords,
  ledgerEventSchema,
  shareClockRowSchema,
  transactionRowSchema,
  type About,
  type BlockRow,
  type CaseRow,
  type DoneItem,
  type InboxItem,
  type InboxRow,
  type LedgerEvent,
  type ShareClockRow,
} from './rows.js';
export {
  anchorLineSchema,
  documentLineSchema,
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
  enrolmentAsked,
  enrolmentRequest,
  enrolmentState,
  type EnrolmentAsked,
  type EnrolmentState,
  commandLine,
  openedSession,
  problem,
  sessionView,
  transactionView,
  type CommandLine,
  type CommandWarning,
  type Problem,
  type Session,
  type Transaction,
} from './writes.js';
export { wordsOfMembers } from './vocabularies.js';
export { calendarPreview, mostPreviewed, type CalendarPreview } from './calendar-preview.js';
export {
  changeInForce,
  channelChange,
  pendingChange,
  pendingChanges,
  type PendingChange,
} from './channel-changes.js';
