import type { BlockRow, CaseRow, InboxItem } from '@yici/api';
import { todoWords } from '@yici/domain/model';
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
