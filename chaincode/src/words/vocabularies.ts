import * as attestationRecords from '../attestation/records';
import * as auditCodes from '../audit/codes';
import * as calendarRecords from '../calendar/records';
import * as archiveRecords from '../case/archive/records';
import * as commitmentRecords from '../case/filing/commitment-records';
import * as disagreementRecords from '../case/opinions/disagreement-records';
import * as doorRecords from '../case/acceptance/records';
import * as caseRecords from '../case/records';
import * as responsibilityRecords from '../case/responsibility-records';
import * as licenceRecords from '../case/result/licence-records';
import * as sealedRecords from '../case/result/sealed-records';
import * as datasetRecords from '../dataset/records';
import * as topicRecords from '../dataset/topic-records';
import * as delegationRecords from '../delegation/records';
import * as dutyRecords from '../duty/records';
import * as cardBases from '../kernel/card-bases';
import * as caseStates from '../kernel/case-states';
import * as citation from '../kernel/citation';
import * as clockKinds from '../kernel/clock-kinds';
import * as kernelCodes from '../kernel/codes';
import * as departures from '../kernel/departures';
import * as legalBasis from '../kernel/legal-basis';
import * as reason from '../kernel/reason';
import * as retention from '../kernel/retention';
import * as roles from '../kernel/roles';
import * as scalars from '../kernel/scalars';
import * as shareStates from '../kernel/share-states';
import * as todos from '../kernel/todos';
import * as versioned from '../kernel/versioned';
import * as handlingLaws from '../matter/handling-laws';
import * as matterForm from '../matter/form';
import * as matterRecords from '../matter/records';
import * as oneThingRecords from '../one-thing/records';
import * as reformRecords from '../reform/records';
import * as clocks from '../sharing/clocks';
import * as disputeRecords from '../sharing/dispute-records';
import * as sharingRecords from '../sharing/records';
import * as unmatched from '../sharing/unmatched';
import * as useRecords from '../sharing/use-records';
import * as cardWaits from '../supervision/card-waits';
import * as supervisionRecords from '../supervision/records';
import { fieldWords } from './field-words';
import { partWords } from './part-words';
import { recordFieldWords } from './record-field-words';
import type { Vocabulary, Words } from '../kernel/words';

