import {
  acceptanceWords,
  caseClocks,
  noticeGroundWords,
  promptnessWords,
  sealSystemWords,
  type CaseClock,
  type CaseEventRecord,
  type CaseRecord,
  type Voucher,
} from '@yici/domain/model';
import { renderFields, renderTable, type Column } from '../terminal/table.js';
import { clockText, dueOf, localTime, stateText, worded } from './words.js';
import { presentResponsibility, signerText } from './responsibility.js';

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

function voucherText({ number, date, seal }: Voucher): string {
  return `${number} ${date}（${worded(sealSystemWords, seal.system)}）`;
}

/** The voucher that went out; what silence accepted has none. */
function voucherOf({ acceptance, refusalAct }: CaseRecord): string | undefined {
  const voucher = refusalAct?.voucher ?? acceptance?.voucher;
  if (voucher !== undefined) return voucherText(voucher);
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

/** A case in full. */
export function presentCase(record: CaseRecord, events: readonly CaseEventRecord[] = []): string[] {
  const due = dueOf(record);
  return [
    `办件 case ${record.caseNo}`,
    ...renderFields([
      ['状态 state', stateText(record.state)],
      ['事项 matter', `${record.taskCode} v${record.matterVersion}`],
      ['申报 applicant', record.applicant],
      ['牵头 owner', record.owner],
      ['首问 first asked', record.firstAsked && signerText(record.firstAsked)],
      ['当事部门 parties', record.parties.join(', ')],
      ['申报时间 submitted', localTime(record.submittedAt)],
      ['受理日期 accepted on', record.acceptance && acceptanceText(record.acceptance)],
      ['不予受理告知 refused', promptnessText(record.refusalAct?.promptness)],
      ['书面凭证 voucher', voucherOf(record)],
      ['到期 due', due && `${due.on}（${due.what}）`],
      ['承诺办结 promised by', record.dueOn],
      ['法定办结 by law', record.statutoryDueOn],
      ['推诿次数 bounces', record.bounces],
      ['标记 flags', record.flags.map(({ code }) => code).join(', ')],
      ['链头 head', record.head],
    ]),
    '',
    ...renderTable(materialColumns, record.materials),
    '',
    ...renderTable(stepColumns, record.steps),
    ...noticesOf(record),
    ...clocksOf(record),
    ...presentResponsibility(record),
    ...(events.length > 0 ? ['', ...renderTable(eventColumns, events)] : []),
  ];
}
