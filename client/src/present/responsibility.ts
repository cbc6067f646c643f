import {
  delegationEndWords,
  disagreementRulingWords,
  handoverStatusWords,
  reasonWords,
  roleWords,
  rulingEffectWords,
  rulingStatusWords,
  type Actor,
  type CaseRecord,
  type DelegationRecord,
  type Disagreement,
  type DutyRulingRecord,
  type Handover,
  type Office,
  type Signoff,
} from '@yici/domain/model';
import type { DelegationCandidate } from '@yici/api';
import { renderTable, renderFields, type Column, type Say } from '@yici/terminal';
import { labels, lateText, localTime, section, versionText } from './words.js';

type Subject = Handover['subject'];
const subjectText = (subject: Subject, say: Say): string =>
  subject.kind === 'case'
    ? say({ zh: '整个办件', en: 'the case' })
    : say({ zh: '环节 ', en: 'step ' }) + say.withId('step', subject.stepId);

interface Clause {
  readonly department: string;
  readonly code: string;
  readonly version: number;
}
const clauseText = ({ department, code, version }: Clause, say: Say): string =>
  `${say.nameOf('department', department)} ${versionText(code, version, say)}`;

/** The signer, for a delegate the official represented, and the sign-off that the act names. */
export function signerText(
  { user, for: absent, signoff }: Pick<Actor, 'user' | 'for' | 'signoff'>,
  say: Say,
): string {
  const signer =
    absent === undefined ? user : say({ zh: `${user} 代 ${absent}`, en: `${user} for ${absent}` });
  return signoff === undefined ? signer : say.aside(signer, signoffText(signoff, say));
}

/** The sign-off that an act names. */
function signoffText({ id, through }: Signoff, say: Say): string {
  const offices = say.list(through.map((office) => officeText(office, say)));
  return say({ zh: `经 ${offices} 审签，${id}`, en: `signed off by ${offices}, ${id}` });
}

/** 负责人（编制科） */
export const officeText = ({ role, section }: Office, say: Say): string =>
  section === undefined ? say(roleWords[role]) : say.aside(roleWords[role], section);

const waitsUntil = (due: string) => ({ zh: `期限 ${due}`, en: `due ${due}` });

const handoverColumns: readonly Column<Handover>[] = [
  [{ zh: '移交', en: 'hand-over of' }, ({ subject }, say) => subjectText(subject, say)],
  [{ zh: '移出部门', en: 'from' }, ({ from }, say) => say.nameOf('department', from)],
  [{ zh: '接收部门', en: 'to' }, ({ to }, say) => say.nameOf('department', to)],
  [{ zh: '所引条款', en: 'clause' }, ({ clause }, say) => clauseText(clause, say)],
  [{ zh: '结果', en: 'outcome' }, ({ status }) => handoverStatusWords[status]],
  [
    { zh: '不接收条款', en: 'counter-clause' },
    ({ counterClause }, say) => counterClause && clauseText(counterClause, say),
  ],
  [
    { zh: '备案', en: 'filed with' },
    ({ filedWith }, say) => filedWith && say.nameOf('department', filedWith),
  ],
  [labels.at, ({ answeredAt, offeredAt }) => localTime(answeredAt ?? offeredAt)],
];

/** The hand-overs, returns and rulings of a case; empty when there were none. */
export function presentResponsibility(record: CaseRecord, say: Say): string[] {
  const { handovers, rulings = [], steps } = record;
  return [
    ...section(handoverColumns, handovers, say),
    ...steps.flatMap((step) => returnLine(step, say)),
    ...rulings.map((ruling) => rulingLine(ruling, say)),
    ...steps.flatMap((step) => stepLines(step, say)),
  ];
}

type Step = CaseRecord['steps'][number];

/** A line about a step: what it is, then the facts. */
const stepLine = (
  what: { readonly zh: string; readonly en: string },
  facts: Parameters<Say['facts']>[0],
  say: Say,
): string => say({ zh: `${what.zh}：`, en: `${what.en}: ` }) + say.facts(facts);

