import {
  acceptanceWords,
  caseClocks,
  decisionWords,
  noticeGroundWords,
  promptnessWords,
  reasonWords,
  reopeningWords,
  revokedWords,
  specialProcedureWords,
  type CaseClock,
  type CaseEventRecord,
  type CaseRecord,
  type EndedClock,
  type Pause,
  type Reason,
} from '@yici/domain/model';
import { renderFields, renderTable, type Column } from '../terminal/table.js';
import { archiveFields } from './archive.js';
import { clockText, dueOf, localTime, stateText, worded } from './words.js';
import { presentSuccessions } from './reforms.js';
import { presentResponsibility, signerText } from './responsibility.js';
import { presentLicences, resultFields, sealedText } from './result.js';

type Evidence = CaseRecord['materials'][number]['evidence'];

function evidenceText(evidence: Evidence): string {
  if (evidence.kind === 'attestation') return `存证 attestation ${evidence.attestationId}`;
  const digest = `${evidence.document.digest.slice(0, 16)}…`;
  switch (evidence.kind) {
    case 'commitment':
      return `告知承诺 commitment ${digest}`;
    case 'substitute': {
      const noted = evidence.notedBy && signerText(evidence.notedBy);
      const by = noted === undefined ? '待受理部门认定 not taken yet' : `认定 noted by ${noted}`;
      return `替代证明 substitute ${digest}（${evidence.proves}；${by}）`;
    }
    case 'document':
      return evidence.contested === undefined
        ? `文件 document ${digest}`
        : `文件 document ${digest}（对共享数据有异议 contested: ${evidence.contested.note}）`;
  }
}

const materialColumns: readonly Column<CaseRecord['materials'][number]>[] = [
  { title: '材料 material', value: ({ code }) => code },
  {
    title: '依据 evidence',
    value: ({ evidence }) => evidenceText(evidence),
  },
  { title: '部门 by', value: ({ by }) => by },
  { title: '时间 at', value: ({ at }) => localTime(at) },
];

const stepColumns: readonly Column<CaseRecord['steps'][number]>[] = [
  { title: '环节 step', value: ({ id }) => id },
  { title: '部门 department', value: ({ department }) => department },
  { title: '状态 status', value: ({ status }) => status },
  { title: '开始 started', value: ({ startedAt }) => startedAt && localTime(startedAt) },
  { title: '到期 due', value: ({ dueOn }) => dueOn },
  {
    title: '意见 answer',
    value: ({ answer, late, lapse, passing }) =>
      [
        answer,
        late === true && '逾期 late',
        lapse?.kind === 'defaultAgree' && `超时默许 by default, ${lapse.policyDocument}`,
        lapse?.kind === 'escalate' && '已升级督办 escalated',
        passing !== undefined && '已越过 passed over',
      ]
        .filter((part) => typeof part === 'string')
        .join(' '),
  },
];

const clockColumns: readonly Column<CaseClock>[] = [
  { title: '时限 clock', value: ({ what, step }) => [clockText(what), step].join(' ').trim() },
  { title: '部门 department', value: ({ department }) => department },
  { title: '起 from', value: ({ startedOn }) => startedOn },
  {
    title: '到期 due',
    value: ({ dueOn, dueAt }) => (dueAt === undefined ? dueOn : localTime(dueAt)),
  },
  { title: '工作日 working days', value: ({ limitDays }) => limitDays },
  { title: '停止计时 stopped', value: ({ paused }) => (paused ? '是 yes' : '') },
];

const eventColumns: readonly Column<CaseEventRecord>[] = [
  { title: '序 seq', value: ({ seq }) => seq },
  { title: '事件 event', value: ({ type }) => type },
  { title: '签名 signed by', value: ({ by }) => signerText(by) },
  { title: '部门 department', value: ({ by }) => by.department },
  { title: '时间 at', value: ({ at }) => localTime(at) },
  { title: '状态 state', value: ({ state }) => stateText(state) },
  { title: '交易 tx', value: ({ txId }) => `${txId.slice(0, 12)}…` },
];

