import {
  attestationActionWords,
  attestationStatusWords,
  basisText,
  calendarStatusWords,
  datasetStatusWords,
  datasetVersionStatusWords,
  dataTopicStatusWords,
  departmentFunctionWords,
  exerciseLevelWords,
  flowModeWords,
  handlingLawWords,
  plainReasonWords,
  shareClassWords,
  shareMethodWords,
  specialProcedureWords,
  standingsOf,
  standingWords,
  updateFrequencyWords,
  versionStatusWords,
  type AttestationRecord,
  type CalendarRecord,
  type CalendarVersionRecord,
  type ContestRecord,
  type DatasetRecord,
  type DatasetVersionRecord,
  type DataTopicRecord,
  type DepartmentRecord,
  type MatterRecord,
} from '@yici/domain/model';
import { renderTable, renderFields, type Column, type Say, type Field } from '@yici/terminal';
import { retentionText } from './archive.js';
import { presentForm } from './form-fields.js';
import { namesInMatter } from './names-in-matter.js';
import { before, speedUpText } from './catalogue.js';
import { labels, limitText, localTime, rowFields, section, versionText } from './words.js';

export const departmentColumns: readonly Column<DepartmentRecord>[] = [
  { title: { zh: '部门代码', en: 'id' }, value: ({ id }) => id },
  { title: labels.name, value: ({ name }) => name },
  { title: { zh: '网络成员', en: 'MSP' }, value: ({ mspId }) => mspId },
  {
    title: { zh: '层级', en: 'level' },
    value: ({ level }, say) => say.member(exerciseLevelWords, level),
  },
  { title: { zh: '行政区划', en: 'region' }, value: ({ regionCode }) => regionCode },
  {
    title: { zh: '职能', en: 'functions' },
    value: ({ functions }, say) => say.list(functions.map((one) => departmentFunctionWords[one])),
  },
  { title: { zh: '撤销', en: 'ends' }, value: endOf },
];

/** When a department ends, or has ended, and who goes on with what was its own. */
function endOf({ left = [] }: DepartmentRecord, say: Say): string | undefined {
  const end = left.find(({ of }) => of === 'everything');
  if (end === undefined) return undefined;
  const successors = new Set(
    [end, ...left.filter(({ until }) => until === undefined)].map(({ to }) => to),
  );
  return `${end.on} → ${say.names('department', successors)}`;
}

const year = { zh: '年度', en: 'year' };
const daysOff = { zh: '休息日', en: 'days off' };
const makeUpDays = { zh: '调休上班', en: 'make-up days' };

export const calendarColumns: readonly Column<CalendarRecord>[] = [
  { title: year, value: (record) => record.year },
  { title: { zh: '现行版本', en: 'in force' }, value: ({ inForce }) => inForce?.version },
  { title: { zh: '最新版本', en: 'newest' }, value: ({ latest }) => latest },
  {
    title: { zh: '休息日（天）', en: 'days off' },
    value: ({ inForce }) => inForce?.days.offDays.length,
  },
  {
    title: { zh: '调休上班（天）', en: 'make-up days' },
    value: ({ inForce }) => inForce?.days.makeUpDays.length,
  },
];

const calendarVersionColumns: readonly Column<CalendarVersionRecord>[] = [
  { title: year, value: (record) => record.year },
  { title: labels.version, value: ({ version }) => version },
  { title: labels.state, value: ({ status }) => calendarStatusWords[status] },
  { title: { zh: '提交人', en: 'proposed by' }, value: ({ proposedBy }) => proposedBy.user },
  { title: { zh: '确认人', en: 'confirmed by' }, value: ({ confirmedBy }) => confirmedBy?.user },
  { title: labels.basis, value: ({ notice }) => `${notice.number} ${notice.title}`, max: 64 },
];

/** A year's calendar in full. */
export function presentCalendar(record: CalendarVersionRecord, say: Say): string[] {
  const { days } = record;
  return [
    ...renderTable(calendarVersionColumns, [record], say),
    '',
    ...renderFields(
      [
        [daysOff, days.offDays.join(' ')],
        [makeUpDays, days.makeUpDays.join(' ')],
        [labels.digest, record.contentDigest],
      ],
      say,
    ),
  ];
}

const promised = { zh: '承诺办结时限', en: 'promised' };