function returnLine({ id, returned }: Step, say: Say): string[] {
  if (returned === undefined) return [];
  const { reasonCode, at, resent } = returned;
  const then =
    resent === undefined
      ? { zh: '待实施主体重新送办', en: 'waits for the owner' }
      : { zh: `已重新送办 ${localTime(resent.at)}`, en: `sent again ${localTime(resent.at)}` };
  const facts = [say.withId('step', id), say.member(reasonWords, reasonCode), localTime(at), then];
  return [stepLine({ zh: '退件', en: 'returned' }, facts, say)];
}

/** What became of a step that was forwarded or that disagrees. */
function stepLines({ id, forwarded, disagreement }: Step, say: Say): string[] {
  return [
    ...(forwarded === undefined ? [] : [forwardedLine(id, forwarded, say)]),
    ...(disagreement === undefined ? [] : [disagreementLine(id, disagreement, say)]),
  ];
}

function disagreementLine(step: string, known: Disagreement, say: Say): string {
  const { meeting, maintained, revised, ruling, waitsFor } = known;
  const on = (act: { readonly at: string } | undefined, zh: string, en: string) =>
    act && { zh: `${zh} ${localTime(act.at)}`, en: `${en} ${localTime(act.at)}` };
  const ruled =
    ruling &&
    `${say(disagreementRulingWords[ruling.outcome])} ${ruling.organ ?? say.nameOf('department', ruling.by.department)}`;
  const waits =
    waitsFor &&
    say.aside(
      {
        zh: `待${say.nameOf('department', waitsFor.department)}办理`,
        en: `waits for ${say.nameOf('department', waitsFor.department)}`,
      },
      waitsUntil(waitsFor.dueOn),
    );
  const acts = [
    on(meeting, '协调会', 'meeting'),
    on(maintained, '维持', 'maintained'),
    on(revised, '已修改为同意', 'agrees now'),
    ...[ruled, waits],
  ];
  return stepLine({ zh: '不同意见', en: 'disagreement' }, [say.withId('step', step), ...acts], say);
}

type Forwarded = NonNullable<Step['forwarded']>;

function forwardedLine(step: string, { organ, at, dueOn, answered }: Forwarded, say: Say): string {
  const state =
    answered === undefined
      ? say.aside({ zh: '待上级答复', en: 'waits for the answer' }, waitsUntil(dueOn))
      : lateText(
          say({ zh: '上级已答复 ', en: 'answered ' }) + localTime(answered.at),
          answered.late,
          say,
        );
  const facts = [say.withId('step', step), organ, localTime(at), state];
  return stepLine({ zh: '转报', en: 'forwarded' }, facts, say);
}

type RulingNote = NonNullable<CaseRecord['rulings']>[number];

function rulingLine(
  { rulingId, subject, dueOn, proposed, department }: RulingNote,
  say: Say,
): string {
  const state =
    department !== undefined
      ? say.nameOf('department', department)
      : proposed === undefined
        ? say.aside(rulingStatusWords.open, waitsUntil(dueOn))
        : say.aside(rulingStatusWords.proposed, waitsUntil(proposed.decideBy));
  const facts = [rulingId, subjectText(subject, say), state];
  return stepLine({ zh: '职责分工协调', en: 'duty ruling' }, facts, say);
}

const responsible = { zh: '原责任部门', en: 'responsible' };
const subjectLabel = { zh: '对象', en: 'subject' };

export const rulingColumns: readonly Column<DutyRulingRecord>[] = [
  [labels.number, ({ rulingId }) => rulingId],
  [subjectLabel, (row, say) => subjectText(row.subject, knowingStep(row, say))],
  [responsible, (record, say) => say.nameOf('department', record.responsible)],
  [labels.state, ({ status }) => rulingStatusWords[status]],
  [labels.due, ({ proposal, dueOn }) => proposal?.decideBy ?? dueOn],
  [
    { zh: '决定的责任部门', en: 'decided' },
    ({ decision }, say) => decision && say.nameOf('department', decision.department),
  ],
];

