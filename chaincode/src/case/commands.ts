import { z } from 'zod';
import { command, heads, officials, query, staff, timekeepers } from '../kernel/operation';
import { caseNo, page, pageOf, rulingId } from '../kernel/scalars';
import { archiveCommands } from './archive/commands';
import { dutyRulingCommands } from './responsibility/commands';
import * as inputs from './inputs';
import { caseEventRecord, caseRecord } from './records';
import { dutyRulingRecord } from './responsibility-records';
import { resultCommands } from './result/commands';

const cases = { plural: 'cases', key: 'caseNo' } as const;

const common = { of: cases, output: caseRecord } as const;

export const commands = {
  'case.submit': command({
    ...common,
    creates: true,
    issued: ['caseNo'],
    internal: ['insteadOf'],
    input: inputs.submitCaseInput,
    roles: staff,
    summary: { zh: '申报办件', en: 'File a case against a published matter' },
    done: { zh: '已申报办件', en: 'Filed a case' },
    leadsTo: 'receive',
  }),
  'case.receive': command({
    ...common,
    input: inputs.receiveCaseInput,
    roles: staff,
    summary: { zh: '收件', en: 'Acknowledge receipt of a case' },
    leadsTo: 'check',
  }),
  'case.accept': command({
    ...common,
    input: inputs.acceptCaseInput,
    roles: officials,
    summary: { zh: '受理', en: 'Accept a complete case' },
  }),
  'case.tolerantAccept': command({
    ...common,
    input: inputs.tolerantAcceptCaseInput,
    roles: officials,
    summary: { zh: '容缺受理', en: 'Accept a case with tolerable materials missing' },
  }),
  'case.supplementNotice': command({
    ...common,
    input: inputs.supplementNoticeInput,
    roles: officials,
    summary: {
      zh: '一次性告知补正（当场，至迟五个工作日内；再次告知由负责人签发）',
      en: 'Ask once for all that must be supplemented, on the spot or within five working days',
    },
    leadsTo: 'supplement',
  }),
  'case.supplement': command({
    ...common,
    input: inputs.supplementCaseInput,
    roles: staff,
    summary: { zh: '补正材料', en: 'Supplement the materials that were asked for' },
    leadsTo: 'check',
  }),
  'case.refuse': command({
    ...common,
    input: inputs.refuseCaseInput,
    roles: officials,
    summary: { zh: '不予受理', en: 'Refuse to accept a case, with reason and remedy' },
  }),
  'case.opinion': command({
    ...common,
    input: inputs.opinionInput,
    roles: officials,
    summary: { zh: '会办意见', en: "A participant gives its step's opinion" },
  }),
  'case.answerForwarded': command({
    ...common,
    input: inputs.answerForwardedInput,
    roles: officials,
    summary: {
      zh: '登记转报事项的上级答复',
      en: 'Record the answer from above to a step that was forwarded',
    },
  }),
  'case.recordMeeting': command({
    ...common,
    input: inputs.recordMeetingInput,
    roles: officials,
    summary: {
      zh: '登记协调会纪要（会办部门不同意的）',
      en: 'Record the meeting with a department that disagrees',
    },
  }),
  'case.reviseOpinion': command({
    ...common,
    input: inputs.reviseOpinionInput,
    roles: officials,
    summary: {
      zh: '会办部门修改意见，或者在协调会后维持不同意见',
      en: 'A department that disagreed agrees after all or, after the meeting, stays with its opinion',
    },
  }),
  'case.ruleOpinion': command({
    ...common,
    input: inputs.ruleOpinionInput,
    roles: officials,
    summary: {
      zh: '不同意见的决定（本级人民政府作出，或者由实施主体注明机关、文号登记）',
      en: "The government's decision on a disagreement, signed or registered with organ and number",
    },
  }),
  'case.decide': command({
    ...common,
    input: inputs.decideCaseInput,
    roles: heads,
    summary: { zh: '作出决定', en: "The owner's head decides" },
    leadsTo: 'complete',
  }),
  'case.coDecide': command({
    ...common,
    input: inputs.coDecideCaseInput,
    roles: heads,
    summary: {
      zh: '对实施主体向本部门申请的办件共同作出决定',
      en: 'Decide, beside the owner, on what the owner applied for at itself',
    },
  }),
  'case.complete': command({
    ...common,
    input: inputs.completeCaseInput,
    roles: officials,
    summary: { zh: '办结', en: 'Complete a decided case' },
    leadsTo: 'deliver',
  }),
  'case.deliver': command({
    ...common,
    input: inputs.deliverCaseInput,
    roles: staff,
    summary: { zh: '送达', en: 'Deliver the result' },
    leadsTo: 'acknowledge',
  }),
  'case.withdraw': command({
    ...common,
    input: inputs.withdrawCaseInput,
    roles: staff,
    summary: { zh: '撤回申请', en: 'The applicant withdraws' },
  }),
  'case.correct': command({
    ...common,
    input: inputs.correctCaseInput,
    roles: heads,
    summary: {
      zh: '更正（追加记录，不改原记录）',
      en: 'Record a correction of an earlier event, which stays',
    },
  }),
  'case.deemAccepted': command({
    ...common,
    input: inputs.caseOnlyInput,
    roles: timekeepers,
    summary: {
      zh: '逾期未告知，记录视为受理',
      en: 'Record that a case without a reply in time counts as accepted',
    },
  }),
  'case.deemWithdrawn': command({
    ...common,
    input: inputs.caseOnlyInput,
    roles: timekeepers,
    summary: {
      zh: '逾期未补正，记录视为撤回',
      en: 'Record that a case not supplemented in time counts as withdrawn',
    },
  }),
  'case.startSpecialProcedure': command({
    ...common,
    input: inputs.startSpecialProcedureInput,
    roles: officials,
    summary: {
      zh: '特别程序开始，停止计时',
      en: 'Start a special procedure, which stops the clock',
    },
    leadsTo: 'endProcedure',
  }),
  'case.endSpecialProcedure': command({
    ...common,
    input: inputs.endSpecialProcedureInput,
    roles: staff,
    summary: { zh: '特别程序结束，恢复计时', en: 'End a special procedure; the clock goes on' },
  }),
  'case.recount': command({
    ...common,
    input: inputs.recountInput,
    roles: timekeepers,
    summary: {
      zh: '工作日历公布或者调整后重新计算期限，只延长、不缩短',
      en: 'Move due dates by the days off of a calendar declared or corrected since; none becomes shorter',
    },
  }),
  'case.succeed': command({
    ...common,
    input: inputs.succeedCaseInput,
    roles: timekeepers,
    finishes: true,
    summary: {
      zh: '办件按已生效的机构改革决定由承继部门继续办理',
      en: 'A case goes on with the departments that a reorganisation gives it',
    },
  }),
  'case.requestExtension': command({
    ...common,
    input: inputs.requestExtensionInput,
    roles: officials,
    summary: { zh: '申请延期', en: 'Ask for more time, with the reason' },
    leadsTo: 'approveExtension',
  }),
  'case.approveExtension': command({
    ...common,
    input: inputs.approveExtensionInput,
    roles: heads,
    summary: {
      zh: '批准延期并告知申报部门',
      en: 'A head approves more time and tells the applicant',
    },
  }),
  'case.lapseStep': command({
    ...common,
    input: inputs.lapseStepInput,
    roles: timekeepers,
    summary: {
      zh: '登记会办超时：超时默认同意或者升级督办',
      en: 'Record that a step’s opinion is overdue: default agreement or escalation',
    },
  }),
  'case.passStep': command({
    ...common,
    input: inputs.passStepInput,
    roles: heads,
    summary: {
      zh: '不再等待升级督办后仍未答复的会办意见，继续办理（实施主体负责人说明理由）',
      en: "The owner's head goes on without an escalated step's opinion, with reasons",
    },
  }),
  'case.revokeAcceptance': command({
    ...common,
    input: inputs.revokeAcceptanceInput,
    roles: heads,
    summary: {
      zh: '容缺材料逾期未补，撤销受理',
      en: 'Revoke a tolerant acceptance whose missing materials did not come in time',
    },
  }),
  'case.recordInspection': command({
    ...common,
    input: inputs.recordInspectionInput,
    roles: officials,
    summary: { zh: '核查告知承诺', en: 'Record the inspection of a commitment' },
  }),
  'case.revokeDecision': command({
    ...common,
    input: inputs.revokeDecisionInput,
    roles: heads,
    summary: {
      zh: '撤销决定（以欺骗、贿赂等不正当手段取得的应当撤销，其他情形可以撤销）',
      en: "The owner's head revokes a decision: must where it was obtained by deceit, may on other grounds",
    },
  }),
  'case.keepDecision': command({
    ...common,
    input: inputs.keepDecisionInput,
    roles: heads,
    summary: {
      zh: '不予撤销决定（撤销可能对公共利益造成重大损害的）',
      en: "The owner's head does not revoke a decision, since that could gravely harm the public interest",
    },
  }),
  'case.reopen': command({
    ...common,
    input: inputs.reopenCaseInput,
    roles: heads,
    summary: {
      zh: '决定被撤销或者经复核须重新作出的，重新办理',
      en: 'Open a case for a new decision, after a review or a revocation',
    },
  }),
  'case.liftCommitmentBar': command({
    ...common,
    input: inputs.liftCommitmentBarInput,
    roles: heads,
    summary: {
      zh: '登记信用修复，恢复适用告知承诺',
      en: 'Record that the bad record of a broken commitment was repaired',
    },
  }),
  ...archiveCommands,
  'case.offerTransfer': command({
    ...common,
    input: inputs.offerTransferInput,
    roles: officials,
    summary: {
      zh: '提出移交办件或者环节（须引用接收部门的“三定”规定职责条目）',
      en: "Offer a case or an open step to another department, citing that department's duty clause",
    },
    leadsTo: 'answerTransfer',
  }),
  'case.acceptTransfer': command({
    ...common,
    input: inputs.acceptTransferInput,
    roles: officials,
    summary: { zh: '接收移交', en: 'Accept what is handed over' },
  }),
  'case.declineTransfer': command({
    ...common,
    input: inputs.declineTransferInput,
    roles: officials,
    summary: {
      zh: '不接收移交（须引用“三定”规定职责条目；第二次自动提请职责分工协调）',
      en: 'Decline a hand-over by a duty clause; the second brings the question to coordination',
    },
  }),
  'case.requestCoordination': command({
    ...common,
    input: inputs.requestCoordinationInput,
    roles: officials,
    summary: {
      zh: '提请职责分工协调（协商不一致的；须引用“三定”规定职责条目）',
      en: 'Bring a question of duty that the departments did not settle to coordination',
    },
  }),
  'case.returnStep': command({
    ...common,
    input: inputs.returnStepInput,
    roles: officials,
    summary: {
      zh: '退件：环节退回实施主体，时限照计',
      en: 'Return the file of a step to the owner; its clock runs on',
    },
    leadsTo: 'resend',
  }),
  'case.resendStep': command({
    ...common,
    input: inputs.resendStepInput,
    roles: officials,
    summary: { zh: '重新送办退回的环节', en: 'The owner answers a returned step' },
  }),
  ...resultCommands,
  ...dutyRulingCommands,
} as const;

export const queries = {
  'case.get': query({
    audience: 'concerned',
    input: inputs.caseOnlyInput,
    output: caseRecord,
    summary: { zh: '查询办件', en: 'One case' },
  }),
  'case.events': query({
    audience: 'concerned',
    input: z.strictObject({ caseNo, ...page }),
    output: pageOf(caseEventRecord),
    summary: { zh: '办件全部办理记录', en: "A case's events in order" },
  }),
  'dutyRuling.get': query({
    audience: 'concerned',
    input: z.strictObject({ rulingId }),
    output: dutyRulingRecord,
    summary: { zh: '查询职责分工协调', en: 'One duty ruling' },
  }),
} as const;