export const matterColumns: readonly Column<MatterRecord>[] = [
  { title: labels.taskCode, value: ({ taskCode }) => taskCode },
  { title: labels.version, value: ({ version }) => version },
  { title: labels.matter, value: ({ content }) => content.name, max: 40 },
  { title: labels.owner, value: ({ owner }, say) => say.nameOf('department', owner) },
  {
    title: { zh: '会办部门', en: 'participants' },
    value: ({ participants }, say) => say.names('department', participants),
  },
  { title: promised, value: ({ content }, say) => promisedText(content, say) },
  { title: labels.state, value: ({ status }) => versionStatusWords[status] },
];

/** The promised limit, of what is done on the spot in minutes. */
function promisedText(
  { promisedLimit, onTheSpotMinutes }: MatterRecord['content'],
  say: Say,
): string | undefined {
  const limit = limitText(promisedLimit, say);
  if (limit === undefined || onTheSpotMinutes === undefined) return limit;
  const minutes = String(onTheSpotMinutes);
  return say.aside(limit, { zh: `${minutes} 分钟`, en: `${minutes} minutes` });
}

const materialColumns: readonly Column<MatterRecord['content']['materials'][number]>[] = [
  { title: { zh: '材料代码', en: 'material' }, value: ({ code }) => code },
  { title: labels.name, value: ({ name }) => name, max: 40 },
  { title: { zh: '必需', en: 'required' }, value: ({ required }, say) => say.yesNo(required) },
  { title: { zh: '可容缺', en: 'tolerable' }, value: ({ tolerable }, say) => say.yesNo(tolerable) },
  { title: { zh: '来源', en: 'source' }, value: sourceText },
];

function sourceText(
  { source, datasetId = '' }: MatterRecord['content']['materials'][number],
  say: Say,
): string {
  return source === 'sharing'
    ? say({ zh: '共享取得：', en: 'by sharing: ' }) + say.withId('dataset', datasetId)
    : say({ zh: '申报部门提供', en: 'applicant' });
}

const flowColumns: readonly Column<MatterRecord['content']['flow'][number]>[] = [
  { title: labels.step, value: ({ id }, say) => say.withId('step', id) },
  {
    title: labels.department,
    value: ({ department }, say) => say.nameOf('department', department),
  },
  { title: { zh: '方式', en: 'mode' }, value: ({ mode }) => flowModeWords[mode] },
  { title: before, value: ({ after }, say) => say.names('step', after) },
  { title: { zh: '时限', en: 'limit' }, value: ({ limit }, say) => limitText(limit, say) },
  {
    title: { zh: '效力', en: 'effect' },
    value: ({ advisory }) => advisory && { zh: '意见仅供参考', en: 'advice' },
  },
];

/** A matter version in full, with the clause of duties that it rests on. */
export function presentMatter(record: MatterRecord, duty: string | undefined, say: Say): string[] {
  const { content } = record;
  return [
    `${say(labels.matter)} ${versionText(record.taskCode, record.version, say)}`,
    ...renderFields(
      [
        ...matterFields(record, duty, say),
        ...guideFields(content.guide, say),
        ...forceFields(record, say),
      ],
      say,
    ),
    ...presentForm(content.formFields ?? [], say),
    ...section(materialColumns, content.materials, say),
    ...section(flowColumns, content.flow, say.knowing(namesInMatter(content))),
  ];
}

function matterFields(record: MatterRecord, duty: string | undefined, say: Say): Field[] {
  const { content } = record;
  return [
    [labels.name, content.name],
    [labels.state, versionStatusWords[record.status]],
    [labels.owner, say.nameOf('department', record.owner)],
    [{ zh: '会签部门', en: 'cosigner' }, say.nameOf('department', record.cosigner)],
    [{ zh: '会签人', en: 'cosigned by' }, say.list(record.cosignatures.map(({ by }) => by.user))],
    [{ zh: '设定依据', en: 'legal basis' }, say.facts(content.legalBasis.map(basisText))],
    [{ zh: '办理依据', en: 'handled under' }, handlingText(content, say)],
    [{ zh: '受理条件', en: 'conditions' }, content.acceptConditions],
    [{ zh: '法定办结时限', en: 'statutory' }, limitText(content.statutoryLimit, say)],
    [
      { zh: '法定时限依据', en: 'set by' },
      content.statutoryLimitBasis && basisText(content.statutoryLimitBasis),
    ],
    [promised, promisedText(content, say)],
    [{ zh: '提速', en: 'speed-up' }, speedUpText(content, say)],
    [{ zh: '“三定”规定职责条目', en: 'duty' }, duty],
    [
      { zh: '保管期限', en: 'retention' },
      content.retention && retentionText(content.retention, say),
    ],
  ];
}

