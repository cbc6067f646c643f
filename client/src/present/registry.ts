import {
  dataTopicStatusWords,
  handlingLawWords,
  standingsOf,
  standingWords,
  type AttestationRecord,
  type CalendarRecord,
  type CalendarVersionRecord,
  type ContestRecord,
  type DatasetRecord,
  type DataTopicRecord,
  type DepartmentRecord,
  type MatterRecord,
} from '@yici/domain/model';
import { retentionText } from './archive.js';
import { renderFields, renderTable, type Column } from '../terminal/table.js';
import { speedUpText } from './catalogue.js';
import { localTime, matterStatusText, shareText, worded, workingDays } from './words.js';

export const departmentColumns: readonly Column<DepartmentRecord>[] = [
  { title: '部门 id', value: ({ id }) => id },
  { title: '名称', value: ({ name }) => name.zh },
  { title: 'name', value: ({ name }) => name.en },
  { title: 'MSP', value: ({ mspId }) => mspId },
  { title: '层级 level', value: ({ level }) => level },
  { title: '区划 region', value: ({ regionCode }) => regionCode },
  { title: '职能 functions', value: ({ functions }) => functions.join(', ') || undefined },
  { title: '撤销 ends', value: endOf },
];

/** When a department ends, or has ended, and who goes on with what was its own. */
function endOf({ left = [] }: DepartmentRecord): string | undefined {
  const end = left.find(({ of }) => of === 'everything');
  if (end === undefined) return undefined;
  const successors = new Set(
    [end, ...left.filter(({ until }) => until === undefined)].map(({ to }) => to),
  );
  return `${end.on} → ${[...successors].join(', ')}`;
}

export const calendarColumns: readonly Column<CalendarRecord>[] = [
  { title: '年度 year', value: ({ year }) => year },
  { title: '现行版本 in force', value: ({ inForce }) => inForce?.version },
  { title: '最新版本 newest', value: ({ latest }) => latest },
  { title: '休息日 days off', value: ({ inForce }) => inForce?.days.offDays.length },
  { title: '调休上班 make-up', value: ({ inForce }) => inForce?.days.makeUpDays.length },
];

export const calendarVersionColumns: readonly Column<CalendarVersionRecord>[] = [
  { title: '年度 year', value: ({ year }) => year },
  { title: '版本 v', value: ({ version }) => version },
  { title: '状态 status', value: ({ status }) => status },
  { title: '提交 proposed by', value: ({ proposedBy }) => proposedBy.user },
  { title: '确认 confirmed by', value: ({ confirmedBy }) => confirmedBy?.user },
  { title: '依据 notice', value: ({ notice }) => `${notice.number} ${notice.title}`, max: 64 },
];

export const matterColumns: readonly Column<MatterRecord>[] = [
  { title: '实施编码 task code', value: ({ taskCode }) => taskCode },
  { title: '版本 v', value: ({ version }) => version },
  { title: '事项 matter', value: ({ content }) => content.name.zh, max: 40 },
  { title: '牵头 owner', value: ({ owner }) => owner },
  { title: '参与 participants', value: ({ participants }) => participants.join(', ') || undefined },
  { title: '承诺 promised', value: ({ content }) => `${content.promisedLimit.value} 个工作日` },
  { title: '状态 status', value: ({ status }) => matterStatusText(status) },
];

const materialColumns: readonly Column<MatterRecord['content']['materials'][number]>[] = [
  { title: '材料 material', value: ({ code }) => code },
  { title: '名称 name', value: ({ name }) => name.zh, max: 40 },
  { title: '必需 required', value: ({ required }) => (required ? '是 yes' : '否 no') },
  { title: '可容缺 tolerable', value: ({ tolerable }) => (tolerable ? '是 yes' : '否 no') },
  {
    title: '来源 source',
    value: ({ source, datasetId }) =>
      source === 'sharing' ? `共享 ${datasetId ?? ''}` : '申报部门 applicant',
  },
];

const flowColumns: readonly Column<MatterRecord['content']['flow'][number]>[] = [
  { title: '环节 step', value: ({ id }) => id },
  { title: '部门 department', value: ({ department }) => department },
  {
    title: '方式 mode',
    value: ({ mode }) => (mode === 'parallel' ? '并联 parallel' : '串联 sequential'),
  },
  { title: '之后 after', value: ({ after }) => after.join(', ') || undefined },
  { title: '时限 limit', value: ({ limit }) => workingDays(limit.value) },
  { title: '效力 effect', value: ({ advisory }) => advisory && '意见仅供参考 advice' },
];

/** A matter version in full. */
export function presentMatter(record: MatterRecord): string[] {
  const { content } = record;
  return [
    `事项 matter ${record.taskCode} v${record.version}`,
    ...renderFields([
      ['名称', content.name.zh],
      ['name', content.name.en],
      ['状态 status', matterStatusText(record.status)],
      ['牵头 owner', record.owner],
      ['会签 cosigner', record.cosigner],
      ['会签人 cosigned by', record.cosignatures.map(({ by }) => by.user).join(', ')],
      ['设定依据 legal basis', content.legalBasis.map(basisText).join('；')],
      ['办理依据 handled under', handlingText(content)],
      ['受理条件 conditions', content.acceptConditions.zh],
      ['法定时限 statutory', workingDays(content.statutoryLimit?.value)],
      [
        '法定时限依据 set by',
        content.statutoryLimitBasis && basisText(content.statutoryLimitBasis),
      ],
      ['承诺时限 promised', workingDays(content.promisedLimit.value)],
      ['提速 speed-up', speedUpText(content)],
      ['职责 duty', content.dutyCode],
      ['保管期限 retention', content.retention && retentionText(content.retention)],
      ...guideFields(content.guide),
      [
        '草案公示 consulted on',
        record.consultation &&
          `${record.consultation.from} 至 ${record.consultation.to} ${record.consultation.place}（${record.consultation.organ}）`,
      ],
      ['本部门申请的共同决定 beside the owner', content.ownApplications?.coDecider],
      ['生效 from', record.inForceFrom ?? content.effectiveFrom],
      ['停用 to', record.effectiveTo],
      ['内容摘要 digest', record.contentDigest],
    ]),
    '',
    ...renderTable(materialColumns, content.materials),
    '',
    ...renderTable(flowColumns, content.flow),
  ];
}

