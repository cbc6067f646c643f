import {
  delegationEndWords,
  disagreementRulingWords,
  handoverStatusWords,
  rulingEffectWords,
  rulingStatusWords,
  type CaseRecord,
  type DelegationRecord,
  type Disagreement,
  type DutyRulingRecord,
  type Handover,
  roleWords,
} from '@yici/domain/model';
import type { DelegationCandidate } from '@yici/api';
import { renderFields, renderTable, type Column } from '../terminal/table.js';
import { localTime, worded } from './words.js';

type Subject = Handover['subject'];
const subjectText = (subject: Subject): string =>
  subject.kind === 'case' ? '办件 case' : `环节 step ${subject.stepId}`;

interface Clause {
  readonly department: string;
  readonly code: string;
  readonly version: number;
}
const clauseText = ({ department, code, version }: Clause): string =>
  `${department} ${code} v${version}`;

const handoverColumns: readonly Column<Handover>[] = [
  { title: '移交 hand-over of', value: ({ subject }) => subjectText(subject) },
  { title: '自 from', value: ({ from }) => from },
  { title: '至 to', value: ({ to }) => to },
  { title: '条款 clause', value: ({ clause }) => clauseText(clause) },
  { title: '结果 outcome', value: ({ status }) => worded(handoverStatusWords, status) },
  { title: '反驳条款 counter-clause', value: ({ counterClause: c }) => c && clauseText(c) },
  { title: '备案 filed with', value: ({ filedWith }) => filedWith },
  { title: '时间 at', value: ({ answeredAt, offeredAt }) => localTime(answeredAt ?? offeredAt) },
];

/** The hand-overs, returns and rulings of a case; empty when there were none. */
export function presentResponsibility(record: CaseRecord): string[] {
  const { handovers = [], rulings = [], steps } = record;
  const returned = steps.flatMap(({ id, returned: back }) =>
    back === undefined
      ? []
      : [
          `退件 returned: ${id}, ${back.reasonCode}, ${localTime(back.at)}` +
            (back.resent === undefined
              ? '，待牵头部门重新送办 waits for the owner'
              : `，已重新送办 sent again ${localTime(back.resent.at)}`),
        ],
  );
  return [
    ...(handovers.length === 0 ? [] : ['', ...renderTable(handoverColumns, handovers)]),
    ...returned,
    ...rulings.map(rulingLine),
    ...steps.flatMap(stepLines),
  ];
}

/** What became of a step that was forwarded or that disagrees. */
function stepLines({ id, forwarded, disagreement }: CaseRecord['steps'][number]): string[] {
  return [
    ...(forwarded === undefined ? [] : [forwardedLine(id, forwarded)]),
    ...(disagreement === undefined ? [] : [disagreementLine(id, disagreement)]),
  ];
}

function disagreementLine(step: string, known: Disagreement): string {
  const { meeting, maintained, revised, ruling, waitsFor } = known;
  const acts = [
    meeting && `协调会 meeting ${localTime(meeting.at)}`,
    maintained && `维持 maintained ${localTime(maintained.at)}`,
    revised && `已修改为同意 agrees now ${localTime(revised.at)}`,
    ruling &&
      `${worded(disagreementRulingWords, ruling.outcome)} ${ruling.organ ?? ruling.by.department}`,
    waitsFor && `待 waits for ${waitsFor.department} due ${waitsFor.dueOn}`,
  ];
  return `不同意见 disagreement: ${step}，${acts.filter((act) => act !== undefined).join('，')}`;
}

type Forwarded = NonNullable<CaseRecord['steps'][number]['forwarded']>;

function forwardedLine(step: string, { organ, at, dueOn, answered }: Forwarded): string {
  const state =
    answered === undefined
      ? `待上级答复 waits for the answer, due ${dueOn}`
      : `上级已答复 answered ${localTime(answered.at)}${answered.late ? ' 逾期 late' : ''}`;
  return `转报 forwarded: ${step}，${organ}，${localTime(at)}，${state}`;
}

