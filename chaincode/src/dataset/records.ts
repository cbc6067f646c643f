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

/** 共享属性 (Order 809 art 14): unconditional, conditional, not shared. */
export const shareClasses = ['unconditional', 'conditional', 'notShared'] as const;
export type ShareClass = (typeof shareClasses)[number];

/** 共享方式 (Order 809 art 22): by interface, by batch exchange, by file. */
export const shareMethods = ['interface', 'batch', 'file'] as const;
export const shareMethod = z.enum(shareMethods);

/** 数据格式 of a catalogue entry (Order 809 art 13). */
export const dataFormats = ['structured', 'document', 'image', 'stream', 'other'] as const;

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
export const normRanks = [
  'law',
  'administrativeRegulation',
  'stateCouncilDecision',
  'departmentRule',
  'localRule',
] as const;
export const rankedBasis = z.strictObject({ rank: z.enum(normRanks), ...legalBasis.shape });
export type RankedBasis = z.output<typeof rankedBasis>;

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
  format: z.enum(dataFormats),
  methods: listOf(shareMethod, 3, (method) => method).min(1),
  updateFrequency: z.enum(['realTime', 'daily', 'weekly', 'monthly', 'yearly', 'irregular']),
  shareClass: z.enum(shareClasses),
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

/** Calendar versions that due dates were computed with. */

/** A change of the facts behind a catalogue entry: the update is due ten working days later (art 17). */
export const datasetChange = z.strictObject({
  /** The day the facts changed. */
  on: date,
  reason: text(500),
  dueOn: date,
  limitDays: z.int().min(1).max(15),
  calendars: calendarsUsed.exactOptional(),
  notedBy: actor,
  notedAt: timestamp,
  /** The lead authority's consent to five days more. */
  extension: z.strictObject({ by: actor, at: timestamp, reason: text(500) }).exactOptional(),
});

/**
 * A data set in the catalogue: the content in force, or, while none has been published, the newest that was registered.
 * Only a published one can be shared, attested or named by a matter.
 */
const datasetSchema = recordOf('dataset', {
  ...datasetContent.shape,
  version,
  status: z.enum(['pending', 'published']),
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
/** {@link datasetRecord} by a name of its own; see kernel/commands.ts. */
export interface DatasetRecordSchema extends DatasetRecordShape {}
export const datasetRecord: DatasetRecordSchema = datasetSchema;
export type DatasetRecord = z.output<typeof datasetRecord>;

export const datasetVersionStatuses = [
  'registered',
  'approved',
  'returned',
  'published',
  'superseded',
] as const;

/** One version of a catalogue entry on its way: registered, approved by the head, published by the lead authority. */
export const datasetVersionRecord = recordOf('datasetVersion', {
  datasetId,
  version,
  status: z.enum(datasetVersionStatuses),
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
      outcome: z.enum(['published', 'returned']).exactOptional(),
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
