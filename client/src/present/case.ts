import { materialKindWords } from '@yici/api';
import {
  acceptanceWords,
  basisText,
  caseClocks,
  caseEventWords,
  caseFlagWords,
  decisionWords,
  deficiencyWords,
  noticeGroundWords,
  promptnessWords,
  reasonWords,
  reopeningWords,
  revokedWords,
  specialProcedureWords,
  stepAnswerWords,
  stepStatusWords,
  type CaseClock,
  type CaseEventRecord,
  type CaseRecord,
  type EndedClock,
  type Pause,
  type Reason,
} from '@yici/domain/model';
import { renderTable, renderFields, type Column, type Say, type Field } from '@yici/terminal';
import { archiveFields } from './archive.js';
import {
  clockText,
  dueOf,
  dueText,
  labels,
  localTime,
  section,
  stateText,
  versionText,
} from './words.js';
import { presentSuccessions } from './reforms.js';
import { presentResponsibility, signerText } from './responsibility.js';
import { presentLicences, resultFields, sealedText } from './result.js';

type Evidence = CaseRecord['materials'][number]['evidence'];

function evidenceText(evidence: Evidence, say: Say): string {
  const kind = say(materialKindWords[evidence.kind]);
  if (evidence.kind === 'attestation') return `${kind} ${evidence.attestationId}`;
  const text = `${kind} ${evidence.document.digest.slice(0, 16)}…`;
  if (evidence.kind === 'substitute') {
    const { notedBy, proves } = evidence;
    const by = notedBy && signerText(notedBy, say);
    const noted =
      by === undefined
        ? { zh: '待受理部门认定', en: 'not taken yet' }
        : { zh: `认定人 ${by}`, en: `noted by ${by}` };
    return say.aside(text, say.facts([proves, noted]));
  }
  if (evidence.kind === 'commitment' || evidence.contested === undefined) return text;
  const { note } = evidence.contested;
  return say.aside(text, { zh: `对共享数据有异议：${note}`, en: `shared data contested: ${note}` });
}

const materialColumns: readonly Column<CaseRecord['materials'][number]>[] = [
  [labels.material, ({ code }, say) => say.withId('material', code)],
  [{ zh: '提交内容', en: 'evidence' }, ({ evidence }, say) => evidenceText(evidence, say)],
  [{ zh: '提交部门', en: 'by' }, ({ by }, say) => say.nameOf('department', by)],
  [labels.at, ({ at }) => localTime(at)],
];

type Step = CaseRecord['steps'][number];
const stepColumns: readonly Column<Step>[] = [
  [labels.step, ({ id }, say) => say.withId('step', id)],
  [labels.department, ({ department }, say) => say.nameOf('department', department)],
  [labels.state, ({ status }) => stepStatusWords[status]],
  [{ zh: '开始', en: 'started' }, ({ startedAt }) => startedAt && localTime(startedAt)],
  [labels.due, ({ dueOn }) => dueOn],
  [{ zh: '意见', en: 'answer' }, answerText],
];

function answerText({ answer, late, lapse, passing }: Step, say: Say): string {
  const byDefault = lapse?.kind === 'defaultAgree' ? lapse.policyDocument : undefined;
  return say.list([
    answer === undefined ? '' : stepAnswerWords[answer],
    late === true ? { zh: '逾期', en: 'late' } : '',
    byDefault === undefined
      ? ''
      : { zh: `超时默认同意（${byDefault}）`, en: `by default (${byDefault})` },
    lapse?.kind === 'escalate' ? caseFlagWords.escalated : '',
    passing === undefined ? '' : stepStatusWords.passed,
  ]);
}

interface TimedAct {
  readonly what: CaseClock['what'];
  readonly step?: string | undefined;
}
const timedText = ({ what, step }: TimedAct, say: Say): string =>
  step === undefined
    ? clockText(what, say)
    : say.aside(clockText(what, say), say.withId('step', step));

const clockColumns: readonly Column<CaseClock>[] = [
  [{ zh: '时限', en: 'clock' }, timedText],
  [labels.department, ({ department }, say) => say.nameOf('department', department)],
  [{ zh: '起算', en: 'from' }, ({ startedOn }) => startedOn],
  [labels.due, ({ dueOn, dueAt }) => dueText(dueOn, dueAt)],
  [{ zh: '工作日', en: 'working days' }, ({ limitDays }) => limitDays],
  [{ zh: '停止计时', en: 'stopped' }, ({ paused }, say) => paused && say.yesNo(true)],
];

const eventColumns: readonly Column<CaseEventRecord>[] = [
  [labels.seq, ({ seq }) => seq],
  [{ zh: '事件', en: 'event' }, ({ type }) => caseEventWords[type]],
  [labels.signer, ({ by }, say) => signerText(by, say)],
  [labels.department, ({ by }, say) => say.nameOf('department', by.department)],
  [labels.at, ({ at }) => localTime(at)],
  [labels.state, ({ state }, say) => stateText(state, say)],
  [labels.transaction, ({ txId }) => `${txId.slice(0, 12)}…`],
];