function forceFields(record: MatterRecord, say: Say): Field[] {
  const { content, consultation } = record;
  return [
    [
      { zh: '草案公示', en: 'consulted on' },
      consultation &&
        say.aside(
          `${say.span(consultation.from, consultation.to)} ${consultation.place}`,
          consultation.organ,
        ),
    ],
    [
      { zh: '本部门申请的共同决定部门', en: 'beside the owner' },
      content.ownApplications && say.nameOf('department', content.ownApplications.coDecider),
    ],
    [{ zh: '生效日期', en: 'from' }, record.inForceFrom ?? content.effectiveFrom],
    [{ zh: '停用日期', en: 'to' }, record.effectiveTo],
    [labels.digest, record.contentDigest],
  ];
}

/** 依据 or 参照 each law of handling, with the document by which it is followed. */
function handlingText(content: MatterRecord['content'], say: Say): string {
  const { licensing, onceReform } = standingsOf(content);
  const claimed = [
    { law: 'licensing', standing: licensing } as const,
    { law: 'onceReform', standing: onceReform } as const,
  ].flatMap(({ law, standing }) => {
    if (standing === undefined) return [];
    const stated = content.handlingLaws?.find((one) => one.law === law);
    const { zh, en } = handlingLawWords[law];
    const under = say({
      zh: `${standingWords[standing].zh}《${zh}》`,
      en: `${standingWords[standing].en} ${en}`,
    });
    return [stated?.standing === 'followed' ? say.aside(under, stated.document) : under];
  });
  const own = { zh: '本系统规则', en: 'rules of this system only' };
  return claimed.length === 0 ? say(own) : say.facts(claimed);
}

/** 办事指南: the parts of the version that the rules do not evaluate. */
function guideFields(guide: MatterRecord['content']['guide'] = {}, say: Say): Field[] {
  const procedures = guide.specialProcedures?.map(({ procedure, limit, basis }) =>
    say.list([
      specialProcedureWords[procedure],
      say.workingDays(limit.value),
      basis === undefined ? '' : basisText(basis),
    ]),
  );
  return [
    [{ zh: '承办机构', en: 'undertaken by' }, guide.undertakingBody],
    [{ zh: '特别程序', en: 'special procedures' }, procedures && say.facts(procedures)],
    [{ zh: '数量限制', en: 'number limit' }, guide.numberLimit],
    [{ zh: '收费依据', en: 'fee' }, guide.fee?.basis],
    [{ zh: '办理地点', en: 'place' }, guide.place],
    [{ zh: '办理时间', en: 'hours' }, guide.hours],
    [{ zh: '咨询电话', en: 'consult' }, guide.consultPhone],
    [{ zh: '监督电话', en: 'supervise' }, guide.supervisePhone],
  ];
}

const sourceLabel = { zh: '数源部门', en: 'source' };

export const datasetColumns: readonly Column<DatasetRecord>[] = [
  { title: { zh: '目录项代码', en: 'data set' }, value: ({ datasetId }) => datasetId },
  { title: labels.version, value: ({ version }) => version },
  { title: labels.name, value: ({ name }) => name, max: 40 },
  { title: sourceLabel, value: (row, say) => say.nameOf('department', row.sourceDepartment) },
  {
    title: { zh: '共享属性', en: 'class' },
    value: ({ shareClass }) => shareClassWords[shareClass],
  },
  { title: labels.state, value: ({ status }) => datasetStatusWords[status] },
  {
    title: { zh: '字段', en: 'fields' },
    value: ({ fields }, say) => say.list(fields.map(({ name }) => name)),
    max: 40,
  },
];

const fieldColumns: readonly Column<DatasetRecord['fields'][number]>[] = [
  { title: { zh: '字段代码', en: 'field' }, value: ({ code }) => code },
  { title: labels.name, value: ({ name }) => name },
];

/** An entry of the catalogue in full. */
export function presentDataset(record: DatasetRecord, say: Say): string[] {
  const { methods, updateFrequency, change, latest, registeredBy, publishedAt } = record;
  return [
    `${say(labels.dataset)} ${record.datasetId}`,
    ...renderFields(
      [
        ...rowFields(datasetColumns.slice(1, -1), record, say),
        [{ zh: '最新版本', en: 'newest version' }, latest],
        [{ zh: '共享方式', en: 'methods' }, say.list(methods.map((one) => shareMethodWords[one]))],
        [{ zh: '更新频率', en: 'updated' }, say.member(updateFrequencyWords, updateFrequency)],
        [{ zh: '待更新，期限', en: 'to be updated by' }, change?.dueOn],
        [{ zh: '编制人', en: 'registered by' }, registeredBy.user],
        [{ zh: '公布时间', en: 'published' }, publishedAt && localTime(publishedAt)],
      ],
      say,
    ),
    ...section(fieldColumns, record.fields, say),
  ];
}