const basisText = ({ law, clause }: MatterRecord['content']['legalBasis'][number]): string =>
  `${law} ${clause}`;

/** 依据 or 参照 each law of handling, with the document by which it is followed. */
function handlingText(content: MatterRecord['content']): string {
  const { licensing, onceReform } = standingsOf(content);
  const claimed = [
    { law: 'licensing', standing: licensing } as const,
    { law: 'onceReform', standing: onceReform } as const,
  ].flatMap(({ law, standing }) => {
    if (standing === undefined) return [];
    const stated = content.handlingLaws?.find((one) => one.law === law);
    const by = stated?.standing === 'followed' ? `（${stated.document}）` : '';
    return [`${standingWords[standing].zh}《${handlingLawWords[law].zh}》${by}`];
  });
  return claimed.join('；') || '本系统规则 rules of this system only';
}

/** 办事指南: the parts of the version that the rules do not evaluate. */
function guideFields(guide: MatterRecord['content']['guide'] = {}): [string, string | undefined][] {
  const procedures = guide.specialProcedures?.map(({ procedure, limit, basis }) =>
    [procedure, String(limit.value), basis && `${basis.law}${basis.clause}`]
      .filter((part) => part !== undefined)
      .join(' '),
  );
  return [
    ['承办机构 undertaken by', guide.undertakingBody],
    ['特别程序 special procedures', procedures?.join(', ')],
    ['数量限制 number limit', guide.numberLimit],
    ['收费依据 fee', guide.fee?.basis],
    ['办理地点 place', guide.place],
    ['办理时间 hours', guide.hours],
    ['咨询电话 consult', guide.consultPhone],
    ['监督电话 supervise', guide.supervisePhone],
  ];
}

export const datasetColumns: readonly Column<DatasetRecord>[] = [
  { title: '数据集 data set', value: ({ datasetId }) => datasetId },
  { title: '版本 v', value: ({ version }) => version },
  { title: '名称 name', value: ({ name }) => name.zh, max: 40 },
  { title: '数源部门 source', value: ({ sourceDepartment }) => sourceDepartment },
  { title: '共享属性 class', value: ({ shareClass }) => shareText(shareClass) },
  { title: '状态 status', value: ({ status }) => status },
  {
    title: '字段 fields',
    value: ({ fields }) => fields.map(({ code }) => code).join(', '),
    max: 40,
  },
];

export const dataTopicColumns: readonly Column<DataTopicRecord>[] = [
  { title: '主题 topic', value: ({ topic }) => topic },
  { title: '状态 status', value: ({ status }) => worded(dataTopicStatusWords, status) },
  { title: '数源部门 source', value: ({ namings }) => namings.at(-1)?.source },
  {
    title: '目录项 entries',
    value: ({ claims }) =>
      claims.map(({ department, datasetId }) => `${department} ${datasetId}`).join(', '),
    max: 60,
  },
  { title: '更新 updated', value: ({ updatedAt }) => localTime(updatedAt) },
];

export const attestationColumns: readonly Column<AttestationRecord>[] = [
  { title: '存证 attestation', value: ({ attestationId }) => attestationId },
  { title: '数据集 data set', value: ({ datasetId }) => datasetId },
  { title: '签发 issuer', value: ({ issuer }) => issuer },
  { title: '需求 requester', value: ({ requester }) => requester },
  { title: '办件 case', value: ({ caseNo }) => caseNo },
  { title: '状态 status', value: ({ status }) => status },
  { title: '有效至 valid to', value: ({ validTo }) => localTime(validTo) },
];

export const contestColumns: readonly Column<ContestRecord>[] = [
  { title: '数据集 data set', value: ({ datasetId }) => datasetId },
  { title: '数源 source', value: ({ source }) => source },
  { title: '办件 case', value: ({ caseNo }) => caseNo },
  { title: '材料 material', value: ({ code }) => code },
  { title: '申报 applicant', value: ({ applicant }) => applicant },
  { title: '异议 contested', value: ({ note }) => note },
  { title: '时间 at', value: ({ at }) => localTime(at) },
];

const changeColumns: readonly Column<AttestationRecord['changes'][number]>[] = [
  { title: '变更 change', value: ({ action }) => action },
  { title: '时间 at', value: ({ at }) => localTime(at) },
  { title: '理由 reason', value: ({ reasonCode }) => reasonCode },
  { title: '签名 signed by', value: ({ by }) => by.user },
];

/** An attestation in full. */
export function presentAttestation(record: AttestationRecord): string[] {
  return [
    `存证 attestation ${record.attestationId}`,
    ...renderFields([
      ['状态 status', record.status],
      ['数据集 data set', `${record.datasetId} v${record.datasetVersion}`],
      ['签发 issuer', `${record.issuer}（${record.issuedBy.user}）`],
      ['需求 requester', record.requester],
      ['办件 case', record.caseNo],
      ['用途 purpose', record.purpose],
      ['有效期 valid', `${localTime(record.validFrom)} – ${localTime(record.validTo)}`],
      ['字段 fields', record.fields.map(({ code }) => code).join(', ')],
    ]),
    ...(record.changes.length > 0 ? ['', ...renderTable(changeColumns, record.changes)] : []),
  ];
}
