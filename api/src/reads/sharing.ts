import {
  challengeId,
  challengeRecord,
  datasetId,
  departmentId,
  disputeId,
  disputeRecord,
  shareEventRecord,
  shareGrantRecord,
  shareId,
  shareRecord,
  shareState,
  unmatchedHalves,
  useRecord,
} from '@yici/domain/model';
import { z } from 'zod';
import { list, read, record } from '../definition.js';
import { shareClockRowSchema } from '../rows.js';
import { offered, statusFilter } from '../shapes.js';

/** A share with halves that lack their other half. */
const unmatchedShare = z.strictObject({
  shareId,
  datasetId,
  provider: departmentId,
  requester: departmentId,
  state: shareState,
  halves: z.array(z.enum(unmatchedHalves)),
});
export type UnmatchedShare = z.output<typeof unmatchedShare>;

/** The query that the reader is to sign: the peer gives the values to nobody else. */
const valuesRequest = z.strictObject({
  shareId,
  sign: z.strictObject({ kind: z.literal('query'), bytes: z.base64(), digest: z.string() }),
});

const params = { shareId };
const journal = { about: 'share' } as const;

/** What lists of what was said about shares are narrowed by. */
const ofShares = {
  shareId: shareId.optional(),
  provider: offered(departmentId.optional(), '--provider <id>', {
    zh: '提供部门',
    en: 'provider',
  }),
  requester: offered(departmentId.optional(), '--requester <id>', {
    zh: '需求部门',
    en: 'requester',
  }),
};

/** Data sharing (Order 809): lists, one share with its parts, and its values for the two departments. */
export const sharingReads = {
  'shares.list': list({
    path: '/v1/shares',
    summary: {
      zh: '本部门参与的共享（政务数据共享主管部门和督查可见全部）',
      en: 'Shares your department is a party of, newest first; all for the lead authority and supervisors',
    },
    query: {
      state: offered(shareState.optional(), '--state <state>', { zh: '状态', en: 'state' }),
      datasetId: offered(datasetId.optional(), '--dataset-id <id>', {
        zh: '政务数据目录项',
        en: 'data set',
      }),
      provider: ofShares.provider,
      requester: ofShares.requester,
    },
    item: shareRecord,
    concerns: 'concerned',
    journal: { record: ['shareId'], departments: ['parties'] },
  }),
  'unmatchedShares.list': list({
    path: '/v1/unmatched-shares',
    summary: {
      zh: '未闭环的共享：已同意共享无使用记录、有使用记录未同意共享、逾期未提供、逾期未处置',
      en: 'Shares whose halves do not match, the latest first: delivered without receipt, used without grant, overdue',
    },
    item: unmatchedShare,
    concerns: 'concerned',
    journal: { record: ['shareId'], departments: ['provider', 'requester'] },
  }),
  'shareClocks.list': list({
    path: '/v1/share-clocks',
    summary: {
      zh: '数据共享的期限：等待本部门办理的（政务数据共享主管部门和督查可见全部）',
      en: 'Running clocks of data sharing for your department, soonest due first; all for the lead authority and supervisors',
    },
    query: { department: departmentId.optional() },
    item: shareClockRowSchema,
    concerns: 'concerned',
    journal: { record: ['challengeId', 'shareId'], departments: ['department'] },
  }),
  'shares.get': record({
    path: '/v1/shares/{shareId}',
    summary: { zh: '查询共享', en: 'One share' },
    params,
    answer: shareRecord,
    ledger: 'sharing.get',
    journal,
  }),
  'shares.grant': record({
    path: '/v1/shares/{shareId}/grant',
    summary: { zh: '查询同意共享与提供情况', en: "A share's grant and its deliveries" },
    params,
    answer: shareGrantRecord,
    ledger: 'sharing.grantOf',
    journal,
  }),
  'shares.values': read({
    path: '/v1/shares/{shareId}/values',
    summary: {
      zh: '取待签名的查询，用以读取数值',
      en: 'The query to sign for reading the values, for the readers of provider and requester',
    },
    params,
    answer: valuesRequest,
    concerns: 'readers',
    journal,
  }),
  'shares.events': list({
    path: '/v1/shares/{shareId}/events',
    summary: { zh: '共享全部办理记录', en: "A share's events in order" },
    params,
    item: shareEventRecord,
    concerns: 'concerned',
    journal,
  }),
  'shares.receipts': list({
    path: '/v1/shares/{shareId}/receipts',
    summary: {
      zh: '共享的使用记录（提供部门、需求部门、政务数据共享主管部门、督查）',
      en: 'Recorded uses: for provider, requester, lead authority and supervisors (Order 809 art 29)',
    },
    params,
    item: useRecord,
    concerns: 'concerned',
    journal,
  }),
  'shares.challenges': list({
    path: '/v1/shares/{shareId}/challenges',
    summary: { zh: '共享的校核申请', en: 'Challenges of shared data (Order 809 art 26)' },
    params,
    item: challengeRecord,
    concerns: 'concerned',
    journal,
  }),
  'shares.disputes': list({
    path: '/v1/shares/{shareId}/disputes',
    summary: { zh: '共享争议', en: 'Disputes about a share (Order 809 art 28)' },
    params,
    item: disputeRecord,
    concerns: 'concerned',
    journal,
  }),
  'challenges.list': list({
    path: '/v1/challenges',
    summary: {
      zh: '数据校核：本部门提出或者答复的（政务数据共享主管部门和督查可见全部）',
      en: 'Challenges of shared data that your department made or answers, newest first; all for the lead authority and supervisors',
    },
    query: {
      ...ofShares,
      status: statusFilter(challengeRecord.shape.status.optional()),
    },
    item: challengeRecord,
    concerns: 'concerned',
    journal: { record: ['challengeId'], departments: ['provider', 'requester'] },
  }),
  'challenges.get': read({
    path: '/v1/challenges/{shareId}/{challengeId}',
    summary: { zh: '查询数据校核', en: 'One challenge of shared data' },
    params: { ...params, challengeId },
    answer: challengeRecord,
    concerns: 'concerned',
    journal,
  }),
  'disputes.list': list({
    path: '/v1/disputes',
    summary: {
      zh: '共享争议：本部门为一方或者由本部门协调、决定的（政务数据共享主管部门和督查可见全部）',
      en: 'Disputes about shares that your department is a party of or settles, newest first; all for the lead authority and supervisors',
    },
    query: {
      ...ofShares,
      status: statusFilter(disputeRecord.shape.status.optional()),
      stage: offered(disputeRecord.shape.stage.optional(), '--stage <stage>', {
        zh: '阶段',
        en: 'stage',
      }),
    },
    item: disputeRecord,
    concerns: 'concerned',
    journal: { record: ['disputeId'], departments: ['provider', 'requester'] },
  }),
  'disputes.get': read({
    path: '/v1/disputes/{shareId}/{disputeId}',
    summary: { zh: '查询共享争议', en: 'One dispute about a share' },
    params: { ...params, disputeId },
    answer: disputeRecord,
    concerns: 'concerned',
    journal,
  }),
};
