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
  [{ zh: '部门代码', en: 'id' }, ({ id }) => id],
  [labels.name, ({ name }) => name],
  [{ zh: '网络成员', en: 'MSP' }, ({ mspId }) => mspId],
  [{ zh: '层级', en: 'level' }, ({ level }, say) => say.member(exerciseLevelWords, level)],
  [{ zh: '行政区划', en: 'region' }, ({ regionCode }) => regionCode],
  [
    { zh: '职能', en: 'functions' },
    ({ functions }, say) => say.list(functions.map((one) => departmentFunctionWords[one])),
  ],
  [{ zh: '撤销', en: 'ends' }, endOf],
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
  [year, (record) => record.year],
  [{ zh: '现行版本', en: 'in force' }, ({ inForce }) => inForce?.version],
  [{ zh: '最新版本', en: 'newest' }, ({ latest }) => latest],
  [{ zh: '休息日（天）', en: 'days off' }, ({ inForce }) => inForce?.days.offDays.length],
  [{ zh: '调休上班（天）', en: 'make-up days' }, ({ inForce }) => inForce?.days.makeUpDays.length],
];

const calendarVersionColumns: readonly Column<CalendarVersionRecord>[] = [
  [year, (record) => record.year],
  [labels.version, ({ version }) => version],
  [labels.state, ({ status }) => calendarStatusWords[status]],
  [{ zh: '提交人', en: 'proposed by' }, ({ proposedBy }) => proposedBy.user],
  [{ zh: '确认人', en: 'confirmed by' }, ({ confirmedBy }) => confirmedBy?.user],
  [labels.basis, ({ notice }) => `${notice.number} ${notice.title}`, { max: 64 }],
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
  [labels.taskCode, ({ taskCode }) => taskCode],
  [labels.version, ({ version }) => version],
  [labels.matter, ({ content }) => content.name, { max: 40 }],
  [labels.owner, ({ owner }, say) => say.nameOf('department', owner)],
  [
    { zh: '会办部门', en: 'participants' },
    ({ participants }, say) => say.names('department', participants),
  ],
  [promised, ({ content }, say) => promisedText(content, say)],
  [labels.state, ({ status }) => versionStatusWords[status]],
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
  [{ zh: '材料代码', en: 'material' }, ({ code }) => code],
  [labels.name, ({ name }) => name, { max: 40 }],
  [{ zh: '必需', en: 'required' }, ({ required }, say) => say.yesNo(required)],
  [{ zh: '可容缺', en: 'tolerable' }, ({ tolerable }, say) => say.yesNo(tolerable)],
  [{ zh: '来源', en: 'source' }, sourceText],
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
  [labels.step, ({ id }, say) => say.withId('step', id)],
  [labels.department, ({ department }, say) => say.nameOf('department', department)],
  [{ zh: '方式', en: 'mode' }, ({ mode }) => flowModeWords[mode]],
  [before, ({ after }, say) => say.names('step', after)],
  [{ zh: '时限', en: 'limit' }, ({ limit }, say) => limitText(limit, say)],
  [
    { zh: '效力', en: 'effect' },
    ({ advisory }) => advisory && { zh: '意见仅供参考', en: 'advice' },
  ],
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
  [{ zh: '目录项代码', en: 'data set' }, ({ datasetId }) => datasetId],
  [labels.version, ({ version }) => version],
  [labels.name, ({ name }) => name, { max: 40 }],
  [sourceLabel, (row, say) => say.nameOf('department', row.sourceDepartment)],
  [{ zh: '共享属性', en: 'class' }, ({ shareClass }) => shareClassWords[shareClass]],
  [labels.state, ({ status }) => datasetStatusWords[status]],
  [
    { zh: '字段', en: 'fields' },
    ({ fields }, say) => say.list(fields.map(({ name }) => name)),
    { max: 40 },
  ],
];

const fieldColumns: readonly Column<DatasetRecord['fields'][number]>[] = [
  [{ zh: '字段代码', en: 'field' }, ({ code }) => code],
  [labels.name, ({ name }) => name],
];

