import { z } from 'zod';
import { level } from '../department/records';
import {
  caseTypes,
  handlingForms,
  ownerNatures,
  powerSources,
  serviceObjects,
} from '../kernel/codes';
import { namesOf, type Vocabulary } from '../kernel/words';
import { legalBasis, statute } from '../kernel/legal-basis';
import { retention } from '../kernel/retention';
import { movedBy } from '../kernel/departures';
import { actor, signatoryWords } from '../kernel/roles';
import {
  businessLine,
  catalogCode,
  datasetId,
  date,
  departmentId,
  digest,
  documentRef,
  dutyCode,
  limit,
  listOf,
  localText,
  materialCode,
  onTheSpotMinutes,
  positiveLimit,
  previousLimit,
  recordOf,
  regionCode,
  stepId,
  taskCode,
  text,
  timestamp,
  version,
} from '../kernel/scalars';
import { versionFields } from '../kernel/versioned';
import { formField } from './form';
import { handlingGuide } from './guide';
import { handlingLaw } from './handling-laws';
import { keyKind, padded } from '../kernel/keys';

/** How a step relates to those before it. */
export const flowModeWords = {
  parallel: { zh: '并联', en: 'in parallel' },
  sequential: { zh: '串联', en: 'one after another' },
} satisfies Vocabulary;

/** In which form a material is given. */
export const materialFormWords = {
  electronic: { zh: '电子', en: 'electronic' },
  paper: { zh: '纸质', en: 'on paper' },
  either: { zh: '电子或纸质', en: 'either' },
} satisfies Vocabulary;

/** Where a material comes from. */
export const materialSourceWords = {
  applicant: { zh: '申报部门提供', en: 'from the applicant' },
  sharing: { zh: '共享取得', en: 'by sharing' },
} satisfies Vocabulary;

/** 申请材料. `sharing` materials come from a data set and are never asked of the applicant (Order 809 art 19). */
export const material = z.strictObject({
  code: materialCode,
  name: localText(200),
  required: z.boolean(),
  /** 可容缺: may follow after tolerant acceptance. */
  tolerable: z.boolean(),
  source: z.enum(namesOf(materialSourceWords)),
  /** The data set an attestation of which satisfies it; always there when the source is sharing. */
  datasetId: datasetId.exactOptional(),
  form: z.enum(namesOf(materialFormWords)),
  /** 出具机构. */
  issuer: text(200).exactOptional(),
  /** 出具时间要求. */
  issueTime: text(150).exactOptional(),
  /** 原件份数, 复印件份数: of what may come on paper. */
  originals: z.int().min(0).max(99).exactOptional(),
  copies: z.int().min(0).max(99).exactOptional(),
  /** 材料办理说明. */
  note: text(500).exactOptional(),
  /** 空白表格, 示例样表, by their digests. */
  blankForm: digest.exactOptional(),
  sample: digest.exactOptional(),
});
export type Material = z.output<typeof material>;

/**
 * What becomes of a step nobody answered in time (R11). No general law makes silence consent: `defaultAgree` cites, by its
 * number, a policy document that the matter version lists. Without an `onLapse` a step escalates.
 */
export const onLapse = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('defaultAgree'), policyDocument: text(100) }),
  z.strictObject({ kind: z.literal('escalate') }),
]);

/**
 * 告知承诺 (Zhejiang regulation art 14): materials that a signed commitment may stand for, the letter that tells what is
 * committed to, and the owner's statement for each risk area; one that is concerned forbids it.
 */
export const matterCommitment = z.strictObject({
  materials: listOf(materialCode, 64, (name) => name).min(1),
  terms: documentRef,
  concerns: z.strictObject({
    publicSafety: z.boolean(),
    financialSafety: z.boolean(),
    ecology: z.boolean(),
    health: z.boolean(),
    /** 生命财产安全. A version from before it was asked says nothing of it. */
    lifeAndProperty: z.boolean().exactOptional(),
  }),
  /** Which of the version's documents is the provincial government's approval of the scope (art 14(3)). */
  scopeDocument: text(100).exactOptional(),
  /** Another time to inspect than sixty working days, and which document of the province's department sets it (art 14(2)). */
  inspection: z.strictObject({ limit: positiveLimit, document: text(100) }).exactOptional(),
});

/** What is asked for in a step. */
export const stepKindWords = { opinion: { zh: '会办意见', en: 'opinion' } } satisfies Vocabulary;
/** 密级: what may be here. */
export const secrecyWords = { none: { zh: '不涉密', en: 'not secret' } } satisfies Vocabulary;

/**
 * One step of the flow. It opens when every step in `after` has its answer (at acceptance when there is none).
 * Parallel steps that open together share one start; a sequential step starts at the last prior completion
 * (Zhejiang regulation art 5(3)).
 */
export const flowStep = z.strictObject({
  id: stepId,
  /** 环节名称. Versions from before it was asked for have none: the step is then told by its id. */
  name: localText(200).exactOptional(),
  department: departmentId,
  kind: z.literal('opinion'),
  mode: z.enum(namesOf(flowModeWords)),
  after: listOf(stepId, 32, (id) => id),
  limit: positiveLimit,
  /** 业务条线 of the step, where it is another than the matter's. */
  businessLine: businessLine.exactOptional(),
  onLapse: onLapse.exactOptional(),
  /** 审查标准, 办理结果 of the step, as the guide tells them. */
  standard: text(500).exactOptional(),
  result: text(200).exactOptional(),
  /** The opinion is advice: a disagreement does not stand against a grant. */
  advisory: z.literal(true).exactOptional(),
});
export type FlowStep = z.output<typeof flowStep>;

