/** What other packages know of the ledger's records and commands: shapes, keys, words and limits, no rule. */
export * as concepts from './concepts';
export * as laws from './kernel/laws';
export { canonicalDigest, canonicalJson } from './kernel/canonical';
export type { CaseState } from './kernel/case-states';
export { caseStates, closedStates, handlingStates, nationalNumber } from './kernel/case-states';
export { chainStart } from './kernel/chain';
export type { CardClockKind, CaseClockKind } from './kernel/clock-kinds';
export { cardColours, caseClockKinds } from './kernel/clock-kinds';
export {
  caseTypes,
  exerciseLevels,
  handlingForms,
  handlingScopes,
  ownerNatures,
  serviceObjects,
} from './kernel/codes';
export type {
  CommandInput,
  CommandName,
  Commands,
  Queries,
  QueryInput,
  QueryName,
  QueryOutput,
} from './kernel/commands';
export { dateOfDay, dayNumber, isWeekend, shanghaiDate, shiftDate } from './kernel/days';
export type { ContractErrorCode } from './kernel/errors';
export { ContractError } from './kernel/errors';
export type { ContractEvent } from './kernel/events';
export { hiddenIn, withoutHidden } from './kernel/hidden-characters';
export { compositeKey, padded } from './kernel/keys';
export type { ContractErrorMeaning } from './kernel/laws';
export {
  beaconSlots,
  defaultWindowSeconds,
  instantOf,
  passedFrom,
  periodOf,
  periodSeconds,
  periodsKept,
  periodsLookedAhead,
  secondsOf,
  settledAt,
  slotOf,
} from './kernel/ledger-time';
export type { LedgerRecord, RecordKind, RecordOf } from './kernel/records';
export type { Actor, DepartmentFunction, Role } from './kernel/roles';
export {
  delegableRole,
  departmentFunction,
  ladderFunctions,
  role,
  roleAttribute,
  roles,
} from './kernel/roles';
export type { Digest, Limit } from './kernel/scalars';
export {
  attestationId,
  caseNo,
  datasetId,
  date,
  delegationId,
  departmentId,
  dutyCode,
  listOf,
  oneThingCode,
  oneThingNo,
  rulingId,
  sha256Hex,
  shareId,
  taskCode,
  text,
  timestamp,
  topicCode,
  userName,
} from './kernel/scalars';
export type { ShareState } from './kernel/share-states';
export { shareState } from './kernel/share-states';
export { versionStatuses } from './kernel/versioned';
export { yellowFrom } from './kernel/warning-days';
export type { AppKeyRecord } from './app-key/records';
export { appKeyRecord, keyIdOf, sm2PublicKey } from './app-key/records';
export { appSignature, commandMessage, possessionMessage } from './app-key/signature';
export { attestationVerdict } from './attestation/commands';
export type { AttestationRecord, AttestationRecordSchema, Verdict } from './attestation/records';
export { attestationRecord } from './attestation/records';
export { auditRunCodes, auditRunVerdict, auditRunVerdicts, isProofFailure } from './audit/codes';
export type { AuditRecord, AuditRecordSchema } from './audit/records';
export { auditRecord, mostAuditPlaces } from './audit/records';
export type { CalendarRecord, CalendarVersionRecord } from './calendar/records';
export { calendarRecord, calendarVersionRecord } from './calendar/records';
export type { CaseClock } from './case/clocks';
export { caseClocks, inspectionStage, runningPauses } from './case/clocks';
export type { DutyRulingRecord } from './case/duty-ruling-records';
export { dutyRulingRecord } from './case/duty-ruling-records';
export type { DutyClause, Handover, TransferSubject } from './case/handover-records';
export { lateActs } from './case/lateness';
export { materialsSaved } from './case/materials-saved';
export type {
  CaseEventRecord,
  CaseEventType,
  CaseRecord,
  CaseRecordSchema,
  StepRecord,
} from './case/records';
export { filedKey, caseEventRecord, caseEventTypes, caseRecord } from './case/records';
export type { Pause } from './case/time-records';
export type { DatasetRecord, DatasetRecordSchema, DatasetVersionRecord } from './dataset/records';
export { datasetRecord, datasetVersionRecord } from './dataset/records';
export type { DataTopicRecord } from './dataset/topic-records';
export { dataTopicRecord } from './dataset/topic-records';
export { topicEntriesOfSource, topicsOf } from './dataset/topics';
export { underDelegation } from './delegation/commands';
export type { DelegationRecord } from './delegation/records';
export { delegationRecord } from './delegation/records';
export type { DepartmentRecord } from './department/records';
export {
  departmentOfMspRecord,
  departmentRecord,
  functionHolderRecord,
} from './department/records';
export type {
  DutyOverlapRecord,
  DutyRecord,
  DutyVersionRecord,
  MatterOfDutyRecord,
  ReviewRecord,
} from './duty/records';
export {
  dutyOverlapRecord,
  dutyRecord,
  dutyVersionRecord,
  matterOfDutyRecord,
  reviewRecord,
} from './duty/records';
export type { JournalAnchorRecord } from './journal/records';
export { journalAnchorRecord } from './journal/records';
export type {
  MatterContent,
  MatterHeadRecord,
  MatterRecord,
  MatterRecordSchema,
} from './matter/records';
export { matterContent, matterRecord } from './matter/records';
export { speedUp } from './matter/speed-up';
export { openedParts } from './one-thing/commands';
export { readyParts, settledParts } from './one-thing/graph';
export type {
  OneThingCaseRecord,
  OneThingCaseRecordSchema,
  OneThingContent,
  OneThingHeadRecord,
  OneThingNode,
  OneThingPart,
  OneThingRecord,
  OneThingRecordSchema,
} from './one-thing/records';
export { oneThingCaseRecord, oneThingRecord, partStatuses } from './one-thing/records';
export type { ShareClock } from './sharing/clocks';
export { shareClocks } from './sharing/clocks';
export type { ChallengeRecord, DisputeRecord } from './sharing/dispute-records';
export { challengeRecord, disputeRecord } from './sharing/dispute-records';
export type { ShareValues } from './sharing/inputs';
export { deliverPrivately, shareValues } from './sharing/inputs';
export type {
  ShareEventRecord,
  ShareGrantRecord,
  ShareRecord,
  ShareRecordSchema,
} from './sharing/records';
export {
  refusalBases,
  shareEventRecord,
  shareEventTypes,
  shareGrantRecord,
  shareRecord,
} from './sharing/records';
export { unmatchedFrom, unmatchedHalves, unmatchedIn } from './sharing/unmatched';
export type { UseRecord } from './sharing/use-records';
export { useRecord, useSubject } from './sharing/use-records';
export type { ReaderRole, ShareReaders } from './sharing/values-collections';
export {
  implicitCollection,
  readerRoles,
  usualReaders,
  valuesCollection,
} from './sharing/values-collections';
export { cardIdOf, cardShelf, cardSubjects } from './supervision/card-id';
export type { CardWaits } from './supervision/card-waits';
export { cardWaits, waitsOfCard } from './supervision/card-waits';
export type { OtherClock, WatchedClock } from './supervision/other-clocks';
export {
  watchedOfChallenge,
  watchedOfDataset,
  watchedOfEntryReview,
  watchedOfLateUpdate,
  watchedOfReview,
  watchedOfRuling,
  watchedOfShare,
} from './supervision/other-clocks';
export type {
  CardRecord,
  EvaluationRecord,
  OrderRecord,
  OrderRecordSchema,
  UrgeRecord,
} from './supervision/records';
export {
  cardRecord,
  evaluationRecord,
  exemptionConditions,
  orderRecord,
  urgeRecord,
} from './supervision/records';
export type { BeaconRecord, BeaconSlotRecord } from './time/records';
export type { Audience } from './kernel/audiences';
export { audiences } from './kernel/audiences';
export {
  commandNames,
  commands,
  contractOf,
  functionName,
  queries,
  queryNames,
  transactionOf,
} from './commands';
export { contractErrorCodes, contractErrors, parseContractError, withSentence } from './errors';
export { contractEvent } from './events';
export { keyKinds, keyOf } from './keys';
