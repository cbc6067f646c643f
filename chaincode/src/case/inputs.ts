import { z } from 'zod';
import { procedureRanks, specialProcedures } from '../kernel/codes';
import { noticeField, noticeItem, plainReason, reason, withdrawalReason } from '../kernel/reason';
import {
  attestationId,
  caseNo,
  code,
  date,
  departmentId,
  digest,
  documentRef,
  dutyCode,
  listOf,
  materialCode,
  positiveLimit,
  rulingId,
  sequence,
  stepId,
  taskCode,
  text,
  version,
  year,
  reformId,
} from '../kernel/scalars';
import { inspectionResult } from './filing/commitment-records';
import { namesOf } from '../kernel/words';
import { disagreementRuling } from './opinions/disagreement-records';
import { newFact } from './acceptance/records';
import { contestNote, provenFact } from './filing/material-records';
import {
  decisionOutcome,
  deliveryForm,
  reopeningWords,
  stepAnswer,
  superiorOrgan,
} from './records';
import { maybeSealed } from './result/inputs';
import { sealSystem, voucherNumber } from './result/sealed-records';

export const startSpecialProcedureInput = z.strictObject({
  caseNo,
  procedure: z.enum(specialProcedures),
  /**
   * The law or regulation that demands the procedure, its clause and its rank: only for what the guide of the matter's
   * version does not announce with its basis.
   */
  law: text(200).exactOptional(),
  clause: text(100).exactOptional(),
  rank: z.enum(procedureRanks).exactOptional(),
  /** How long it takes, as the applicant is told. */
  limit: positiveLimit,
  /** The letter that tells the applicant. */
  notice: digest,
  /** Needed for a second procedure of the same kind. */
  grounds: digest.exactOptional(),
});
export const endSpecialProcedureInput = z.strictObject({
  caseNo,
  no: z.int().min(1).max(20),
  result: digest.exactOptional(),
});
export const succeedCaseInput = z.strictObject({ caseNo, reformId });
export const recountInput = z.strictObject({ caseNo, year });
export const requestExtensionInput = z.strictObject({
  caseNo,
  limit: positiveLimit,
  reasonCode: plainReason('siteSurvey', 'complex'),
  grounds: digest,
});
export const approveExtensionInput = z.strictObject({
  caseNo,
  /** The letter that tells the applicant the reason. */
  notice: digest,
  /** The approval by the head of the government: needed where other departments take part. */
  government: documentRef.exactOptional(),
});
export const lapseStepInput = z.strictObject({ caseNo, stepId });
export const passStepInput = z.strictObject({ caseNo, stepId, grounds: digest });
/** The sealed voucher that goes to the applicant: all four, unless the case is finished on the spot. */
const voucher = {
  voucherNo: voucherNumber.exactOptional(),
  voucher: digest.exactOptional(),
  sealSystem: sealSystem.exactOptional(),
  /** Digest of the seal's own proof: the e-seal's signed data, or the scan of the stamped paper. */
  seal: digest.exactOptional(),
};

const revoking = {
  caseNo,
  reason,
  /** Digest of what is issued in writing. */
  document: digest,
};
export const revokeAcceptanceInput = z.strictObject({ ...revoking, ...voucher });
/** The reason's code is the ground on which it could be revoked, its text why it is not. */
export const keepDecisionInput = z.strictObject(revoking);
export const revokeDecisionInput = z.strictObject({
  ...revoking,
  /** With a broken commitment: last day of the bad record, where it is another than five years from now. */
  badRecordUntil: date.exactOptional(),
  /** The organ above that revoked it, and its document, where the owner only records that (art 69(1)). */
  superior: superiorOrgan.exactOptional(),
  /** Digest of what the holder is compensated with, where it was not at fault (art 69(4)). */
  compensation: digest.exactOptional(),
});
export const reopenCaseInput = z.strictObject({
  caseNo,
  ground: z.enum(namesOf(reopeningWords)),
  /** Digest of the decision that sets the earlier one aside. */
  document: digest,
});
export const liftCommitmentBarInput = z.strictObject({
  caseNo,
  /** Digest of the document that shows the repair. */
  document: digest,
});
export const recordInspectionInput = z.strictObject({
  caseNo,
  result: inspectionResult,
  /** Digest of the inspection's report. */
  document: digest,
  /** With a first failure: the time to put it right. */
  correction: positiveLimit.exactOptional(),
});