const noticeColumns: readonly Column<CaseRecord['notices'][number]>[] = [
  [{ zh: '补正告知', en: 'notice' }, ({ at }) => localTime(at)],
  [
    { zh: '及时性', en: 'promptness' },
    ({ promptness }) => promptness && promptnessWords[promptness],
  ],
  [{ zh: '须补正', en: 'what' }, missingText],
  [
    { zh: '再次告知事由', en: 'ground' },
    ({ newFact }) => newFact?.ground && noticeGroundWords[newFact.ground],
  ],
  [{ zh: '签发', en: 'signed by' }, ({ by }, say) => by && signerText(by, say)],
  [labels.due, ({ dueOn }) => dueOn],
];

function missingText({ items, fields = [] }: CaseRecord['notices'][number], say: Say): string {
  const lacks = (name: string, deficiency: string) =>
    say.aside(name, say.member(deficiencyWords, deficiency));
  return say.list([
    ...items.map(({ code, deficiency }) => lacks(say.withId('material', code), deficiency)),
    ...fields.map(({ code, deficiency }) => lacks(say.withId('field', code), deficiency)),
  ]);
}

/** The voucher that went out; what silence accepted has none. */
function voucherOf(
  { acceptance, refusalAct, revocation }: CaseRecord,
  say: Say,
): string | undefined {
  const voucher = revocation?.voucher ?? refusalAct?.voucher ?? acceptance?.voucher;
  if (voucher !== undefined) return sealedText(voucher, say);
  if (acceptance?.how !== 'deemed') return undefined;
  return say({ zh: '无：视为受理', en: 'none: accepted by silence' });
}

function acceptanceText(
  { on, how, promptness }: NonNullable<CaseRecord['acceptance']>,
  say: Say,
): string {
  const words = [acceptanceWords[how], promptness && promptnessWords[promptness]];
  return say.aside(on, say.facts(words));
}

const endedColumns: readonly Column<EndedClock>[] = [
  [{ zh: '已止时限', en: 'ended clock' }, timedText],
  [labels.department, ({ department }, say) => say.nameOf('department', department)],
  [labels.due, ({ dueOn, dueAt }) => dueText(dueOn, dueAt)],
  [{ zh: '止于', en: 'ended' }, ({ endedAt }) => localTime(endedAt)],
  [
    { zh: '是否逾期', en: 'late' },
    ({ late }) => (late ? { zh: '逾期', en: 'late' } : { zh: '按期', en: 'in time' }),
  ],
];

const pauseColumns: readonly Column<Pause>[] = [
  [{ zh: '特别程序', en: 'procedure' }, ({ procedure }) => specialProcedureWords[procedure]],
  [labels.basis, basisText],
  [{ zh: '期间', en: 'from and to' }, ({ from, to }, say) => say.span(from, to)],
  [
    { zh: '办事指南', en: 'guide' },
    ({ beyondGuide }) =>
      beyondGuide === true && { zh: '超出，负责人签署', en: 'beyond, head signed' },
  ],
  [{ zh: '签署', en: 'signed by' }, ({ startedBy }, say) => signerText(startedBy, say)],
];

type Recount = NonNullable<CaseRecord['recounts']>[number];
const recountColumns: readonly Column<Recount>[] = [
  [{ zh: '期限重算', en: 'recount' }, ({ year }) => year],
  [{ zh: '日历版本', en: 'version' }, ({ from, to }) => `${String(from)} → ${String(to)}`],
  [labels.basis, ({ notice }) => notice.number],
  [
    { zh: '变动', en: 'moved' },
    ({ moved }, say) =>
      say.facts(
        moved.map(({ what, before, after }) => `${clockText(what, say)} ${before} → ${after}`),
      ),
  ],
  [{ zh: '签署', en: 'signed by' }, ({ by }, say) => signerText(by, say)],
];

/** What became of time: clocks that run, procedures that stopped them, clocks that ended, dates that a calendar moved. */
function timeOf(record: CaseRecord, say: Say): string[] {
  const { pauses = [], endedClocks = [], recounts = [] } = record;
  return [
    ...section(clockColumns, caseClocks(record), say),
    ...section(pauseColumns, pauses, say),
    ...section(endedColumns, endedClocks, say),
    ...section(recountColumns, recounts, say),
  ];
}

/** The years whose calendar is still to be declared: due dates that reach them are fixed when it is. */
function undeclared({ calendars }: CaseRecord, say: Say): string | undefined {
  const years = calendars.filter(({ version, later }) => version === 0 && later === undefined);
  if (years.length === 0) return undefined;
  return say.aside(say.list(years.map(({ year }) => String(year))), {
    zh: '日历公布后重算',
    en: 'to be fixed when the calendar is declared',
  });
}