type Condition = NonNullable<DatasetRecord['conditions']>['terms'][number];
const conditionColumns: readonly Column<Condition>[] = [
  [{ zh: '共享条件代码', en: 'condition' }, ({ code }) => code],
  [{ zh: '共享条件', en: 'what it says' }, ({ text }) => text],
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
        [{ zh: '适用范围', en: 'for' }, record.conditions?.scope],
        [{ zh: '不予共享理由', en: 'not shared because' }, record.exclusion?.reason],
        [{ zh: '更新频率', en: 'updated' }, say.member(updateFrequencyWords, updateFrequency)],
        [{ zh: '待更新，期限', en: 'to be updated by' }, change?.dueOn],
        [{ zh: '编制人', en: 'registered by' }, registeredBy.user],
        [{ zh: '公布时间', en: 'published' }, publishedAt && localTime(publishedAt)],
      ],
      say,
    ),
    ...section(fieldColumns, record.fields, say),
    ...section(conditionColumns, record.conditions?.terms, say),
  ];
}

export const datasetVersionColumns: readonly Column<DatasetVersionRecord>[] = [
  [labels.version, ({ version }) => version],
  [labels.name, ({ content }) => content.name, { max: 40 }],
  [labels.state, ({ status }) => datasetVersionStatusWords[status]],
  [{ zh: '编制人', en: 'registered by' }, ({ registeredBy }) => registeredBy.user],
  [{ zh: '编制时间', en: 'at' }, ({ registeredAt }) => localTime(registeredAt)],
  [{ zh: '审核期限', en: 'review due' }, ({ review }) => review?.dueOn],
];

export const dataTopicColumns: readonly Column<DataTopicRecord>[] = [
  [{ zh: '主题', en: 'topic' }, ({ topic }) => topic],
  [labels.state, ({ status }) => dataTopicStatusWords[status]],
  [sourceLabel, ({ namings }, say) => say.nameOf('department', namings.at(-1)?.source ?? '')],
  [
    { zh: '政务数据目录项', en: 'entries' },
    ({ claims }, say) =>
      say.list(
        claims.map(
          ({ department, datasetId }) => `${say.nameOf('department', department)} ${datasetId}`,
        ),
      ),
    { max: 60 },
  ],
  [labels.updated, ({ updatedAt }) => localTime(updatedAt)],
];

const issuer = { zh: '签发部门', en: 'issuer' };

export const attestationColumns: readonly Column<AttestationRecord>[] = [
  [{ zh: '存证编号', en: 'attestation' }, ({ attestationId }) => attestationId],
  [labels.dataset, ({ datasetId }, say) => say.nameOf('dataset', datasetId)],
  [issuer, (row, say) => say.nameOf('department', row.issuer)],
  [labels.requester, ({ requester }, say) => say.nameOf('department', requester)],
  [labels.caseNo, ({ caseNo }) => caseNo],
  [labels.state, ({ status }) => attestationStatusWords[status]],
  [{ zh: '有效至', en: 'valid to' }, ({ validTo }) => localTime(validTo)],
];

export const contestColumns: readonly Column<ContestRecord>[] = [
  [labels.dataset, ({ datasetId }, say) => say.nameOf('dataset', datasetId)],
  [sourceLabel, ({ source }, say) => say.nameOf('department', source)],
  [labels.caseNo, ({ caseNo }) => caseNo],
  [labels.material, ({ code }) => code],
  [labels.applicant, ({ applicant }, say) => say.nameOf('department', applicant)],
  [{ zh: '异议', en: 'contested' }, ({ note }) => note],
  [labels.at, ({ at }) => localTime(at)],
];

const changeColumns: readonly Column<AttestationRecord['changes'][number]>[] = [
  [{ zh: '变更', en: 'change' }, ({ action }) => attestationActionWords[action]],
  [labels.at, ({ at }) => localTime(at)],
  [{ zh: '理由', en: 'reason' }, ({ reasonCode }, say) => say.member(plainReasonWords, reasonCode)],
  [labels.signer, ({ by }) => by.user],
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
        [
          { zh: '字段', en: 'fields' },
          say.list(record.fields.map(({ code }) => say.withId('field', code))),
        ],
      ],
      say,
    ),
    ...section(changeColumns, record.changes, say),
  ];
}
