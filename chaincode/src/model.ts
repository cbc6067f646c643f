/** What other packages know of the ledger's records and commands: shapes, keys, words and limits, no rule. */
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
export { ContractError, type ContractErrorCode } from './kernel/errors';
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
export {
  delegableRole,
  departmentFunction,
  ladderFunctions,
  role,
  roleAttribute,
  roles,
  type Actor,
  type DepartmentFunction,
  type Role,
} from './kernel/roles';
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
  type Digest,
  type Limit,
} from './kernel/scalars';
export { shareState, type ShareState } from './kernel/share-states';
export { versionStatuses } from './kernel/versioned';
export { yellowFrom } from './kernel/warning-days';
export { appKeyRecord, keyIdOf, sm2PublicKey, type AppKeyRecord } from './app-key/records';
export { appSignature, commandMessage, possessionMessage } from './app-key/signature';
export { attestationVerdict } from './attestation/commands';
export type { AttestationRecord, AttestationRecordSchema, Verdict } from './attestation/records';
export { attestationRecord } from './attestation/records';
export { auditRunCodes, auditRunVerdict, auditRunVerdicts, isProofFailure } from './audit/codes';
export type { AuditRecord, AuditRecordSchema } from './audit/records';
export { auditRecord, mostAuditPlaces } from './audit/records';
export type { CalendarRecord, CalendarVersionRecord } from './calendar/records';
export { calendarRecord, calendarVersionRecord } from './calendar/records';
export { caseClocks, inspectionStage, runningPauses, type CaseClock } from './case/clocks';
export { dutyRulingRecord, type DutyRulingRecord } from './case/responsibility-records';
export type { DutyClause, Handover, TransferSubject } from './case/responsibility-records';
export { lateActs } from './case/lateness';
export { materialsSaved } from './case/materials-saved';
export { filedKey } from './case/kinds';
export {
  caseEventRecord,
  caseEventTypes,
  caseRecord,
  type CaseEventRecord,
  type CaseEventType,
  type CaseRecord,
  type CaseRecordSchema,
  type StepRecord,
} from './case/records';
export type { Pause } from './case/clock-records';
export type { DatasetRecord, DatasetRecordSchema, DatasetVersionRecord } from './dataset/records';
export { datasetRecord, datasetVersionRecord } from './dataset/records';
export { dataTopicRecord, type DataTopicRecord } from './dataset/topic-records';
export { topicEntriesOfSource, topicsOf } from './dataset/topics';
export { underDelegation } from './delegation/commands';
export { delegationRecord, type DelegationRecord } from './delegation/records';
export {
  departmentOfMspRecord,
  departmentRecord,
  functionHolderRecord,
  type DepartmentRecord,
} from './department/records';
export {
  dutyOverlapRecord,
  dutyRecord,
  dutyVersionRecord,
  matterOfDutyRecord,
  reviewRecord,
  type DutyOverlapRecord,
  type DutyRecord,
  type DutyVersionRecord,
  type MatterOfDutyRecord,
  type ReviewRecord,
} from './duty/records';
export { journalAnchorRecord, type JournalAnchorRecord } from './journal/records';
export {
  matterContent,
  matterRecord,
  type MatterContent,
  type MatterHeadRecord,
  type MatterRecord,
  type MatterRecordSchema,
} from './matter/records';
export { speedUp } from './matter/speed-up';
export { openedParts } from './one-thing/commands';
export { readyParts, settledParts } from './one-thing/graph';
export {
  oneThingCaseRecord,
  oneThingRecord,
  partStatuses,
  type OneThingCaseRecord,
  type OneThingCaseRecordSchema,
  type OneThingContent,
  type OneThingHeadRecord,
  type OneThingNode,
  type OneThingPart,
  type OneThingRecord,
  type OneThingRecordSchema,
} from './one-thing/records';
export { shareClocks, type ShareClock } from './sharing/clocks';
export type { ChallengeRecord, DisputeRecord } from './sharing/dispute-records';
export { challengeRecord, disputeRecord } from './sharing/dispute-records';
export { deliverPrivately, shareValues, type ShareValues } from './sharing/inputs';
export {
  refusalBases,
  shareEventRecord,
  shareEventTypes,
  shareGrantRecord,
  shareRecord,
  type ShareEventRecord,
  type ShareGrantRecord,
  type ShareRecord,
  type ShareRecordSchema,
} from './sharing/records';
export { unmatchedFrom, unmatchedHalves, unmatchedIn } from './sharing/unmatched';
export { useRecord, useSubject, type UseRecord } from './sharing/use-records';
export {
  implicitCollection,
  readerRoles,
  usualReaders,
  valuesCollection,
  type ReaderRole,
  type ShareReaders,
} from './sharing/values-collections';
export { cardIdOf, cardShelf, cardSubjects } from './supervision/card-id';
export { cardWaits, waitsOfCard, type CardWaits } from './supervision/card-waits';
export {
  watchedOfChallenge,
  watchedOfDataset,
  watchedOfEntryReview,
  watchedOfLateUpdate,
  watchedOfReview,
  watchedOfRuling,
  watchedOfShare,
  type OtherClock,
  type WatchedClock,
} from './supervision/other-clocks';
export {
  cardRecord,
  evaluationRecord,
  exemptionConditions,
  orderRecord,
  urgeRecord,
  type CardRecord,
  type EvaluationRecord,
  type OrderRecord,
  type OrderRecordSchema,
  type UrgeRecord,
} from './supervision/records';
export type { BeaconRecord, BeaconSlotRecord } from './time/records';
export { audiences, type Audience } from './kernel/audiences';
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