/** The name of the step that a ruling is about: a case's number begins with the code of its matter. */
function knowingStep(
  { caseNo, subject }: Pick<DutyRulingRecord, 'caseNo' | 'subject'>,
  say: Say,
): Say {
  if (subject.kind === 'case') return say;
  const [taskCode = ''] = caseNo.split('-');
  const key = `${taskCode} ${subject.stepId}`;
  const name = say.nameOf('matterStep', key);
  const step = new Map(name === key ? [] : [[subject.stepId, { zh: name, en: name }]]);
  return say.knowing({ step });
}

/** A duty ruling in full. */
export function presentRuling(record: DutyRulingRecord, all: Say): string[] {
  const { proposal, decision } = record;
  const say = knowingStep(record, all);
  return [
    `${say({ zh: '职责分工协调', en: 'duty ruling' })} ${record.rulingId}`,
    ...renderFields(
      [
        [labels.caseNo, record.caseNo],
        [subjectLabel, subjectText(record.subject, say)],
        [{ zh: '承办机关', en: 'office' }, say.nameOf('department', record.office)],
        [responsible, say.nameOf('department', record.responsible)],
        [{ zh: '提请时间', en: 'opened' }, localTime(record.openedAt)],
        [labels.due, record.dueOn],
        [{ zh: '协调意见', en: 'proposal' }, proposal && signedText(proposal, say)],
        [{ zh: '意见书校验值', en: 'digest' }, proposal?.document.digest],
        [
          { zh: '决定期限', en: 'decided by' },
          proposal && `${say.nameOf('department', proposal.decides)} ${proposal.decideBy}`,
        ],
        [{ zh: '决定', en: 'decision' }, decision && signedText(decision, say)],
        [{ zh: '效力', en: 'effect' }, decision && rulingEffectWords[decision.effect]],
        [{ zh: '决定机关', en: 'organ' }, decision?.organ],
        [{ zh: '文号', en: 'number' }, decision?.number],
        [{ zh: '决定书校验值', en: 'digest' }, decision?.document.digest],
      ],
      say,
    ),
    '',
    ...renderTable(handoverColumns, record.bounces, say),
  ];
}

type Signed = Pick<
  NonNullable<DutyRulingRecord['proposal']>,
  'department' | 'clause' | 'by' | 'at' | 'late'
>;

/** Who is named responsible, by which clause, signed by whom and when. */
function signedText({ department, clause, by, at, late }: Signed, say: Say): string {
  const named = say.aside(say.nameOf('department', department), clauseText(clause, say));
  return `${named} ${signerText(by, say)} ${lateText(localTime(at), late, say)}`;
}

export const delegationColumns: readonly Column<DelegationRecord>[] = [
  [labels.number, ({ delegationId }) => delegationId],
  [labels.department, ({ department }, say) => say.nameOf('department', department)],
  [{ zh: '不在岗人员', en: 'absent' }, ({ from, role }, say) => say.aside(from, roleWords[role])],
  [{ zh: '代岗人员', en: 'stands in' }, ({ to }) => to],
  [{ zh: '期间', en: 'days' }, ({ fromDay, toDay }, say) => say.span(fromDay, toDay)],
  [{ zh: '批准人', en: 'granted by' }, ({ grantedBy }) => grantedBy.user],
  [
    { zh: '已签名', en: 'accepted' },
    ({ accepted = [] }, say) => say.list(accepted.map(({ as }) => delegationEndWords[as])),
  ],
  [{ zh: '结束', en: 'ended' }, ({ ended }) => ended && localTime(ended.at)],
];

export const candidateColumns: readonly Column<DelegationCandidate>[] = [
  [{ zh: '人员', en: 'user' }, ({ user }) => user],
  [{ zh: '角色', en: 'role' }, ({ role }, say) => say.member(roleWords, role)],
  [{ zh: '最近签名', en: 'signed' }, ({ signedAt }) => signedAt && localTime(signedAt)],
];