const noticeColumns: readonly Column<CaseRecord['notices'][number]>[] = [
  { title: '补正告知 notice', value: ({ at }) => localTime(at) },
  { title: '及时性 promptness', value: ({ promptness }) => promptnessText(promptness) },
  {
    title: '内容 what',
    value: ({ items, fields = [] }) => [...items, ...fields].map(({ code }) => code).join(', '),
  },
  {
    title: '再次告知事由 ground',
    value: ({ newFact }) => newFact && worded(noticeGroundWords, newFact.ground ?? ''),
  },
  { title: '签发 signed by', value: ({ by }) => by && signerText(by) },
  { title: '到期 due', value: ({ dueOn }) => dueOn },
];

const promptnessText = (name: string | undefined): string | undefined =>
  name === undefined ? undefined : worded(promptnessWords, name);

/** The voucher that went out; what silence accepted has none. */
function voucherOf({ acceptance, refusalAct, revocation }: CaseRecord): string | undefined {
  const voucher = revocation?.voucher ?? refusalAct?.voucher ?? acceptance?.voucher;
  if (voucher !== undefined) return sealedText(voucher);
  return acceptance?.how === 'deemed' ? '无：视为受理 none: accepted by silence' : undefined;
}

function acceptanceText({ on, how, promptness }: NonNullable<CaseRecord['acceptance']>): string {
  const words = [worded(acceptanceWords, how), promptnessText(promptness)];
  return `${on}（${words.filter((word) => word !== undefined).join('，')}）`;
}

function noticesOf({ notices }: CaseRecord): string[] {
  return notices.length === 0 ? [] : ['', ...renderTable(noticeColumns, notices)];
}

function clocksOf(record: CaseRecord): string[] {
  const clocks = caseClocks(record);
  return clocks.length === 0 ? [] : ['', ...renderTable(clockColumns, clocks)];
}

const endedColumns: readonly Column<EndedClock>[] = [
  {
    title: '已止时限 ended clock',
    value: ({ what, step }) => [clockText(what), step].join(' ').trim(),
  },
  { title: '部门 department', value: ({ department }) => department },
  {
    title: '到期 due',
    value: ({ dueOn, dueAt }) => (dueAt === undefined ? dueOn : localTime(dueAt)),
  },
  { title: '止于 ended', value: ({ endedAt }) => localTime(endedAt) },
  { title: '是否逾期 late', value: ({ late }) => (late ? '逾期 late' : '按期 in time') },
];

const pauseColumns: readonly Column<Pause>[] = [
  {
    title: '特别程序 procedure',
    value: ({ procedure }) => worded(specialProcedureWords, procedure),
  },
  { title: '依据 basis', value: ({ law, clause }) => `${law}${clause}` },
  { title: '自 from', value: ({ from }) => from },
  { title: '至 to', value: ({ to }) => to },
  {
    title: '办事指南 guide',
    value: ({ beyondGuide }) =>
      beyondGuide === true ? '超出，负责人签署 beyond, head signed' : '',
  },
  { title: '签署 signed by', value: ({ startedBy }) => signerText(startedBy) },
];

type Recount = NonNullable<CaseRecord['recounts']>[number];
const recountColumns: readonly Column<Recount>[] = [
  { title: '期限重算 recount', value: ({ year }) => year },
  { title: '日历版本 version', value: ({ from, to }) => `${String(from)} → ${String(to)}` },
  { title: '依据 basis', value: ({ notice }) => notice.number },
  {
    title: '变动 moved',
    value: ({ moved }) =>
      moved.map(({ what, before, after }) => `${clockText(what)} ${before} → ${after}`).join('; '),
  },
  { title: '签署 signed by', value: ({ by }) => signerText(by) },
];

/** What became of time: procedures that stopped it, clocks that ended, dates that a calendar moved. */
function timeOf({ pauses = [], endedClocks = [], recounts = [] }: CaseRecord): string[] {
  return [
    ...(pauses.length === 0 ? [] : ['', ...renderTable(pauseColumns, pauses)]),
    ...(endedClocks.length === 0 ? [] : ['', ...renderTable(endedColumns, endedClocks)]),
    ...(recounts.length === 0 ? [] : ['', ...renderTable(recountColumns, recounts)]),
  ];
}

