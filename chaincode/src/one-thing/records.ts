import { z } from 'zod';
import { actor } from '../kernel/roles';
import {
  calendarsUsed,
  caseNo,
  date,
  departmentId,
  digest,
  documentRef,
  listOf,
  localText,
  materialCode,
  mergedMaterialCode,
  oneThingCode,
  oneThingNo,
  positiveLimit,
  previousLimit,
  recordOf,
  sha256Hex,
  stepId,
  taskCode,
  timestamp,
  version,
} from '../kernel/scalars';
import { versionFields } from '../kernel/versioned';
import { keyKind, padded } from '../kernel/keys';
import { namesOf, type Vocabulary } from '../kernel/words';

/** How far what was filed against a one thing is. */
export const oneThingCaseStatusWords = {
  open: { zh: '办理中', en: 'in hand' },
  granted: { zh: '全部予以批准', en: 'granted' },
  ended: { zh: '已终结', en: 'ended' },
} satisfies Vocabulary;

/**
 * One part of a one thing: a published matter version. It opens when every part in `after` was granted; parts without
 * priors open together at submission (Zhejiang regulation art 2, 5(3)).
 */
export const oneThingNode = z.strictObject({
  id: stepId,
  taskCode,
  matterVersion: version,
  after: listOf(stepId, 16, (id) => id),
});
export type OneThingNode = z.output<typeof oneThingNode>;

/** A material of one part. */
export const materialOfNode = z.strictObject({ node: stepId, code: materialCode });

/** What an “一件事” template says. */
export const oneThingContent = z.strictObject({
  code: oneThingCode,
  name: localText(200),
  nodes: listOf(oneThingNode, 16, (node) => node.id).min(2),
  /** Materials that are one document under several names; those of one name are one by themselves. */
  same: listOf(
    z.strictObject({
      code: mergedMaterialCode,
      of: listOf(materialOfNode, 64, ({ node, code }) => `${node}/${code}`).min(2),
    }),
    64,
    (group) => group.code,
  ),
  /** 承诺办结时限 of the whole, counted from submission. */
  promisedLimit: positiveLimit,
  previousLimit: previousLimit.exactOptional(),
  policyDocuments: listOf(documentRef, 20, (document) => document.number),
  effectiveFrom: date,
  effectiveTo: date.exactOptional(),
});
export type OneThingContent = z.output<typeof oneThingContent>;

/** A material of the whole: asked of the applicant once, given to every part that lists it. */
export const mergedMaterial = z.strictObject({
  code: mergedMaterialCode,
  name: localText(200),
  required: z.boolean(),
  /** Every part that requires it tolerates its absence or offers to fetch it by sharing. */
  mayFollow: z.boolean(),
  of: z.array(materialOfNode).min(1).max(64),
});
export type MergedMaterial = z.output<typeof mergedMaterial>;

const oneThingSchema = recordOf('oneThing', {
  code: oneThingCode,
  version,
  /** 牵头部门: whose template it is. */
  lead: departmentId,
  /** Whose heads must sign: the lead, the owners of the parts, and the Establishment Office. */
  signers: z.array(departmentId).min(2).max(20),
  /** Owners and participants of all parts, and the lead: who may see its cases, beside the applicant. */
  departments: z.array(departmentId).min(1).max(200),
  content: oneThingContent,
  /** The one material set (一套材料). */
  materials: z.array(mergedMaterial).max(200),
  /** Materials the parts list for the applicant, one by one; asked are `materials`. */
  listed: z.int().min(0),
  cosignatures: z
    .array(z.strictObject({ department: departmentId, by: actor, at: timestamp }))
    .max(20),
  ...versionFields,
});
type OneThingRecordShape = typeof oneThingSchema;
/** The type of {@link oneThingRecord} under a name, which keeps the compiler fast: see kernel/commands.ts. */
export interface OneThingRecordSchema extends OneThingRecordShape {}
/** One version of a one thing (一件事): matters joined into one case graph, signed by every owner. */
export const oneThingRecord: OneThingRecordSchema = oneThingSchema;
export type OneThingRecord = z.output<typeof oneThingRecord>;

/** Newest version and newest published version of a one thing. */
export const oneThingHeadRecord = recordOf('oneThingHead', {
  code: oneThingCode,
  lead: departmentId,
  latest: version,
  published: version.exactOptional(),
});
export type OneThingHeadRecord = z.output<typeof oneThingHeadRecord>;

/** `stopped`: a part it waits for was not granted, so it never opens. */
export const partStatusWords = {
  waiting: { zh: '待启动', en: 'waits for earlier parts' },
  open: { zh: '办理中', en: 'open' },
  granted: { zh: '予以批准', en: 'granted' },
  failed: { zh: '未获批准', en: 'not granted' },
  stopped: { zh: '已停止', en: 'stopped' },
} satisfies Vocabulary;
export const partStatuses = namesOf(partStatusWords);

export const oneThingPart = z.strictObject({
  ...oneThingNode.shape,
  status: z.enum(partStatuses),
  /** Its case, once it is open. */
  caseNo: caseNo.exactOptional(),
  openedAt: timestamp.exactOptional(),
  endedAt: timestamp.exactOptional(),
});
export type OneThingPart = z.output<typeof oneThingPart>;

const oneThingCaseSchema = recordOf('oneThingCase', {
  no: oneThingNo,
  code: oneThingCode,
  version,
  contentDigest: sha256Hex,
  applicant: departmentId,
  lead: departmentId,
  parties: z.array(departmentId).min(1).max(201),
  /** Digest of the one form (一张表), the same for every part. */
  form: digest,
  pledge: digest.exactOptional(),
  materials: z.array(z.strictObject({ code: mergedMaterialCode, document: digest })).max(200),
  parts: z.array(oneThingPart).min(2).max(16),
  /** `ended`: nothing is open any more and not every part was granted. */
  status: z.enum(namesOf(oneThingCaseStatusWords)),
  submittedBy: actor,
  submittedAt: timestamp,
  dueOn: date,
  calendars: calendarsUsed,
  updatedAt: timestamp,
});
type OneThingCaseRecordShape = typeof oneThingCaseSchema;
/** The type of {@link oneThingCaseRecord} under a name, which keeps the compiler fast: see kernel/commands.ts. */
export interface OneThingCaseRecordSchema extends OneThingCaseRecordShape {}
/** A one thing that was filed: the graph of its cases. Each case is an ordinary one with its own chain of events. */
export const oneThingCaseRecord: OneThingCaseRecordSchema = oneThingCaseSchema;
export type OneThingCaseRecord = z.output<typeof oneThingCaseRecord>;

/** How its records are kept in the world state. */
export const kinds = {
  oneThing: keyKind('oneThing', oneThingRecord, (r) => [r.code, padded(r.version)]),
  oneThingHead: keyKind('oneThingHead', oneThingHeadRecord, (r) => [r.code]),
  oneThingCase: keyKind('oneThingCase', oneThingCaseRecord, (r) => [r.no]),
};
