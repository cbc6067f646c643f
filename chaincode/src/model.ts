/** What other packages know of the ledger's records and commands: shapes, keys, words and limits, no rule. */
export * as laws from './kernel/laws';
export {
  basisWords,
  citationsOf,
  citationWords,
  cite,
  citeOutright,
  standingsIn,
  standingWords,
  type Citation,
  type Law,
} from './kernel/citation';
export { canonicalDigest, canonicalJson } from './kernel/canonical';
export * from './kernel/case-states';
export { chainStart } from './kernel/chain';
export * from './kernel/card-bases';
export * from './kernel/clock-kinds';
export * from './kernel/codes';
export * from './kernel/commands';
export { dateOfDay, dayNumber, isWeekend, shanghaiDate, shiftDate } from './kernel/days';
export { departedWords, departureOf, type Departure, type Held } from './kernel/departures';
export { ContractError, type ContractErrorCode } from './kernel/errors';
export type { ContractEvent } from './kernel/events';
export { hiddenIn, withoutHidden } from './kernel/hidden-characters';
export { basisText } from './kernel/legal-basis';
export { escalationWorkingDays, refilingDays, rulingWorkingDays } from './kernel/legal-limits';
export { retentionWords, type Retention } from './kernel/retention';
export { deficiencyWords, plainReasonWords, reasonWords, type Reason } from './kernel/reason';
export { compositeKey, padded } from './kernel/keys';
export type { ContractErrorMeaning } from './kernel/laws';
export * from './kernel/ledger-time';
export * from './kernel/records';
export * from './kernel/roles';
export * from './kernel/scalars';
export * from './kernel/share-states';
export { consultation, versionStatuses, versionStatusWords } from './kernel/versioned';
export * from './kernel/todos';
export type { CommandSpec } from './kernel/operation';
export { todoCommands } from './kernel/todo-commands';
export * from './kernel/words';
export { warningDays, yellowFrom } from './kernel/warning-days';
export { appKeyRecord, keyIdOf, sm2PublicKey, type AppKeyRecord } from './app-key/records';
export { appSignature, commandMessage, possessionMessage } from './app-key/signature';
export { attestationVerdict } from './attestation/commands';
export type { AttestationRecord, AttestationRecordSchema, Verdict } from './attestation/records';
export {
  attestationActionWords,
  attestationRecord,
  attestationStatusWords,
  verdictWords,
} from './attestation/records';
export * from './audit/codes';
export type { AuditRecord, AuditRecordSchema } from './audit/records';
export { auditRecord, mostAuditPlaces } from './audit/records';
export { importCalendarInput } from './calendar/commands';
export { plainWeek, withLaterDaysOff } from './calendar/load';
export type { CalendarRecord, CalendarVersionRecord } from './calendar/records';
export { calendarRecord, calendarStatusWords, calendarVersionRecord } from './calendar/records';
export {
  caseClocks,
  extraDays,
  inspectionStage,
  runningPauses,
  type CaseClock,
} from './case/clocks/clocks';
export * from './case/responsibility-records';
export * from './case/opinions/disagreement-records';
export { archiveCheckWords } from './case/archive/records';
export * from './case/archive/archived';
export { lateActs } from './case/clocks/lateness';
export { countedStates, recountBy } from './case/clocks/recount';
export { missedBefore } from './case/clocks/ended-clocks';
export { dueSuccessions } from './case/responsibility/succeed';
export { materialsSaved } from './case/filing/materials-saved';
export { filedKey } from './case/kinds';
export { inspectionResultWords } from './case/filing/commitment-records';
export * from './case/acceptance/records';
export * from './case/filing/material-records';
export * from './case/records';
export * from './case/result/licence-records';
export * from './case/result/sealed-records';
export { movedClock, type EndedClock, type Pause } from './case/clocks/clock-records';
export type { FormerFilingRecord } from './case/filing/former-filing';
export * from './dataset/records';
export * from './dataset/topic-records';
export { topicEntriesOfSource, topicsOf } from './dataset/topics';
export { underDelegation } from './delegation/commands';
export { problemOf as delegationProblem } from './delegation/delegation';
export { delegationEndWords, delegationRecord, type DelegationRecord } from './delegation/records';
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
  overlapRulingWords,
  overlapStatusWords,
  reviewOutcomeWords as matterReviewWords,
  reviewRecord,
  reviewStatusWords,
  type DutyOverlapRecord,
  type DutyRecord,
  type DutyVersionRecord,
  type MatterOfDutyRecord,
  type ReviewRecord,
} from './duty/records';
export { receiverOf, reformRecord, type ReformRecord } from './reform/records';
export { journalAnchorRecord, type JournalAnchorRecord } from './journal/records';
export {
  definesForm,
  fieldTypeWords,
  filledForm,
  mergedFields,
  typedFields,
  type FormField,
} from './matter/form';
export {
  flowModeWords,
  materialFormWords,
  materialSourceWords,
  matterContent,
  matterRecord,
  type MatterContent,
  type MatterHeadRecord,
  type MatterRecord,
  type MatterRecordSchema,
} from './matter/records';
export { businessLinesIn } from './matter/business-lines';
export { handlingLawWords, standingsOf } from './matter/handling-laws';
export { speedUp } from './matter/speed-up';
export { openedParts } from './one-thing/commands';
export { readyParts, settledParts } from './one-thing/graph';
export {
  oneThingCaseRecord,
  oneThingCaseStatusWords,
  oneThingRecord,
  partStatuses,
  partStatusWords,
  type OneThingCaseRecord,
  type OneThingCaseRecordSchema,
  type OneThingContent,
  type OneThingHeadRecord,
  type OneThingNode,
  type OneThingPart,
  type OneThingRecord,
  type OneThingRecordSchema,
} from './one-thing/records';
export * from './sharing/clocks';
export * from './sharing/dispute-records';
export { deliverPrivately, shareValues, type ShareValues } from './sharing/inputs';
export * from './sharing/records';
export { dueShareSuccessions } from './sharing/succeed';
export * from './sharing/unmatched';
export * from './sharing/use-records';
export * from './sharing/values-collections';
export { cardIdOf, cardShelf, cardSubjects } from './supervision/card-id';
export { cardWaits, cardWaitWords, waitsOfCard, type CardWaits } from './supervision/card-waits';
export { officeOver } from './supervision/office';
export { concernedByOrder } from './supervision/order';
export * from './supervision/other-clocks';
export {
  appealGroundWords,
  cardRecord,
  evaluationRecord,
  exemptionConditions,
  exemptionWords,
  orderRecord,
  cardRulingWords,
  explanationReachWords,
  explanationWords,
  mandateWords,
  orderStatusWords,
  reviewGroundWords,
  reviewOutcomeWords,
  satisfactionWords,
  urgeRecord,
  type CardRecord,
  type EvaluationRecord,
  type OrderRecord,
  type OrderRecordSchema,
  type UrgeRecord,
} from './supervision/records';
export type { BeaconRecord, BeaconSlotRecord } from './time/records';
export * from './kernel/audiences';
export {
  commandNames,
  commands,
  contractOf,
  functionName,
  queries,
  queryNames,
  transactionOf,
} from './commands';
export { contractErrorCodes, contractErrors, parseContractError } from './errors';
export * from './words/index';
export { contractEvent } from './events';
export { keyKinds, keyOf } from './keys';