/** The years whose calendar is still to be declared: due dates that reach them are fixed when it is. */
function undeclared({ calendars }: CaseRecord): string | undefined {
  const years = calendars.filter(({ version, later }) => version === 0 && later === undefined);
  if (years.length === 0) return undefined;
  const names = years.map(({ year }) => String(year)).join(', ');
  return `${names}（日历公布后重算 to be fixed when the calendar is declared）`;
}

function refilesText({ refiles }: CaseRecord): string | undefined {
  if (refiles === undefined) return undefined;
  const { caseNo, how, endedOn, late } = refiles;
  return `${caseNo}（${stateText(how)} ${endedOn}${late ? '，已逾限 after a missed limit' : ''}）`;
}

/** Who decides beside an owner that applied at itself, and what it decided. */
function coDecisionText({ coDecider = '', coDecision }: CaseRecord): string {
  if (coDecision === undefined) return coDecider;
  const { zh, en } = decisionWords[coDecision.outcome];
  return `${coDecider}（${zh} ${en}）`;
}

function timeFields(record: CaseRecord): Parameters<typeof renderFields>[0] {
  const due = dueOf(record);
  return [
    ['到期 due', due && `${due.on}（${due.what}）`],
    ['承诺办结 promised by', record.dueOn],
    ['法定办结 by law', record.statutoryDueOn],
    ['待定年度 calendar to come', undeclared(record)],
    ['停止计时工作日 stopped days', record.stoppedDays],
    ['前次申报 former filing', refilesText(record)],
  ];
}

const groundText = ({ code }: Reason): string => worded(reasonWords, code);

/** What was revoked, and what was not although there was a ground. */
function revocationsOf({ revocation, kept }: CaseRecord): [string, string | undefined][] {
  const revoked =
    revocation && `${worded(revokedWords, revocation.of)}（${groundText(revocation.reason)}）`;
  return [
    ['撤销 revoked', revoked],
    ['不予撤销 not revoked', kept?.map(({ reason }) => groundText(reason)).join('；')],
  ];
}

/** A case in full. */
export function presentCase(record: CaseRecord, events: readonly CaseEventRecord[] = []): string[] {
  return [
    `办件 case ${record.caseNo}`,
    ...renderFields([
      ['状态 state', stateText(record.state)],
      ['事项 matter', `${record.taskCode} v${record.matterVersion}`],
      ['申报 applicant', record.applicant],
      ['牵头 owner', record.owner],
      ['共同决定 decides beside', record.coDecider && coDecisionText(record)],
      ['首问 first asked', record.firstAsked && signerText(record.firstAsked)],
      ['当事部门 parties', record.parties.join(', ')],
      ['申报时间 submitted', localTime(record.submittedAt)],
      ['受理日期 accepted on', record.acceptance && acceptanceText(record.acceptance)],
      ['不予受理告知 refused', promptnessText(record.refusalAct?.promptness)],
      ['书面凭证 voucher', voucherOf(record)],
      ...timeFields(record),
      ...resultFields(record),
      ...revocationsOf(record),
      ...archiveFields(record),
      ['移交未接收次数 bounces', record.bounces],
      [
        '重新作出决定 decided anew',
        record.reopenings?.map(({ ground }) => reopeningWords[ground].zh).join('；'),
      ],
      ['标记 flags', record.flags.map(({ code }) => code).join(', ')],
      ['链头 head', record.head],
    ]),
    '',
    ...renderTable(materialColumns, record.materials),
    '',
    ...renderTable(stepColumns, record.steps),
    ...noticesOf(record),
    ...presentLicences(record),
    ...clocksOf(record),
    ...timeOf(record),
    ...presentResponsibility(record),
    ...presentSuccessions(record),
    ...(events.length > 0 ? ['', ...renderTable(eventColumns, events)] : []),
  ];
}
