import { z } from 'zod';
import type { Column } from '../terminal/table.js';
import { knownStateText, localTime } from './words.js';

/** Rows from the gateway's index; the schemas of ledger records are in the chaincode's model. */
const name = z.object({ zh: z.string(), en: z.string() }).loose().nullable();

export const caseRowSchema = z
  .object({
    caseNo: z.string(),
    matterName: name,
    applicant: z.string(),
    owner: z.string(),
    state: z.string(),
    dueOn: z.string().nullable(),
    updatedAt: z.string(),
  })
  .loose();

export const caseRowColumns: readonly Column<z.infer<typeof caseRowSchema>>[] = [
  { title: '办件编号 case', value: (row) => row.caseNo },
  { title: '事项 matter', value: (row) => row.matterName?.zh, max: 30 },
  { title: '状态 state', value: (row) => knownStateText(row.state) },
  { title: '申报 applicant', value: (row) => row.applicant },
  { title: '牵头 owner', value: (row) => row.owner },
  { title: '到期 due', value: (row) => row.dueOn },
  { title: '更新 updated', value: (row) => localTime(row.updatedAt) },
];

export const inboxRowSchema = z
  .object({
    todo: z.string(),
    caseNo: z.string().nullable(),
    taskCode: z.string(),
    shareId: z.string().optional(),
    datasetId: z.string().optional(),
    cardId: z.string().optional(),
    orderId: z.string().optional(),
    matterName: name,
    step: z.string().nullable(),
    due: z.string().nullable(),
    from: z.string().nullish(),
    since: z.string(),
    state: z.string(),
  })
  .loose();

const todoWords: Readonly<Record<string, string>> = {
  receive: '收件',
  check: '审核受理',
  supplement: '补正',
  opinion: '出具意见',
  decide: '作出决定',
  complete: '办结',
  deliver: '送达',
  cosign: '会签',
  publish: '公布',
  answerShare: '答复共享申请',
  deliverShare: '提供数据',
  answerChallenge: '答复校核',
  mendShare: '整改用数',
  settleDispute: '处理共享争议',
  disposeShare: '处置数据',
  updateDataset: '更新目录',
  reviewDataset: '审核目录',
  explainCard: '说明红牌',
  ruleCard: '裁定申诉',
  replyOrder: '回复督办',
  concludeOrder: '督办结论',
  answerEvaluation: '差评整改',
  approveExtension: '批准延期',
  endProcedure: '结束特别程序',
  inspect: '核查承诺',
  correct: '限期改正',
  revokeDecision: '撤销决定',
  answerTransfer: '答复移交',
  resend: '重新送办',
  rule: '职责裁定',
  review: '复核',
};

export const inboxColumns: readonly Column<z.infer<typeof inboxRowSchema>>[] = [
  { title: '待办 to do', value: ({ todo }) => `${todoWords[todo] ?? ''} ${todo}`.trim() },
  {
    title: '办件/事项 case or matter',
    value: (row) =>
      row.cardId ?? row.orderId ?? row.caseNo ?? row.shareId ?? row.datasetId ?? row.taskCode,
  },
  { title: '事项 matter', value: (row) => row.matterName?.zh, max: 30 },
  { title: '环节 step', value: (row) => row.step },
  { title: '到期 due', value: (row) => row.due },
  { title: '逾期起算 missed from', value: ({ from }) => from && localTime(from) },
  { title: '自 since', value: (row) => localTime(row.since) },
];

export const blockRowSchema = z
  .object({
    number: z.number(),
    hash: z.string(),
    previousHash: z.string(),
    transactions: z.number(),
    valid: z.number(),
    at: z.string().nullable(),
  })
  .loose();

export const blockColumns: readonly Column<z.infer<typeof blockRowSchema>>[] = [
  { title: '区块 block', value: ({ number }) => number },
  { title: '交易 tx', value: ({ transactions }) => transactions },
  { title: '有效 valid', value: ({ valid }) => valid },
  { title: '时间 at', value: ({ at }) => at && localTime(at) },
  { title: '哈希 hash', value: ({ hash }) => `${hash.slice(0, 16)}…` },
  { title: '前块 previous', value: ({ previousHash }) => `${previousHash.slice(0, 16)}…` },
];

/** A transaction on the ledger, or one in progress at this gateway. */
export const anyTransactionSchema = z
  .object({
    txId: z.string(),
    id: z.string().optional(),
    state: z.string().optional(),
    command: z.string().optional(),
    block: z.number().optional(),
    index: z.number().optional(),
    type: z.string().optional(),
    code: z.object({ number: z.number(), name: z.string() }).optional(),
    at: z.string().nullish(),
    creator: z.object({ mspId: z.string(), user: z.string() }).nullish(),
    chaincode: z.string().nullish(),
    function: z.string().nullish(),
    summary: z.object({ user: z.string(), mspId: z.string() }).loose().optional(),
  })
  .loose();
