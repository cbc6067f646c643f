import {
  delegationEndWords,
  handoverStatusWords,
  rulingEffectWords,
  type CaseRecord,
  type DelegationRecord,
  type DutyRulingRecord,
  type Handover,
} from '@yici/domain/model';
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
    ...rulings.map(({ rulingId, subject, dueOn, department }) =>
      department === undefined
        ? `职责裁定 duty ruling ${rulingId}（${subjectText(subject)}）待裁定 due ${dueOn}`
        : `职责裁定 duty ruling ${rulingId}（${subjectText(subject)}）：${department}`,
    ),
  ];
}

export const rulingColumns: readonly Column<DutyRulingRecord>[] = [
  { title: '裁定 ruling', value: ({ rulingId }) => rulingId },
  { title: '对象 subject', value: ({ subject }) => subjectText(subject) },
  { title: '原责任部门 responsible', value: ({ responsible }) => responsible },
  {
    title: '状态 status',
    value: ({ status }) => (status === 'open' ? '待裁定 open' : '已裁定 decided'),
  },
  { title: '到期 due', value: ({ dueOn }) => dueOn },
  { title: '裁定部门 ruled', value: ({ decision }) => decision?.department },
];

/** A duty ruling in full. */
export function presentRuling(record: DutyRulingRecord): string[] {
  const { decision } = record;
  return [
    `职责裁定 duty ruling ${record.rulingId}`,
    ...renderFields([
      ['办件 case', record.caseNo],
      ['对象 subject', subjectText(record.subject)],
      ['裁定机关 office', record.office],
      ['原责任部门 responsible', record.responsible],
      ['提请 opened', localTime(record.openedAt)],
      ['到期 due', record.dueOn],
      [
        '裁定 ruling',
        decision && `${decision.department} ${worded(rulingEffectWords, decision.effect)}`,
      ],
      ['依据条款 clause', decision && clauseText(decision.clause)],
      ['签名 signed by', decision && signerText(decision.by)],
      ['时间 at', decision && `${localTime(decision.at)}${decision.late ? ' 逾期 late' : ''}`],
      ['裁定书摘要 digest', decision?.document.digest],
    ]),
    '',
    ...renderTable(handoverColumns, record.bounces),
  ];
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
