import { z } from 'zod';
import { anyone, heads, officials, operation, staff, timekeepers } from '../kernel/operation';
import { caseNo, page, pageOf } from '../kernel/scalars';
import {
  acceptCaseInput,
  acceptTransferInput,
  approveExtensionInput,
  archiveCaseInput,
  caseOnlyInput,
  completeCaseInput,
  correctCaseInput,
  decideCaseInput,
  declineTransferInput,
  deliverCaseInput,
  endSpecialProcedureInput,
  lapseStepInput,
  offerTransferInput,
  opinionInput,
  passStepInput,
  receiveCaseInput,
  recordInspectionInput,
  refuseCaseInput,
  requestExtensionInput,
  resendStepInput,
  returnStepInput,
  revokeCaseInput,
  startSpecialProcedureInput,
  submitCaseInput,
  supplementCaseInput,
  supplementNoticeInput,
  tolerantAcceptCaseInput,
  withdrawCaseInput,
} from './inputs';
import { caseEventRecord, caseRecord } from './records';

const common = { contract: 'case', output: caseRecord } as const;

export const caseCommands = {
  'case.submit': operation({
    ...common,
    transaction: 'submit',
    input: submitCaseInput,
    roles: staff,
    summary: { zh: '申报办件', en: 'File a case against a published matter' },
  }),
  'case.receive': operation({
    ...common,
    transaction: 'receive',
    input: receiveCaseInput,
    roles: staff,
    summary: { zh: '收件', en: 'Acknowledge receipt of a case' },
  }),
  'case.accept': operation({
    ...common,
    transaction: 'accept',
    input: acceptCaseInput,
    roles: officials,
    summary: { zh: '受理', en: 'Accept a complete case' },
  }),
  'case.tolerantAccept': operation({
    ...common,
    transaction: 'tolerantAccept',
    input: tolerantAcceptCaseInput,
    roles: officials,
    summary: { zh: '容缺受理', en: 'Accept a case with tolerable materials missing' },
  }),
  'case.supplementNotice': operation({
    ...common,
    transaction: 'supplementNotice',
    input: supplementNoticeInput,
    roles: officials,
    summary: { zh: '一次性告知补正', en: 'Ask once for all that must be supplemented' },
  }),
  'case.supplement': operation({
    ...common,
    transaction: 'supplement',
    input: supplementCaseInput,
    roles: staff,
    summary: { zh: '补正材料', en: 'Supplement the materials that were asked for' },
  }),
  'case.refuse': operation({
    ...common,
    transaction: 'refuse',
    input: refuseCaseInput,
    roles: officials,
    summary: { zh: '不予受理', en: 'Refuse to accept a case, with reason and remedy' },
  }),
  'case.opinion': operation({
    ...common,
    transaction: 'opinion',
    input: opinionInput,
    roles: officials,
    summary: { zh: '会办意见', en: "A participant gives its step's opinion" },
  }),
  'case.decide': operation({
    ...common,
    transaction: 'decide',
    input: decideCaseInput,
    roles: heads,
    summary: { zh: '作出决定', en: "The owner's head decides" },
  }),
  'case.complete': operation({
    ...common,
    transaction: 'complete',
    input: completeCaseInput,
    roles: officials,
    summary: { zh: '办结', en: 'Complete a decided case' },
  }),
  'case.deliver': operation({
    ...common,
    transaction: 'deliver',
    input: deliverCaseInput,
    roles: staff,
    summary: { zh: '送达', en: 'Deliver the result' },
  }),
  'case.withdraw': operation({
    ...common,
    transaction: 'withdraw',
    input: withdrawCaseInput,
    roles: staff,
    summary: { zh: '撤回申请', en: 'The applicant withdraws' },
  }),
  'case.correct': operation({
    ...common,
    transaction: 'correct',
    input: correctCaseInput,
    roles: heads,
    summary: {
      zh: '更正（追加记录，不改原记录）',
      en: 'Record a correction of an earlier event, which stays',
    },
  }),
  'case.deemAccepted': operation({
    ...common,
    transaction: 'deemAccepted',
    input: caseOnlyInput,
    roles: timekeepers,
    summary: {
      zh: '逾期未告知，记录视为受理',
      en: 'Record that a case without a reply in time counts as accepted',
    },
  }),
  'case.deemWithdrawn': operation({
    ...common,
    transaction: 'deemWithdrawn',
    input: caseOnlyInput,
    roles: timekeepers,
    summary: {
      zh: '逾期未补正，记录视为撤回',
      en: 'Record that a case not supplemented in time counts as withdrawn',
    },
  }),
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
  'case.offerTransfer': operation({
    ...common,
    transaction: 'offerTransfer',
    input: offerTransferInput,
    roles: officials,
    summary: {
      zh: '提出移交办件或者环节（须引用接收部门的三定条款）',
      en: "Offer a case or an open step to another department, citing that department's duty clause",
    },
  }),
  'case.acceptTransfer': operation({
    ...common,
    transaction: 'acceptTransfer',
    input: acceptTransferInput,
    roles: officials,
    summary: { zh: '接收移交', en: 'Accept what is handed over' },
  }),
  'case.declineTransfer': operation({
    ...common,
    transaction: 'declineTransfer',
    input: declineTransferInput,
    roles: officials,
    summary: {
      zh: '不接收移交（须引用条款；第二次自动提请职责裁定）',
      en: 'Decline a hand-over by a duty clause; the second opens a duty ruling',
    },
  }),
  'case.returnStep': operation({
    ...common,
    transaction: 'returnStep',
    input: returnStepInput,
    roles: officials,
    summary: {
      zh: '退件：环节退回牵头部门，时限照计',
      en: 'Return the file of a step to the owner; its clock runs on',
    },
  }),
  'case.resendStep': operation({
    ...common,
    transaction: 'resendStep',
    input: resendStepInput,
    roles: officials,
    summary: { zh: '重新送办退回的环节', en: 'The owner answers a returned step' },
  }),
} as const;

export const caseQueries = {
  'case.get': operation({
    contract: 'case',
    transaction: 'get',
    input: caseOnlyInput,
    output: caseRecord,
    roles: anyone,
    summary: { zh: '查询办件', en: 'One case' },
  }),
  'case.events': operation({
    contract: 'case',
    transaction: 'events',
    input: z.strictObject({ caseNo, ...page }),
    output: pageOf(caseEventRecord),
    roles: anyone,
    summary: { zh: '办件全部事件', en: "A case's events in order" },
  }),
} as const;

type CaseCommands = typeof caseCommands;
type CaseQueries = typeof caseQueries;
declare module '../kernel/commands' {
  interface Commands extends CaseCommands {}
  interface Queries extends CaseQueries {}
}
