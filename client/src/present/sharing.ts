import type { ShareClockRow, UnmatchedShare } from '@yici/api';
import {
  challengeOutcomeWords,
  disputeOrderWords,
  disputeStageWords,
  disputeStatusWords,
  isMisuseOpen,
  replyOutcomeWords,
  serviceChangeWords,
  shareClocks,
  shareClockWords,
  shareStateWords,
  unmatchedWords,
  usualReaders,
  type ChallengeRecord,
  type DisputeRecord,
  type ProposedReply,
  type ServiceChange,
  type ShareEventRecord,
  type ShareGrantRecord,
  type ShareReaders,
  type ShareRecord,
  type ShareState,
  type ShareValues,
  type UseRecord,
} from '@yici/domain/model';
import { renderFields, renderTable, type Column } from '../terminal/table.js';
import { signerText } from './responsibility.js';
import { localTime, shareText, worded } from './words.js';

export function shareStateText(state: ShareState): string {
  return worded(shareStateWords, state);
}

export const shareColumns: readonly Column<ShareRecord>[] = [
  { title: '共享 share', value: ({ shareId }) => shareId },
  { title: '数据集 data set', value: ({ datasetId }) => datasetId },
  { title: '状态 state', value: ({ state }) => shareStateText(state) },
  { title: '提供 provider', value: ({ provider }) => provider },
  { title: '需求 requester', value: ({ requester }) => requester },
  { title: '到期 due', value: (record) => shareClocks(record)[0]?.dueOn },
  { title: '使用 uses', value: ({ receipts }) => receipts.count },
];

const shareEventColumns: readonly Column<ShareEventRecord>[] = [
  { title: '序 seq', value: ({ seq }) => seq },
  { title: '事件 event', value: ({ type }) => type },
  { title: '签名 signed by', value: ({ by }) => by.user },
  { title: '时间 at', value: ({ at }) => localTime(at) },
  { title: '状态 state', value: ({ state }) => shareStateText(state) },
  { title: '交易 tx', value: ({ txId }) => `${txId.slice(0, 12)}…` },
];

export const receiptColumns: readonly Column<UseRecord>[] = [
  { title: '使用 use', value: ({ useId }) => useId },
  { title: '时间 used at', value: ({ usedAt }) => localTime(usedAt) },
  { title: '场景 scenario', value: ({ scenario }) => scenario, max: 30 },
  { title: '成效 effect', value: ({ effect }) => effect, max: 30 },
  { title: '超出授权 outside', value: ({ outside }) => (outside ?? []).join(', ') },
];

export const challengeColumns: readonly Column<ChallengeRecord>[] = [
  { title: '校核 challenge', value: ({ challengeId }) => challengeId },
  { title: '字段 fields', value: ({ fields }) => fields.join(', '), max: 40 },
  { title: '疑点 finding', value: ({ finding }) => finding, max: 40 },
  { title: '答复期限 due', value: ({ dueOn }) => dueOn },
  {
    title: '答复 answer',
    value: ({ answer }) => answer && worded(challengeOutcomeWords, answer.outcome),
  },
  { title: '逾期 late', value: ({ answer }) => (answer?.late === true ? '是 yes' : undefined) },
];

export const disputeColumns: readonly Column<DisputeRecord>[] = [
  { title: '争议 dispute', value: ({ disputeId }) => disputeId },
  { title: '事由 subject', value: ({ subject }) => subject },
  { title: '主张 claim', value: ({ claim }) => claim, max: 40 },
  { title: '阶段 stage', value: ({ stage }) => worded(disputeStageWords, stage) },
  { title: '协调 coordinator', value: ({ coordinator }) => coordinator },
  { title: '状态 status', value: ({ status }) => worded(disputeStatusWords, status) },
  { title: '协调意见 proposal', value: ({ proposal }) => proposal && proposalText(proposal) },
  {
    title: '结果 order',
    value: ({ status, outcomes }) => {
      const last = status === 'decided' ? outcomes.at(-1) : undefined;
      return last && worded(disputeOrderWords, last.order);
    },
  },
];

/** What the coordinator proposes, and what each side has said to it. */
function proposalText({ order, answers }: NonNullable<DisputeRecord['proposal']>): string {
  const said = answers.map(
    (answer) => `${answer.by.department}：${worded(disputeOrderWords, answer.order)}`,
  );
  return [worded(disputeOrderWords, order), ...said].join('；');
}

export const shareClockColumns: readonly Column<ShareClockRow>[] = [
  { title: '到期 due', value: ({ dueOn }) => dueOn },
  { title: '事项 what', value: ({ what }) => worded(shareClockWords, what) },
  { title: '部门 department', value: ({ department }) => department },
  { title: '期限 limit', value: ({ limitDays }) => `${limitDays} 个工作日` },
  { title: '共享 share', value: ({ shareId }) => shareId },
  { title: '数据集 data set', value: ({ datasetId }) => datasetId },
];

export const unmatchedColumns: readonly Column<UnmatchedShare>[] = [
  { title: '共享 share', value: ({ shareId }) => shareId },
  { title: '提供 provider', value: ({ provider }) => provider },
  { title: '需求 requester', value: ({ requester }) => requester },
  {
    title: '未闭环 unmatched',
    value: ({ halves }) => halves.map((half) => worded(unmatchedWords, half)).join('; '),
  },
];

