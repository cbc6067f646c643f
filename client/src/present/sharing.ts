import type { ShareClockRow, UnmatchedShare } from '@yici/api';
import {
  basisText,
  challengeOutcomeWords,
  disputeOrderWords,
  disputeStageWords,
  disputeStatusWords,
  disputeSubjectWords,
  isMisuseOpen,
  replyOutcomeWords,
  roleWords,
  serviceChangeWords,
  shareClassWords,
  shareClocks,
  shareClockWords,
  shareMethodWords,
  shareStateWords,
  unmatchedWords,
  useDeviationWords,
  usualReaders,
  type ChallengeRecord,
  type DisputeRecord,
  type ProposedReply,
  type ServiceChange,
  type ShareEventRecord,
  type ShareGrantRecord,
  type ShareReaders,
  type ShareRecord,
  type UseRecord,
} from '@yici/domain/model';
import { renderTable, renderFields, type Column, type Say, type Field } from '@yici/terminal';
import type { ComparedValue } from '../documents/compared-values.js';
import { signerText } from './responsibility.js';
import { actText, labels, lateText, localTime, section, versionText } from './words.js';

const shareLabel = { zh: '共享编号', en: 'share' };
const uses = { zh: '使用记录', en: 'uses' };

export const shareColumns: readonly Column<ShareRecord>[] = [
  [shareLabel, ({ shareId }) => shareId],
  [labels.dataset, ({ datasetId }, say) => say.nameOf('dataset', datasetId)],
  [labels.state, ({ state }) => shareStateWords[state]],
  [labels.provider, ({ provider }, say) => say.nameOf('department', provider)],
  [labels.requester, ({ requester }, say) => say.nameOf('department', requester)],
  [labels.due, (record) => shareClocks(record)[0]?.dueOn],
  [uses, ({ receipts }) => receipts.count],
];

const shareEventColumns: readonly Column<ShareEventRecord>[] = [
  [labels.seq, ({ seq }) => seq],
  [{ zh: '事件', en: 'event' }, ({ type }) => actText(type)],
  [labels.signer, ({ by }) => by.user],
  [labels.at, ({ at }) => localTime(at)],
  [labels.state, ({ state }) => shareStateWords[state]],
  [labels.transaction, ({ txId }) => `${txId.slice(0, 12)}…`],
];

export const receiptColumns: readonly Column<UseRecord>[] = [
  [{ zh: '使用编号', en: 'use' }, ({ useId }) => useId],
  [{ zh: '使用时间', en: 'used at' }, ({ usedAt }) => localTime(usedAt)],
  [{ zh: '使用场景', en: 'scenario' }, ({ scenario }) => scenario, { max: 30 }],
  [{ zh: '成效', en: 'effect' }, ({ effect }) => effect, { max: 30 }],
  [
    { zh: '超出同意范围', en: 'outside' },
    ({ outside = [] }, say) => say.list(outside.map((one) => useDeviationWords[one])),
  ],
];

const fieldsLabel = { zh: '字段', en: 'fields' };

export const challengeColumns: readonly Column<ChallengeRecord>[] = [
  [shareLabel, ({ shareId }) => shareId],
  [{ zh: '校核编号', en: 'challenge' }, ({ challengeId }) => challengeId],
  [fieldsLabel, ({ fields }, say) => say.names('field', fields), { max: 40 }],
  [{ zh: '疑点', en: 'finding' }, ({ finding }) => finding, { max: 40 }],
  [{ zh: '答复期限', en: 'due' }, ({ dueOn }) => dueOn],
  [
    { zh: '答复', en: 'answer' },
    ({ answer }, say) =>
      answer && lateText(say(challengeOutcomeWords[answer.outcome]), answer.late, say),
  ],
];

export const disputeColumns: readonly Column<DisputeRecord>[] = [
  [shareLabel, ({ shareId }) => shareId],
  [{ zh: '争议编号', en: 'dispute' }, ({ disputeId }) => disputeId],
  [{ zh: '争议事由', en: 'subject' }, ({ subject }) => disputeSubjectWords[subject]],
  [{ zh: '主张', en: 'claim' }, ({ claim }) => claim, { max: 40 }],
  [{ zh: '阶段', en: 'stage' }, ({ stage }) => disputeStageWords[stage]],
  [
    { zh: '协调部门', en: 'coordinator' },
    ({ coordinator }, say) => coordinator && say.nameOf('department', coordinator),
  ],
  [labels.state, ({ status }) => disputeStatusWords[status]],
  [
    { zh: '协调意见', en: 'proposal' },
    ({ proposal }, say) => proposal && proposalText(proposal, say),
  ],
  [
    { zh: '结果', en: 'order' },
    ({ status, outcomes }) => {
      const last = status === 'decided' ? outcomes.at(-1) : undefined;
      return last && disputeOrderWords[last.order];
    },
  ],
];