/** A material given as a document: only its salted digest comes to the ledger. */
export const givenMaterial = z.strictObject({ code: materialCode, document: digest });
/** A material met by an attestation of its source department instead. */
export const attestedMaterial = z.strictObject({ code: materialCode, attestationId });
const attested = listOf(attestedMaterial, 64, (m) => m.code).exactOptional();

/** What the applicant says of documents that it gives. */
const marks = {
  /** 有异议: of a material that comes by sharing, why the applicant's own document counts instead. */
  contested: listOf(
    z.strictObject({ code: materialCode, note: contestNote }),
    64,
    (m) => m.code,
  ).exactOptional(),
  /** 替代证明: of a material that it cannot give, what this other document shows. */
  substitutes: listOf(
    z.strictObject({ code: materialCode, proves: provenFact }),
    64,
    (m) => m.code,
  ).exactOptional(),
};
/** Other evidence that the owner has found or was shown, in place of a material. */
const substitutes = listOf(
  z.strictObject({ code: materialCode, document: digest, proves: provenFact }),
  64,
  (m) => m.code,
).exactOptional();

export const submitCaseInput = z.strictObject({
  /** `<taskCode>-<YYYYMMDD>-<4 to 9 digits>`, made by the caller; the ledger refuses one that exists. */
  caseNo,
  /** The number that this same filing was signed under before, and that another case turned out to have. */
  insteadOf: caseNo.exactOptional(),
  taskCode,
  matterVersion: version,
  form: digest,
  materials: listOf(givenMaterial, 64, (m) => m.code),
  ...marks,
  /** 容缺承诺书: the signed promise to hand in what may follow. */
  pledge: digest.exactOptional(),
  /** 告知承诺书: a signed commitment in place of materials that the matter allows it for. */
  commitment: z
    .strictObject({
      document: digest,
      materials: listOf(materialCode, 64, (name) => name).min(1),
    })
    .exactOptional(),
});
export const receiveCaseInput = z.strictObject({ caseNo, voucherNo: code(64).exactOptional() });
export const acceptCaseInput = z.strictObject({
  caseNo,
  ...voucher,
  attested,
  substitutes,
});
export const tolerantAcceptCaseInput = z.strictObject({
  caseNo,
  ...voucher,
  /** Exactly the materials that are missing. */
  tolerated: listOf(materialCode, 64, (name) => name).min(1),
  limit: positiveLimit,
  /** The signed promise, where it did not come with the form. */
  pledge: digest.exactOptional(),
  attested,
  substitutes,
});
export const supplementNoticeInput = z.strictObject({
  caseNo,
  items: listOf(noticeItem, 64, (item) => item.code).exactOptional(),
  fields: listOf(noticeField, 128, (field) => field.code).exactOptional(),
  limit: positiveLimit,
  newFact: newFact.exactOptional(),
});
export const supplementCaseInput = z.strictObject({
  caseNo,
  materials: listOf(givenMaterial, 64, (m) => m.code),
  ...marks,
  /** The form anew, when the notice marks fields of it. */
  form: digest.exactOptional(),
  attested,
});
export const refuseCaseInput = z.strictObject({
  caseNo,
  reason: reason.exactOptional(),
  /** For lack of competence: the registered clause, and whose it is, by which it is not this department's. */
  clauseOf: departmentId.exactOptional(),
  dutyCode: dutyCode.exactOptional(),
  ...voucher,
});
export const opinionInput = z.strictObject({
  caseNo,
  stepId,
  answer: stepAnswer,
  /** Needed to disagree. */
  reason: reason.exactOptional(),
  /** Needed to forward: the letter to the organ above. */
  document: digest.exactOptional(),
  /** Needed to forward: the organ above, and its department where it is on the ledger. */
  organ: text(200).exactOptional(),
  above: departmentId.exactOptional(),
});
/** An answer that ends a step: what is forwarded is not answered. */
const finalAnswer = stepAnswer.exclude(['forward']);
export const answerForwardedInput = z.strictObject({
  caseNo,
  stepId,
  answer: finalAnswer,
  /** Needed to disagree. */
  reason: reason.exactOptional(),
  /** Digest of the written answer from above. */
  document: digest,
});
export const recordMeetingInput = z.strictObject({
  caseNo,
  stepId,
  /** Digest of the meeting's record. */
  document: digest,
  attended: listOf(departmentId, 40, (id) => id).min(2),
});
export const reviseOpinionInput = z.strictObject({
  caseNo,
  stepId,
  /** To disagree still is possible after the meeting. */
  answer: finalAnswer,
  document: digest,
});
export const ruleOpinionInput = z.strictObject({
  caseNo,
  stepId,
  outcome: disagreementRuling,
  document: digest,
  /** Where the owner registers the decision: the organ that made it and the number of its document. */
  organ: text(200).exactOptional(),
  number: text(100).exactOptional(),
});
export const decideCaseInput = z.strictObject({
  caseNo,
  outcome: decisionOutcome,
  /** Digest of the written decision. */
  document: digest,
  /** Needed to refuse, with the remedy. */
  reason: reason.exactOptional(),
  ...maybeSealed,
  attested,
});
export const coDecideCaseInput = z.strictObject({
  caseNo,
  outcome: decisionOutcome,
  /** Digest of the written decision. */
  document: digest,
  /** Needed to refuse. */
  reason: reason.exactOptional(),
});
export const completeCaseInput = z.strictObject({
  caseNo,
  /** Digest of the certificate or result document. */
  result: digest,
});
export const deliverCaseInput = z.strictObject({
  caseNo,
  form: deliveryForm,
  /** Of the result document. */
  ...maybeSealed,
});
export const withdrawCaseInput = z.strictObject({ caseNo, reasonCode: withdrawalReason });
export const correctCaseInput = z.strictObject({
  caseNo,
  /** The event that is wrong; it stays as it is. */
  seq: sequence,
  reasonCode: plainReason('clerical', 'filedInError', 'dataWrong'),
  note: text(500),
  document: digest.exactOptional(),
});
export const caseOnlyInput = z.strictObject({ caseNo });

