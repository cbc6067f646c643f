import { z } from 'zod';
import { specialProcedures, wordsOf } from '../codes';
import { caseRecord, reason } from '../records';
import { caseNo, code, digest, documentRef, positiveLimit, stepId, text } from '../scalars';
import { heads, officials, operation, staff, timekeepers } from './spec';

export const startSpecialProcedureInput = z.strictObject({
  caseNo,
  procedure: z.enum(wordsOf(specialProcedures)),
  /** The law that demands the procedure, and its clause. */
  law: text(200),
  clause: text(100),
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
export const requestExtensionInput = z.strictObject({
  caseNo,
  limit: positiveLimit,
  reasonCode: code(32),
  grounds: digest,
});
export const approveExtensionInput = z.strictObject({
  caseNo,
  /** The letter that tells the applicant the reason. */
  notice: digest,
  /** Needed for more than ten working days. */
  government: documentRef.exactOptional(),
});
export const lapseStepInput = z.strictObject({ caseNo, stepId });
export const passStepInput = z.strictObject({ caseNo, stepId, grounds: digest });
export const revokeCaseInput = z.strictObject({
  caseNo,
  reason,
  /** Digest of the written revocation. */
  document: digest,
});
export const recordInspectionInput = z.strictObject({
  caseNo,
  result: z.enum(['pass', 'fail']),
  /** Digest of the inspection's report. */
  document: digest,
  /** With a first failure: the time to put it right. */
  correction: positiveLimit.exactOptional(),
});
export const archiveCaseInput = z.strictObject({ caseNo, package: digest });

const common = { contract: 'case', output: caseRecord } as const;

/** What stops, prolongs, ends or undoes a case. */
export const caseTimeCommands = {
  'case.startSpecialProcedure': operation({
    ...common,
    transaction: 'startSpecialProcedure',
    input: startSpecialProcedureInput,
    roles: officials,
    summary: {
      zh: '特别程序开始，停止计时',
      en: 'Start a special procedure, which stops the clock',
    },
  }),
  'case.endSpecialProcedure': operation({
    ...common,
    transaction: 'endSpecialProcedure',
    input: endSpecialProcedureInput,
    roles: staff,
    summary: { zh: '特别程序结束，恢复计时', en: 'End a special procedure; the clock goes on' },
  }),
  'case.requestExtension': operation({
    ...common,
    transaction: 'requestExtension',
    input: requestExtensionInput,
    roles: officials,
    summary: { zh: '申请延期', en: 'Ask for more time, with the reason' },
  }),
  'case.approveExtension': operation({
    ...common,
    transaction: 'approveExtension',
    input: approveExtensionInput,
    roles: heads,
    summary: {
      zh: '批准延期并告知申请人',
      en: 'A head approves more time and tells the applicant',
    },
  }),
  'case.lapseStep': operation({
    ...common,
    transaction: 'lapseStep',
    input: lapseStepInput,
    roles: timekeepers,
    summary: {
      zh: '会办超时：默认同意或者升级督办',
      en: 'Record that a step’s opinion is overdue: default agreement or escalation',
    },
  }),
  'case.passStep': operation({
    ...common,
    transaction: 'passStep',
    input: passStepInput,
    roles: heads,
    summary: {
      zh: '升级后仍未答复，牵头部门负责人说明理由后继续办理',
      en: "The owner's head goes on without an escalated step's opinion, with reasons",
    },
  }),
  'case.revokeAcceptance': operation({
    ...common,
    transaction: 'revokeAcceptance',
    input: revokeCaseInput,
    roles: heads,
    summary: {
      zh: '容缺材料逾期未补，撤销受理',
      en: 'Revoke a tolerant acceptance whose missing materials did not come in time',
    },
  }),
  'case.recordInspection': operation({
    ...common,
    transaction: 'recordInspection',
    input: recordInspectionInput,
    roles: officials,
    summary: { zh: '核查告知承诺', en: 'Record the inspection of a commitment' },
  }),
  'case.revokeDecision': operation({
    ...common,
    transaction: 'revokeDecision',
    input: revokeCaseInput,
    roles: heads,
    summary: { zh: '撤销决定', en: "The owner's head revokes a decision" },
  }),
  'case.archive': operation({
    ...common,
    transaction: 'archive',
    input: archiveCaseInput,
    roles: staff,
    summary: { zh: '归档', en: 'Archive a delivered case' },
  }),
} as const;