type RulingNote = NonNullable<CaseRecord['rulings']>[number];

function rulingLine({ rulingId, subject, dueOn, proposed, department }: RulingNote): string {
  const about = `职责分工协调 duty ruling ${rulingId}（${subjectText(subject)}）`;
  if (department !== undefined) return `${about}：${department}`;
  return proposed === undefined
    ? `${about}${worded(rulingStatusWords, 'open')} due ${dueOn}`
    : `${about}${worded(rulingStatusWords, 'proposed')} due ${proposed.decideBy}`;
}

export const rulingColumns: readonly Column<DutyRulingRecord>[] = [
  { title: '编号 ruling', value: ({ rulingId }) => rulingId },
  { title: '对象 subject', value: ({ subject }) => subjectText(subject) },
  { title: '原责任部门 responsible', value: ({ responsible }) => responsible },
  {
    title: '状态 status',
    value: ({ status }) => worded(rulingStatusWords, status),
  },
  { title: '到期 due', value: ({ proposal, dueOn }) => proposal?.decideBy ?? dueOn },
  { title: '责任部门 decided', value: ({ decision }) => decision?.department },
];

/** A duty ruling in full. */
export function presentRuling(record: DutyRulingRecord): string[] {
  const { proposal, decision } = record;
  return [
    `职责分工协调 duty ruling ${record.rulingId}`,
    ...renderFields([
      ['办件 case', record.caseNo],
      ['对象 subject', subjectText(record.subject)],
      ['承办机关 office', record.office],
      ['原责任部门 responsible', record.responsible],
      ['提请 opened', localTime(record.openedAt)],
      ['到期 due', record.dueOn],
      ['协调意见 proposal', proposal && signedText(proposal)],
      ['意见书摘要 digest', proposal?.document.digest],
      ['决定期限 decided by', proposal && `${proposal.decides} ${proposal.decideBy}`],
      ['决定 decision', decision && signedText(decision)],
      ['效力 effect', decision && worded(rulingEffectWords, decision.effect)],
      ['决定机关 organ', decision?.organ],
      ['文号 number', decision?.number],
      ['决定书摘要 digest', decision?.document.digest],
    ]),
    '',
    ...renderTable(handoverColumns, record.bounces),
  ];
}

type Signed = Pick<
  NonNullable<DutyRulingRecord['proposal']>,
  'department' | 'clause' | 'by' | 'at' | 'late'
>;

/** Who is named responsible, by which clause, signed by whom and when. */
function signedText({ department, clause, by, at, late }: Signed): string {
  const when = `${localTime(at)}${late ? ' 逾期 late' : ''}`;
  return `${department}（${clauseText(clause)}）${signerText(by)} ${when}`;
}

export const delegationColumns: readonly Column<DelegationRecord>[] = [
  { title: '委托 delegation', value: ({ delegationId }) => delegationId },
  { title: '部门 department', value: ({ department }) => department },
  { title: '不在岗 absent', value: ({ from, role }) => `${from} (${role})` },
  { title: '代岗 stands in', value: ({ to }) => to },
  { title: '自 from', value: ({ fromDay }) => fromDay },
  { title: '至 to', value: ({ toDay }) => toDay },
  { title: '批准 granted by', value: ({ grantedBy }) => grantedBy.user },
  {
    title: '已签名 accepted',
    value: ({ accepted = [] }) =>
      accepted.map(({ as }) => worded(delegationEndWords, as)).join('、'),
  },
  { title: '结束 ended', value: ({ ended }) => ended && localTime(ended.at) },
];

/** The signer and, for a delegate, the official represented. */
export function signerText(by: { readonly user: string; readonly for?: string }): string {
  return by.for === undefined ? by.user : `${by.user} 代 for ${by.for}`;
}

export const candidateColumns: readonly Column<DelegationCandidate>[] = [
  { title: '人员 user', value: ({ user }) => user },
  { title: '岗位 role', value: ({ role }) => worded(roleWords, role) },
  { title: '最近签名 signed', value: ({ signedAt }) => signedAt && localTime(signedAt) },
];