/** What the coordinator proposes, and what each side has said to it. */
function proposalText(
  { order, answers }: NonNullable<DisputeRecord['proposal']>,
  say: Say,
): string {
  const said = answers.map((answer) =>
    say.aside(say.nameOf('department', answer.by.department), disputeOrderWords[answer.order]),
  );
  return say.facts([disputeOrderWords[order], ...said]);
}

export const shareClockColumns: readonly Column<ShareClockRow>[] = [
  [labels.due, ({ dueOn }) => dueOn],
  [{ zh: '待办类型', en: 'to do' }, ({ what }) => shareClockWords[what]],
  [labels.department, ({ department }, say) => say.nameOf('department', department)],
  [{ zh: '期限', en: 'limit' }, ({ limitDays }, say) => say.workingDays(limitDays)],
  [shareLabel, ({ shareId }) => shareId],
  [labels.dataset, ({ datasetId }, say) => datasetId && say.nameOf('dataset', datasetId)],
];

export const unmatchedColumns: readonly Column<UnmatchedShare>[] = [
  [shareLabel, ({ shareId }) => shareId],
  [labels.provider, ({ provider }, say) => say.nameOf('department', provider)],
  [labels.requester, ({ requester }, say) => say.nameOf('department', requester)],
  [
    { zh: '未闭环', en: 'unmatched' },
    ({ halves }, say) => say.facts(halves.map((half) => unmatchedWords[half])),
  ],
];

/** A share in full: request, reply, grant and history. */
export function presentShare(
  record: ShareRecord,
  {
    grant,
    events,
  }: {
    readonly grant: ShareGrantRecord | undefined;
    readonly events: readonly ShareEventRecord[];
  },
  say: Say,
): string[] {
  return [
    `${say({ zh: '共享', en: 'share' })} ${record.shareId}`,
    ...renderFields(
      [
        [labels.state, shareStateWords[record.state]],
        ...requestFields(record, say),
        ...replyFields(record, say),
        ...endFields(record, say),
        [uses, record.receipts.count],
        [{ zh: '超出同意范围的使用', en: 'uses outside the grant' }, misuseText(record, say)],
        [labels.head, record.head],
        ...(grant === undefined ? [] : grantFields(grant, say)),
      ],
      say,
    ),
    ...section(shareEventColumns, events, say),
  ];
}

function requestFields(record: ShareRecord, say: Say): Field[] {
  const { request } = record;
  const dataset = say.nameOf('dataset', record.datasetId);
  return [
    [labels.dataset, versionText(dataset, record.datasetVersion, say)],
    [{ zh: '共享属性', en: 'class' }, shareClassWords[record.shareClass]],
    [labels.provider, say.nameOf('department', record.provider)],
    [labels.requester, say.nameOf('department', record.requester)],
    [{ zh: '数据回流', en: 'return flow' }, record.returnFlow && say.yesNo(true)],
    [{ zh: '使用依据', en: 'basis' }, basisText(request.basis)],
    [{ zh: '使用场景', en: 'scenario' }, request.scenario],
    [
      { zh: '使用范围', en: 'scope' },
      say.list(request.fields.map((code) => say.withId('field', code))),
    ],
    [{ zh: '共享方式', en: 'method' }, say.member(shareMethodWords, request.method)],
    [{ zh: '申请使用期限', en: 'term' }, say.span(request.term.from, request.term.to)],
  ];
}

function replyFields(record: ShareRecord, say: Say): Field[] {
  const { reply, proposedReply, firstReply, granted, refusal } = record;
  return [
    [{ zh: '答复期限', en: 'reply by' }, reply?.dueOn],
    [{ zh: '拟答复', en: 'reply as worded' }, proposedReply && proposedText(proposedReply, say)],
    [
      { zh: '首次答复期限', en: 'first reply by' },
      firstReply && lateText(firstReply.dueOn, firstReply.late, say),
    ],
    [{ zh: '同意共享', en: 'granted' }, granted && replyText(granted, say)],
    [
      { zh: '不同意共享', en: 'refused' },
      refusal && say.facts([groundText(refusal, say), replyText(refusal, say)]),
    ],
  ];
}

function endFields({ correction, serviceChange, ended }: ShareRecord, say: Say): Field[] {
  return [
    [{ zh: '责令改正期限', en: 'to correct by' }, correction?.mendBy],
    [{ zh: '服务变更', en: 'change of service' }, serviceChange && changeText(serviceChange, say)],
    [{ zh: '处置期限', en: 'dispose by' }, ended?.disposeBy],
  ];
}