function refilesText({ refiles }: CaseRecord, say: Say): string | undefined {
  if (refiles === undefined) return undefined;
  const { caseNo, how, endedOn, late } = refiles;
  const ended = `${stateText(how, say)} ${endedOn}`;
  const missed = late ? { zh: '已逾限', en: 'after a missed limit' } : undefined;
  return say.aside(caseNo, say.facts([ended, missed]));
}

/** Who decides beside an owner that applied at itself, and what it decided. */
function coDecisionText({ coDecider = '', coDecision }: CaseRecord, say: Say): string {
  const name = say.nameOf('department', coDecider);
  return coDecision === undefined ? name : say.aside(name, decisionWords[coDecision.outcome]);
}

function timeFields(record: CaseRecord, say: Say): Field[] {
  const due = dueOf(record);
  return [
    [labels.due, due && say.aside(due.on, due.what)],
    [{ zh: '承诺办结', en: 'promised by' }, record.dueOn && dueText(record.dueOn, record.dueAt)],
    [{ zh: '法定办结', en: 'by law' }, record.statutoryDueOn],
    [{ zh: '待定年度', en: 'calendar to come' }, undeclared(record, say)],
    [{ zh: '停止计时工作日', en: 'stopped days' }, record.stoppedDays],
    [{ zh: '前次申报', en: 'former filing' }, refilesText(record, say)],
  ];
}

const groundOf = ({ code }: Reason) => reasonWords[code];

/** What was revoked, and what was not although there was a ground. */
function revocationsOf({ revocation, kept }: CaseRecord, say: Say): Field[] {
  const revoked = revocation && say.aside(revokedWords[revocation.of], groundOf(revocation.reason));
  return [
    [{ zh: '撤销', en: 'revoked' }, revoked],
    [
      { zh: '不予撤销', en: 'not revoked' },
      kept && say.facts(kept.map(({ reason }) => groundOf(reason))),
    ],
  ];
}

/** Each mark once, with how often where that is more than once. */
function flagsText({ flags }: CaseRecord, say: Say): string {
  const codes = flags.map(({ code }) => code);
  return say.facts(
    [...new Set(codes)].map((code) => {
      const times = codes.filter((one) => one === code).length;
      const word = say(caseFlagWords[code]);
      return times === 1 ? word : say({ zh: `${word} ${times} 次`, en: `${word} ${times} times` });
    }),
  );
}

/** A case in full; `say` with the names of its matter's materials and fields. */
export function presentCase(
  record: CaseRecord,
  say: Say,
  events: readonly CaseEventRecord[] = [],
): string[] {
  return [
    `${say({ zh: '办件', en: 'case' })} ${record.caseNo}`,
    ...renderFields(fieldsOf(record, say), say),
    '',
    ...renderTable(materialColumns, record.materials, say),
    ...section(stepColumns, record.steps, say),
    ...section(noticeColumns, record.notices, say),
    ...presentLicences(record, say),
    ...timeOf(record, say),
    ...presentResponsibility(record, say),
    ...presentSuccessions(record, say),
    ...section(eventColumns, events, say),
  ];
}

/** What a case is and how far it is, a line each. */
function fieldsOf(record: CaseRecord, say: Say): Field[] {
  return [
    [labels.state, stateText(record.state, say)],
    [labels.matter, matterText(record, say)],
    [labels.applicant, say.nameOf('department', record.applicant)],
    [labels.owner, say.nameOf('department', record.owner)],
    [{ zh: '共同决定部门', en: 'decides beside' }, record.coDecider && coDecisionText(record, say)],
    [
      { zh: '首问责任人', en: 'first asked' },
      record.firstAsked && signerText(record.firstAsked, say),
    ],
    [{ zh: '当事部门', en: 'parties' }, say.names('department', record.parties)],
    [{ zh: '申报时间', en: 'submitted' }, localTime(record.submittedAt)],
    [
      { zh: '受理日期', en: 'accepted on' },
      record.acceptance && acceptanceText(record.acceptance, say),
    ],
    [
      { zh: '不予受理告知', en: 'refused' },
      record.refusalAct?.promptness && promptnessWords[record.refusalAct.promptness],
    ],
    [{ zh: '书面凭证', en: 'voucher' }, voucherOf(record, say)],
    ...timeFields(record, say),
    ...resultFields(record, say),
    ...revocationsOf(record, say),
    ...archiveFields(record, say),
    [
      { zh: '重新作出决定', en: 'decided anew' },
      record.reopenings && say.facts(record.reopenings.map(({ ground }) => reopeningWords[ground])),
    ],
    [{ zh: '特别情况', en: 'flags' }, flagsText(record, say)],
    [labels.head, record.head],
  ];
}

function matterText({ taskCode, matterVersion }: CaseRecord, say: Say): string {
  return versionText(say.withId('matter', taskCode), matterVersion, say);
}
