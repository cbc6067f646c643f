import { z } from 'zod';
import { legalBasis } from '../kernel/legal-basis';
import { actor } from '../kernel/roles';
import {
  calendarsUsed,
  conditionCode,
  datasetId,
  date,
  departmentId,
  digest,
  dutyCode,
  fieldCode,
  listOf,
  localText,
  materialCode,
  positiveLimit,
  recordOf,
  sha256Hex,
  text,
  timestamp,
  topicCode,
  version,
} from '../kernel/scalars';
import { namesOf, type Vocabulary } from '../kernel/words';

/** How the review of an entry ended. */
export const entryReviewWords = {
  published: { zh: '审核通过', en: 'published' },
  returned: { zh: '退回', en: 'returned' },
} satisfies Vocabulary;

/** 共享属性 (Order 809 art 14). */
export const shareClassWords = {
  unconditional: { zh: '无条件共享', en: 'shared without conditions' },
  conditional: { zh: '有条件共享', en: 'shared on conditions' },
  notShared: { zh: '不予共享', en: 'not shared' },
} satisfies Vocabulary;
export const shareClass = z.enum(namesOf(shareClassWords));

/** 共享方式 (Order 809 art 22). */
export const shareMethodWords = {
  interface: { zh: '接口服务', en: 'by interface' },
  batch: { zh: '批量交换', en: 'by batch exchange' },
  file: { zh: '文件下载', en: 'by file' },
} satisfies Vocabulary;
export const shareMethod = z.enum(namesOf(shareMethodWords));

/** 数据格式 of a catalogue entry (Order 809 art 13). */
export const dataFormatWords = {
  structured: { zh: '结构化数据', en: 'structured data' },
  document: { zh: '文档', en: 'document' },
  image: { zh: '图像', en: 'image' },
  stream: { zh: '流数据', en: 'stream' },
  other: { zh: '其他', en: 'other' },
} satisfies Vocabulary;

/** 更新频率. */
export const updateFrequencyWords = {
  realTime: { zh: '实时', en: 'in real time' },
  daily: { zh: '每日', en: 'daily' },
  weekly: { zh: '每周', en: 'weekly' },
  monthly: { zh: '每月', en: 'monthly' },
  yearly: { zh: '每年', en: 'yearly' },
  irregular: { zh: '不定期', en: 'irregularly' },
} satisfies Vocabulary;

export const datasetField = z.strictObject({
  code: fieldCode,
  name: localText(100),
  /** Personal information (PIPL art 55): the head's approval then needs an impact assessment. */
  personal: z.boolean().exactOptional(),
});

/** 使用条件 of a conditional class: who may ask, and the listed conditions. Nothing else may be demanded (art 15). */
export const shareConditions = z.strictObject({
  scope: text(1000),
  /** The departments in scope; absent: every department the scope's words fit. */
  departments: listOf(departmentId, 200, (id) => id).exactOptional(),
  terms: listOf(
    z.strictObject({ code: conditionCode, text: text(500) }),
    32,
    (term) => term.code,
  ).min(1),
});

/** Ranks of a norm. Only the first three can take a data set out of sharing (Order 809 art 14). */
export const normRankWords = {
  law: { zh: '法律', en: 'law' },
  administrativeRegulation: { zh: '行政法规', en: 'administrative regulation' },
  stateCouncilDecision: { zh: '国务院决定', en: 'decision of the State Council' },
  departmentRule: { zh: '部门规章', en: 'departmental rule' },
  localRule: { zh: '地方性法规、规章', en: 'local rule' },
} satisfies Vocabulary;
export const rankedBasis = z.strictObject({
  rank: z.enum(namesOf(normRankWords)),
  ...legalBasis.shape,
});

/** Why a data set is not shared: the reason and the legal basis (art 15). */
export const shareExclusion = z.strictObject({
  reason: text(1000),
  bases: z.array(rankedBasis).min(1).max(10),
});

/** 政务数据目录项 as its source department words it (Order 809 art 13). */
export const datasetContent = z.strictObject({
  datasetId,
  name: localText(200),
  fields: listOf(datasetField, 128, (field) => field.code).min(1),
  format: z.enum(namesOf(dataFormatWords)),
  methods: listOf(shareMethod, 3, (method) => method).min(1),
  updateFrequency: z.enum(namesOf(updateFrequencyWords)),
  shareClass,
  /** There with the conditional class, and only there. */
  conditions: shareConditions.exactOptional(),
  /** There with the class that is not shared, and only there. */
  exclusion: shareExclusion.exactOptional(),
  /** 分级 (Data Security Law art 21): general data, levels 1 to 4; core and important data stay outside. */
  grade: z.int().min(1).max(4),
  /** State and work secrets stay outside (Order 809 art 3): nothing but `none` is taken. */
  secrecyLevel: z.literal('none'),
  /** Codes of application materials that this data set stands in for (免提交, Order 809 art 19). */
  covers: listOf(materialCode, 64, (code) => code),
  /** Their Chinese names, for materials that other departments list under codes of their own. */
  coversNames: listOf(text(200), 64, (name) => name).exactOptional(),
  /** Departments beside the source department that may attest this data set. */
  issuers: listOf(departmentId, 32, (id) => id),
  /** Limits shorter than the law's, which the source department promises (Order 809 art 21, 22). */
  promised: z
    .strictObject({
      reply: positiveLimit.exactOptional(),
      deliver: positiveLimit.exactOptional(),
    })
    .exactOptional(),
  dutyCode: dutyCode.exactOptional(),
  /** What the data are about, e.g. `headcount`. Two departments with one topic need a named source (art 19). */
  topic: topicCode.exactOptional(),
});
export type DatasetContent = z.output<typeof datasetContent>;