/** Every closed list of the domain whose members are values of records and inputs. */
const vocabularies: readonly Vocabulary[] = [
  attestationRecords.attestationStatusWords,
  attestationRecords.attestationActionWords,
  attestationRecords.verdictWords,
  auditCodes.auditVerdictWords,
  calendarRecords.calendarStatusWords,
  archiveRecords.archiveCheckWords,
  commitmentRecords.inspectionResultWords,
  disagreementRecords.disagreementRulingWords,
  doorRecords.promptnessWords,
  doorRecords.noticeGroundWords,
  caseRecords.revokedWords,
  caseRecords.stepAnswerWords,
  caseRecords.decisionWords,
  caseRecords.acceptanceWords,
  caseRecords.stepStatusWords,
  caseRecords.deliveryFormWords,
  caseRecords.caseFlagWords,
  caseRecords.reopeningWords,
  responsibilityRecords.rulingStatusWords,
  responsibilityRecords.handoverStatusWords,
  responsibilityRecords.successionPartWords,
  responsibilityRecords.rulingEffectWords,
  licenceRecords.licenceStatusWords,
  licenceRecords.licenceGroundWords,
  licenceRecords.serviceWords,
  sealedRecords.sealSystemWords,
  datasetRecords.entryReviewWords,
  datasetRecords.shareClassWords,
  datasetRecords.shareMethodWords,
  datasetRecords.dataFormatWords,
  datasetRecords.updateFrequencyWords,
  datasetRecords.normRankWords,
  datasetRecords.changeCauseWords,
  datasetRecords.datasetStatusWords,
  datasetRecords.datasetVersionStatusWords,
  topicRecords.dataTopicStatusWords,
  delegationRecords.delegationEndWords,
  dutyRecords.reviewStatusWords,
  dutyRecords.reviewOutcomeWords,
  dutyRecords.overlapRulingWords,
  dutyRecords.overlapStatusWords,
  cardBases.cardBasisWords,
  caseStates.caseStateWords,
  citation.standingWords,
  clockKinds.caseClockWords,
  clockKinds.cardClockWords,
  clockKinds.cardColourWords,
  kernelCodes.exerciseLevelWords,
  kernelCodes.ownerNatureWords,
  kernelCodes.powerSourceWords,
  kernelCodes.serviceObjectWords,
  kernelCodes.handlingFormWords,
  kernelCodes.caseTypeWords,
  kernelCodes.specialProcedureWords,
  kernelCodes.procedureRankWords,
  kernelCodes.handlingScopeWords,
  departures.departedWords,
  legalBasis.statuteRankWords,
  reason.reasonWords,
  reason.plainReasonWords,
  reason.deficiencyWords,
  retention.retentionWords,
  roles.roleWords,
  roles.departmentFunctionWords,
  roles.signatoryWords,
  scalars.dayUnitWords,
  shareStates.shareStateWords,
  todos.todoWords,
  versioned.versionStatusWords,
  handlingLaws.handlingLawWords,
  matterForm.fieldFormatWords,
  matterForm.fieldTypeWords,
  matterRecords.flowModeWords,
  matterRecords.stepKindWords,
  matterRecords.secrecyWords,
  matterRecords.materialFormWords,
  matterRecords.materialSourceWords,
  oneThingRecords.oneThingCaseStatusWords,
  oneThingRecords.partStatusWords,
  reformRecords.changeWords,
  clocks.shareClockWords,
  disputeRecords.challengeStatusWords,
  disputeRecords.challengeOutcomeWords,
  disputeRecords.disputeStageWords,
  disputeRecords.disputeSubjectWords,
  disputeRecords.disputeOrderWords,
  disputeRecords.disputeStatusWords,
  sharingRecords.noticePartWords,
  sharingRecords.disposalWords,
  sharingRecords.replyOutcomeWords,
  sharingRecords.refusalBasisWords,
  sharingRecords.misuseWords,
  sharingRecords.serviceChangeWords,
  sharingRecords.endReasonWords,
  sharingRecords.shareSideWords,
  unmatched.unmatchedWords,
  useRecords.useDeviationWords,
  cardWaits.cardWaitWords,
  supervisionRecords.orderStatusWords,
  supervisionRecords.explanationWords,
  supervisionRecords.appealGroundWords,
  supervisionRecords.exemptionWords,
  supervisionRecords.cardRulingWords,
  supervisionRecords.explanationReachWords,
  supervisionRecords.mandateWords,
  supervisionRecords.reviewGroundWords,
  supervisionRecords.reviewOutcomeWords,
];

/**
 * What the members of a list are called: by the smallest closed list that has all of them. Undefined when none has, as with a
 * list that is newer than this program.
 */
export function vocabularyOf(values: readonly string[]): Vocabulary | undefined {
  const having = vocabularies.filter((words) =>
    values.every((value) => Object.hasOwn(words, value)),
  );
  return having.sort((one, other) => sizeOf(one) - sizeOf(other))[0];
}

const sizeOf = (words: Vocabulary): number => Object.keys(words).length;

/** What one value is called, where all lists that have it call it the same. */
export function wordOfAny(value: string): Words | undefined {
  const [word, ...others] = vocabularies.flatMap((words) => wordOf(words, value) ?? []);
  return others.every(({ zh }) => zh === word?.zh) ? word : undefined;
}

/** The word for a member, where there is one. */
export function wordOf(words: Vocabulary | undefined, value: string): Words | undefined {
  return words !== undefined && Object.hasOwn(words, value) ? words[value] : undefined;
}

/** What a field is called, of a command or an object where that is known; one that is newer than this program has no word. */
export const fieldWord = (name: string, of = ''): Words | undefined =>
  wordOf(partWords, `${of}.${name}`) ?? wordOf(fieldWords, name) ?? wordOf(recordFieldWords, name);