/** A share in full: request, reply, grant and history. */
export function presentShare(
  record: ShareRecord,
  grant: ShareGrantRecord | undefined,
  events: readonly ShareEventRecord[],
): string[] {
  const { request } = record;
  return [
    `共享 share ${record.shareId}`,
    ...renderFields([
      ['状态 state', shareStateText(record.state)],
      ['数据集 data set', `${record.datasetId} v${record.datasetVersion}`],
      ['共享属性 class', shareText(record.shareClass)],
      ['提供部门 provider', record.provider],
      ['需求部门 requester', record.requester],
      ['回流 return flow', record.returnFlow ? '是 yes' : undefined],
      ['使用依据 basis', `${request.basis.law} ${request.basis.clause}`],
      ['使用场景 scenario', request.scenario],
      ['使用范围 scope', request.fields.join(', ')],
      ['共享方式 method', request.method],
      ['使用时限 term', `${request.term.from} — ${request.term.to}`],
      ...fieldsOfReply(record),
      ...fieldsOfEnd(record),
      ['使用记录 uses', record.receipts.count],
      ['超出授权的使用 uses outside the grant', misuseText(record)],
      ['链头 head', record.head],
    ]),
    ...(grant === undefined ? [] : presentGrant(grant)),
    '',
    ...renderTable(shareEventColumns, events),
  ];
}

function fieldsOfReply(record: ShareRecord): Parameters<typeof renderFields>[0] {
  const { reply, proposedReply, firstReply, granted, refusal } = record;
  return [
    ['答复期限 reply by', reply?.dueOn],
    ['拟答复 reply as worded', proposedReply && proposedText(proposedReply)],
    ['首次答复期限 first reply by', firstReply && dueText(firstReply.dueOn, firstReply.late)],
    ['同意共享 granted', granted && replyText(granted)],
    ['不同意 refused', refusal && `${groundText(refusal)}，${replyText(refusal)}`],
  ];
}

function fieldsOfEnd({ correction, serviceChange, ended }: ShareRecord) {
  return [
    ['责令改正 to correct by', correction?.mendBy],
    ['服务变更 change of service', serviceChange && changeText(serviceChange)],
    ['处置期限 dispose by', ended?.disposeBy],
  ] as const;
}

function misuseText(record: ShareRecord): string | undefined {
  const { receipts, misuseAnswered } = record;
  if (receipts.outside === 0) return undefined;
  const note = misuseAnswered?.note ?? '';
  const open = isMisuseOpen(record) ? '待暂停或者说明 to be suspended or explained' : note;
  return [receipts.outside, open].join(' ').trim();
}

const dueText = (day: string, late: boolean): string => (late ? `${day} 逾期 late` : day);

const groundText = ({ basis, article, reason }: NonNullable<ShareRecord['refusal']>): string =>
  `${basis}（${article}）${reason}`;

/** When a reply was given, who worded it and which head consented; older ones have no consent. */
function replyText({ by, at, late, consent }: NonNullable<ShareRecord['granted']>): string {
  const head = consent === undefined ? '' : `，负责人同意 consent ${signerText(consent.by)}`;
  return `${dueText(localTime(at), late)}，拟稿 worded ${signerText(by)}${head}`;
}

function proposedText({ seq, outcome, by, at }: ProposedReply): string {
  const waits = '待负责人同意 waits for consent';
  return `${worded(replyOutcomeWords, outcome)}，序号 seq ${seq}，${signerText(by)}，${localTime(at)}，${waits}`;
}

function changeText({ what, from, seq, reason, agreed }: ServiceChange): string {
  const answer =
    agreed === undefined
      ? `待同意 waits for consent，序号 seq ${seq}`
      : `${localTime(agreed.at)} 已同意并备案 agreed and filed with ${agreed.filedWith}`;
  return `${worded(serviceChangeWords, what)}，${from} 起 from：${reason}（${answer}）`;
}

function presentGrant({ terms, dueOn, deliveries }: ShareGrantRecord): string[] {
  return renderFields([
    ['授权用途 purpose', terms.purpose],
    ['授权期限 period', `${terms.period.from} — ${terms.period.to}`],
    ['允许的使用 uses', terms.uses.join('; ')],
    ['留存 retention', `${terms.retention.value} 个工作日`],
    ['可读岗位 readers', readersText(terms.readers ?? usualReaders)],
    ['适用条件 conditions', terms.conditions.join(', ')],
    ['处置要求 disposal', terms.disposal],
    ['提供期限 deliver by', dueOn],
    ['提供 deliveries', deliveries.map(({ no, at }) => `${no}: ${localTime(at)}`).join('; ')],
  ]);
}

const readersText = ({ provider, requester }: ShareReaders): string =>
  `提供 provider: ${provider.join(', ')}; 需求 requester: ${requester.join(', ')}`;

const valueColumns: readonly Column<{ no: number; code: string; value: string; match: boolean }>[] =
  [
    { title: '次 no', value: ({ no }) => no },
    { title: '字段 field', value: ({ code }) => code },
    { title: '数值 value', value: ({ value }) => value, max: 60 },
    { title: '与摘要一致 match', value: ({ match }) => (match ? '一致 yes' : '不一致 NO') },
  ];

/** Delivered values, each compared with its digest on the ledger. */
export function presentValues(
  rows: readonly { no: number; code: string; value: string; match: boolean }[],
): string[] {
  return renderTable(valueColumns, rows);
}

/** The values that match their digests on the ledger. */
export function comparedValues(
  { deliveries }: ShareValues,
  grant: Pick<ShareGrantRecord, 'deliveries'>,
  unseals: (digest: string, value: string, salt: Uint8Array) => boolean,
): { no: number; code: string; value: string; match: boolean }[] {
  return deliveries.flatMap(({ no, values }) => {
    const fields = grant.deliveries.find((delivery) => delivery.no === no)?.fields ?? [];
    return values.map(({ code, value, salt }) => {
      const field = fields.find((known) => known.code === code && known.digestAlg === 'sha256');
      const match = field !== undefined && unseals(field.digest, value, Buffer.from(salt, 'hex'));
      return { no, code, value, match };
    });
  });
}