function misuseText(record: ShareRecord, say: Say): string | undefined {
  const { receipts, misuseAnswered } = record;
  if (receipts.outside === 0) return undefined;
  const open = isMisuseOpen(record)
    ? { zh: '待暂停或者说明理由', en: 'to be suspended or explained' }
    : (misuseAnswered?.note ?? '');
  return say.facts([String(receipts.outside), open]);
}

const groundText = (
  { basis, article, reason }: NonNullable<ShareRecord['refusal']>,
  say: Say,
): string => say.facts([say.language === 'zh' ? article : basis, reason]);

/** When a reply was given, who worded it and which head consented; older ones have no consent. */
function replyText(
  { by, at, late, consent }: NonNullable<ShareRecord['granted']>,
  say: Say,
): string {
  const wrote = signerText(by, say);
  const head = consent && signerText(consent.by, say);
  return say.facts([
    lateText(localTime(at), late, say),
    { zh: `拟稿 ${wrote}`, en: `worded by ${wrote}` },
    head === undefined ? '' : { zh: `负责人同意 ${head}`, en: `consent of ${head}` },
  ]);
}

const waits = { zh: '待负责人同意', en: 'waits for consent' };
const seqText = (seq: number) => ({ zh: `序号 ${seq}`, en: `seq ${seq}` });

const proposedText = ({ seq, outcome, by, at }: ProposedReply, say: Say): string =>
  say.facts([replyOutcomeWords[outcome], seqText(seq), signerText(by, say), localTime(at), waits]);

function changeText({ what, from, seq, reason, agreed }: ServiceChange, say: Say): string {
  const filed = agreed && say.nameOf('department', agreed.filedWith);
  const on = agreed && localTime(agreed.at);
  const answer =
    filed === undefined || on === undefined
      ? [waits, seqText(seq)]
      : [{ zh: `${on} 已同意并向${filed}备案`, en: `agreed ${on} and filed with ${filed}` }];
  return say.facts([
    serviceChangeWords[what],
    { zh: `自 ${from} 起`, en: `from ${from}` },
    reason,
    ...answer,
  ]);
}

function grantFields({ terms, dueOn, deliveries }: ShareGrantRecord, say: Say): Field[] {
  return [
    [{ zh: '同意的用途', en: 'purpose' }, terms.purpose],
    [{ zh: '同意使用期限', en: 'period' }, say.span(terms.period.from, terms.period.to)],
    [{ zh: '允许的使用', en: 'uses allowed' }, say.facts(terms.uses)],
    [{ zh: '留存期限', en: 'retention' }, say.workingDays(terms.retention.value)],
    [{ zh: '可读岗位', en: 'readers' }, readersText(terms.readers ?? usualReaders, say)],
    [
      { zh: '适用条件', en: 'conditions' },
      say.list(terms.conditions.map((code) => say.withId('condition', code))),
    ],
    [{ zh: '处置要求', en: 'disposal' }, terms.disposal],
    [{ zh: '提供期限', en: 'deliver by' }, dueOn],
    [
      { zh: '提供', en: 'deliveries' },
      say.facts(
        deliveries.map(({ no, at }) => ({
          zh: `第 ${no} 次 ${localTime(at)}`,
          en: `${no}: ${localTime(at)}`,
        })),
      ),
    ],
  ];
}

function readersText({ provider, requester }: ShareReaders, say: Say): string {
  const roles = (names: readonly (keyof typeof roleWords)[]) =>
    say.list(names.map((name) => roleWords[name]));
  return say.facts([
    say.aside(labels.provider, roles(provider)),
    say.aside(labels.requester, roles(requester)),
  ]);
}

const valueColumns: readonly Column<ComparedValue>[] = [
  [{ zh: '次', en: 'no' }, ({ no }) => no],
  [fieldsLabel, ({ code }, say) => say.withId('field', code)],
  [{ zh: '数值', en: 'value' }, ({ value }) => value, { max: 60 }],
  [{ zh: '与校验值核对', en: 'match' }, ({ match }) => matchWords[`${match}`]],
];

/** Whether a value is that of its digest. */
export const matchWords = {
  true: { zh: '一致', en: 'yes' },
  false: { zh: '不一致', en: 'NO' },
} as const;

/** Delivered values, each compared with its digest on the ledger. */
export const presentValues = (rows: readonly ComparedValue[], say: Say): string[] =>
  renderTable(valueColumns, rows, say);
