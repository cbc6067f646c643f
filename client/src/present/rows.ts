import type { BlockRow, CaseRow, InboxItem } from '@yici/api';
import type { Column } from '../terminal/table.js';
import { localTime, stateText, worded } from './words.js';

export const caseRowColumns: readonly Column<CaseRow>[] = [
  { title: '办件编号 case', value: (row) => row.caseNo },
  { title: '事项 matter', value: (row) => row.matterName?.zh, max: 30 },
  { title: '状态 state', value: (row) => stateText(row.state) },
  { title: '申报 applicant', value: (row) => row.applicant },
  { title: '牵头 owner', value: (row) => row.owner },
  { title: '到期 due', value: (row) => row.dueOn },
  { title: '更新 updated', value: (row) => localTime(row.updatedAt) },
];

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

export const inboxColumns: readonly Column<InboxItem>[] = [
  { title: '待办 to do', value: ({ todo }) => worded(todoWords, todo) },
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

export const blockColumns: readonly Column<BlockRow>[] = [
  { title: '区块 block', value: ({ number }) => number },
  { title: '交易 tx', value: ({ transactions }) => transactions },
  { title: '有效 valid', value: ({ valid }) => valid },
  { title: '时间 at', value: ({ at }) => at && localTime(at) },
  { title: '哈希 hash', value: ({ hash }) => `${hash.slice(0, 16)}…` },
  { title: '前块 previous', value: ({ previousHash }) => `${previousHash.slice(0, 16)}…` },
];