export const datasetVersionColumns: readonly Column<DatasetVersionRecord>[] = [
  { title: labels.version, value: ({ version }) => version },
  { title: labels.name, value: ({ content }) => content.name, max: 40 },
  { title: labels.state, value: ({ status }) => datasetVersionStatusWords[status] },
  { title: { zh: '编制人', en: 'registered by' }, value: ({ registeredBy }) => registeredBy.user },
  { title: { zh: '编制时间', en: 'at' }, value: ({ registeredAt }) => localTime(registeredAt) },
  { title: { zh: '审核期限', en: 'review due' }, value: ({ review }) => review?.dueOn },
];

export const dataTopicColumns: readonly Column<DataTopicRecord>[] = [
  { title: { zh: '主题', en: 'topic' }, value: ({ topic }) => topic },
  { title: labels.state, value: ({ status }) => dataTopicStatusWords[status] },
  {
    title: sourceLabel,
    value: ({ namings }, say) => say.nameOf('department', namings.at(-1)?.source ?? ''),
  },
  {
    title: { zh: '政务数据目录项', en: 'entries' },
    value: ({ claims }, say) =>
      say.list(
        claims.map(
          ({ department, datasetId }) => `${say.nameOf('department', department)} ${datasetId}`,
        ),
      ),
    max: 60,
  },
  { title: labels.updated, value: ({ updatedAt }) => localTime(updatedAt) },
];

const issuer = { zh: '签发部门', en: 'issuer' };

export const attestationColumns: readonly Column<AttestationRecord>[] = [
  { title: { zh: '存证编号', en: 'attestation' }, value: ({ attestationId }) => attestationId },
  { title: labels.dataset, value: ({ datasetId }, say) => say.nameOf('dataset', datasetId) },
  { title: issuer, value: (row, say) => say.nameOf('department', row.issuer) },
  { title: labels.requester, value: ({ requester }, say) => say.nameOf('department', requester) },
  { title: labels.caseNo, value: ({ caseNo }) => caseNo },
  { title: labels.state, value: ({ status }) => attestationStatusWords[status] },
  { title: { zh: '有效至', en: 'valid to' }, value: ({ validTo }) => localTime(validTo) },
];

export const contestColumns: readonly Column<ContestRecord>[] = [
  { title: labels.dataset, value: ({ datasetId }, say) => say.nameOf('dataset', datasetId) },
  { title: sourceLabel, value: ({ source }, say) => say.nameOf('department', source) },
  { title: labels.caseNo, value: ({ caseNo }) => caseNo },
  { title: labels.material, value: ({ code }) => code },
  { title: labels.applicant, value: ({ applicant }, say) => say.nameOf('department', applicant) },
  { title: { zh: '异议', en: 'contested' }, value: ({ note }) => note },
  { title: labels.at, value: ({ at }) => localTime(at) },
];

const changeColumns: readonly Column<AttestationRecord['changes'][number]>[] = [
  { title: { zh: '变更', en: 'change' }, value: ({ action }) => attestationActionWords[action] },
  { title: labels.at, value: ({ at }) => localTime(at) },
  {
    title: { zh: '理由', en: 'reason' },
    value: ({ reasonCode }, say) => say.member(plainReasonWords, reasonCode),
  },
  { title: labels.signer, value: ({ by }) => by.user },
];

/** An attestation in full. */
export function presentAttestation(record: AttestationRecord, say: Say): string[] {
  const dataset = say.nameOf('dataset', record.datasetId);
  return [
    `${say({ zh: '存证', en: 'attestation' })} ${record.attestationId}`,
    ...renderFields(
      [
        [labels.state, attestationStatusWords[record.status]],
        [labels.dataset, versionText(dataset, record.datasetVersion, say)],
        [issuer, say.aside(say.nameOf('department', record.issuer), record.issuedBy.user)],
        [labels.requester, say.nameOf('department', record.requester)],
        [labels.caseNo, record.caseNo],
        [{ zh: '用途', en: 'purpose' }, record.purpose],
        [
          { zh: '有效期', en: 'valid' },
          say.span(localTime(record.validFrom), localTime(record.validTo)),
        ],
        [{ zh: '字段', en: 'fields' }, say.list(record.fields.map(({ code }) => code))],
      ],
      say,
    ),
    ...section(changeColumns, record.changes, say),
  ];
}