/** The case, or with `stepId` one step of it. */
const subject = { caseNo, stepId: stepId.exactOptional() };

export const offerTransferInput = z.strictObject({
  ...subject,
  to: departmentId,
  /** The receiver's registered clause (三定) under which it falls. */
  dutyCode,
  note: text(500).exactOptional(),
});
export const acceptTransferInput = z.strictObject(subject);
export const declineTransferInput = z.strictObject({
  ...subject,
  /** The registered clause, and whose it is, by which it is not the receiver's. */
  clauseOf: departmentId,
  dutyCode,
  note: text(500).exactOptional(),
});
export const requestCoordinationInput = z.strictObject({
  ...subject,
  /** The registered clause, and whose it is, by which it is not the caller's. */
  clauseOf: departmentId,
  dutyCode,
  note: text(500).exactOptional(),
});
export const returnStepInput = z.strictObject({ caseNo, stepId, reason: reason.exactOptional() });
export const resendStepInput = z.strictObject({
  caseNo,
  stepId,
  /** Digest of what the owner adds or answers. */
  document: digest,
});
const dutyRulingInput = {
  rulingId,
  /** Who is responsible, and by which of its registered clauses. */
  department: departmentId,
  dutyCode,
};
export const proposeDutyRulingInput = z.strictObject({
  ...dutyRulingInput,
  /** Digest of the written opinion. */
  document: digest,
});
export const decideDutyRulingInput = z.strictObject({
  ...dutyRulingInput,
  /** Digest of the written decision. */
  document: digest,
  /** Where the Establishment Office registers the decision: the organ that made it and the number of its document. */
  organ: text(200).exactOptional(),
  number: text(100).exactOptional(),
});