/**
 * What makes an entry change. The law sets a limit for changes of law and of duties (art 17(2)); for any other an entry is
 * kept up to date (art 17(1)), and the limit is a rule of this system.
 */
export const changeCauseWords = {
  law: { zh: '法律调整', en: 'a law changed' },
  administrativeRegulation: { zh: '行政法规调整', en: 'an administrative regulation changed' },
  stateCouncilDecision: { zh: '国务院决定调整', en: 'a decision of the State Council changed' },
  duty: { zh: '部门职责变化', en: 'the duties of the department changed' },
  other: { zh: '其他情况变化', en: 'other facts changed' },
} satisfies Vocabulary;
export const changeCause = z.enum(namesOf(changeCauseWords));

/** A change behind a catalogue entry: the update is due ten working days later. */
export const datasetChange = z.strictObject({
  /** The day of the change. */
  on: date,
  /** Absent in changes that were noted before it was asked for. */
  cause: changeCause.exactOptional(),
  reason: text(500),
  dueOn: date,
  limitDays: z.int().min(1).max(15),
  calendars: calendarsUsed.exactOptional(),
  notedBy: actor,
  notedAt: timestamp,
  /** The lead authority's consent to five days more. */
  extension: z.strictObject({ by: actor, at: timestamp, reason: text(500) }).exactOptional(),
});

export const datasetStatusWords = {
  pending: { zh: '待公布', en: 'not published yet' },
  published: { zh: '已公布', en: 'published' },
} satisfies Vocabulary;

/**
 * A data set in the catalogue: the content in force, or, while none has been published, the newest that was registered.
 * Only a published one can be shared, attested or named by a matter.
 */
const datasetSchema = recordOf('dataset', {
  ...datasetContent.shape,
  version,
  status: z.enum(namesOf(datasetStatusWords)),
  /** The newest version, which may still be under way. */
  latest: version,
  sourceDepartment: departmentId,
  registeredBy: actor,
  registeredAt: timestamp,
  publishedAt: timestamp.exactOptional(),
  /** A change that no approved version has taken up yet. */
  change: datasetChange.exactOptional(),
  /** The topic the lead authority put it under when it named that topic's source (art 19). */
  assignedTopic: topicCode.exactOptional(),
});
type DatasetRecordShape = typeof datasetSchema;
/** The type of {@link datasetRecord} under a name, which keeps the compiler fast: see kernel/commands.ts. */
export interface DatasetRecordSchema extends DatasetRecordShape {}
export const datasetRecord: DatasetRecordSchema = datasetSchema;
export type DatasetRecord = z.output<typeof datasetRecord>;

export const datasetVersionStatusWords = {
  registered: { zh: '已编制', en: 'registered' },
  approved: { zh: '已审核', en: 'approved by the head' },
  returned: { zh: '已退回', en: 'sent back' },
  published: { zh: '已公布', en: 'published' },
  superseded: { zh: '已被替代', en: 'superseded' },
} satisfies Vocabulary;

/** One version of a catalogue entry on its way: registered, approved by the head, published by the lead authority. */
export const datasetVersionRecord = recordOf('datasetVersion', {
  datasetId,
  version,
  status: z.enum(namesOf(datasetVersionStatusWords)),
  sourceDepartment: departmentId,
  content: datasetContent,
  /** SHA-256 of the canonical content: what the head approves and the lead authority publishes. */
  contentDigest: sha256Hex,
  registeredBy: actor,
  registeredAt: timestamp,
  approval: z
    .strictObject({
      by: actor,
      at: timestamp,
      secrecyReview: digest,
      impactAssessment: digest.exactOptional(),
      /** The change it takes up, and whether it came in time. */
      change: z
        .strictObject({
          on: date,
          dueOn: date,
          limitDays: z.int().min(1).max(15).exactOptional(),
          cause: changeCause.exactOptional(),
          late: z.boolean(),
        })
        .exactOptional(),
    })
    .exactOptional(),
  /** The lead authority's two working days (art 17). */
  review: z
    .strictObject({
      startedOn: date,
      dueOn: date,
      outcome: z.enum(namesOf(entryReviewWords)).exactOptional(),
      by: actor.exactOptional(),
      at: timestamp.exactOptional(),
      late: z.boolean().exactOptional(),
      note: text(1000).exactOptional(),
    })
    .exactOptional(),
  calendars: calendarsUsed,
});
export type DatasetVersionRecord = z.output<typeof datasetVersionRecord>;

/** Finds the data sets that stand in for a material, by its code. */
export const datasetCoverRecord = recordOf('datasetCover', {
  materialCode,
  datasetId,
  /** Whether the version in force still covers it. */
  active: z.boolean(),
});
export type DatasetCoverRecord = z.output<typeof datasetCoverRecord>;

/** Finds the data sets that stand in for a material, by its Chinese name without spaces and capitals. */
export const datasetCoverOfNameRecord = recordOf('datasetCoverOfName', {
  name: text(200),
  datasetId,
  active: z.boolean(),
});
export type DatasetCoverOfNameRecord = z.output<typeof datasetCoverOfNameRecord>;