const matterFields = z.strictObject({
  taskCode,
  catalogCode,
  name: localText(200),
  /** A.1 事项类型: 01-10, 11-19 extensible (internal approval), 20 public service. */
  matterType: z.string().regex(/^(?:0[1-9]|1[0-9]|20)$/, '01 to 20'),
  legalBasis: z.array(legalBasis).min(1).max(20),
  /** Which laws of handling are in force for it, and which are only followed: see ./handling-laws. */
  handlingLaws: listOf(handlingLaw, 2, ({ law }) => law).exactOptional(),
  exerciseLevel: level,
  regionCode,
  /** 业务条线. */
  businessLine: businessLine.exactOptional(),
  /** 涉及垂直管理机构: it cannot be handled without an organ under vertical management. */
  verticalOrgan: z.boolean().exactOptional(),
  ownerNature: z.enum(namesOf(ownerNatures)),
  powerSource: z.enum(namesOf(powerSources)),
  caseType: z.enum(namesOf(caseTypes)),
  serviceObject: z
    .array(z.enum(namesOf(serviceObjects)))
    .min(1)
    .max(6),
  handlingForm: z
    .array(z.enum(namesOf(handlingForms)))
    .min(1)
    .max(5),
  acceptConditions: localText(4000),
  resultName: localText(200),
  /** 法定办结时限; absent when no law sets one. */
  statutoryLimit: limit.exactOptional(),
  /** Of a licence: the law or regulation that sets another limit than the Administrative Licensing Law. */
  statutoryLimitBasis: statute.exactOptional(),
  /** 承诺办结时限. */
  promisedLimit: limit,
  /**
   * 即办时限: minutes from acceptance to completion, of an on-the-spot item (即办件, GB/T 39046 A.6): what can be decided at
   * once is decided at once (Administrative Licensing Law art 34). Its promised limit is 0 working days.
   */
  onTheSpotMinutes: onTheSpotMinutes.exactOptional(),
  /** 改革前办结时限: what the matter took before, for the speed-up rate (提速率). */
  previousLimit: previousLimit.exactOptional(),
  /** 到办事现场次数. */
  visits: z.int().min(0).max(9),
  materials: listOf(material, 64, (m) => m.code),
  formFields: listOf(formField, 128, (field) => field.code).exactOptional(),
  commitment: matterCommitment.exactOptional(),
  /** 本部门可以申请: it serves its owner too, whose own cases another department decides with it. */
  ownApplications: z.strictObject({ coDecider: departmentId }).exactOptional(),
  guide: handlingGuide.exactOptional(),
  /** 保管期限 of its cases. */
  retention: retention.exactOptional(),
  flow: listOf(flowStep, 32, (step) => step.id),
  /** State secrets stay outside (Order 716 art 4(1)), and so do work secrets (a house rule): nothing but `none` is taken. */
  secrecyLevel: z.literal('none'),
  policyDocuments: z.array(documentRef).max(20),
  dutyCode: dutyCode.exactOptional(),
  effectiveFrom: date,
  effectiveTo: date.exactOptional(),
});
/** What a matter version says: field names of GB/T 39046-2020 table 4. */
export const matterContent = matterFields
  .refine(
    ({ onTheSpotMinutes: minutes, caseType, promisedLimit }) =>
      minutes === undefined || (caseType === 'onTheSpot' && promisedLimit.value === 0),
    {
      path: ['onTheSpotMinutes'],
      error: 'only of an on-the-spot item whose promised limit is 0 working days',
    },
  )
  .refine(
    ({ guide, ownerNature, powerSource }) =>
      guide?.entrustedBy === undefined ||
      ownerNature === 'entrusted' ||
      powerSource.startsWith('entrusted'),
    { path: ['guide', 'entrustedBy'], error: 'only of a matter whose power is entrusted' },
  );
export type MatterContent = z.output<typeof matterContent>;

const cosignature = z.strictObject({
  /** `owner`: the owner's head; `establishment`: the Establishment Office, or the lead authority for its own matters. */
  as: z.enum(namesOf(signatoryWords)),
  by: actor,
  at: timestamp,
});

const matterSchema = recordOf('matter', {
  taskCode,
  version,
  owner: departmentId,
  /** The office beside the owner whose signature publication needs. */
  cosigner: departmentId,
  /** 联办机构: the departments of the flow, sorted. */
  participants: z.array(departmentId).max(32),
  content: matterContent,
  /** The version of the duty it was drafted against; publication needs the duty to be the same still. */
  dutyVersion: version.exactOptional(),
  cosignatures: z.array(cosignature).max(2),
  /** Owners from before, oldest first, and the reorganisations that gave it to another. */
  successions: z
    .array(z.strictObject({ from: departmentId, ...movedBy }))
    .max(20)
    .exactOptional(),
  ...versionFields,
});
type MatterRecordShape = typeof matterSchema;
/** The type of {@link matterRecord} under a name, which keeps the compiler fast: see kernel/commands.ts. */
export interface MatterRecordSchema extends MatterRecordShape {}
/** One version of a matter (事项). Its key carries an endorsement policy: the owner and the cosigning office. */
export const matterRecord: MatterRecordSchema = matterSchema;
export type MatterRecord = z.output<typeof matterRecord>;

/** Newest version and newest published version of a matter. */
export const matterHeadRecord = recordOf('matterHead', {
  taskCode,
  owner: departmentId,
  latest: version,
  published: version.exactOptional(),
});
export type MatterHeadRecord = z.output<typeof matterHeadRecord>;

/** How its records are kept in the world state. */
export const kinds = {
  matter: keyKind('matter', matterRecord, (r) => [r.taskCode, padded(r.version)]),
  matterHead: keyKind('matterHead', matterHeadRecord, (r) => [r.taskCode]),
};
