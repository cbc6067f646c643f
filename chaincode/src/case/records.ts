import { z } from 'zod';
import { caseState } from '../kernel/case-states';
import { noticeField, noticeItem, reason } from '../kernel/reason';
import { actor } from '../kernel/roles';
import {
  attestationId,
  caseNo,
  date,
  departmentId,
  digest,
  limit,
  materialCode,
  oneThingNo,
  recordOf,
  sequence,
  sha256Hex,
  stepId,
  taskCode,
  text,
  timestamp,
  txId,
  version,
} from '../kernel/scalars';
import { handover, rulingNote, stepReturn } from './responsibility-records';
import { caseLimits, extension, lapse, passing, pause } from './clock-records';
import { commitment, inspection } from './commitment-records';

/** A fact that was not there at the first notice; without one there is no second notice. */
export const newFact = z.strictObject({ note: text(500), document: digest });

/**
 * How a material is met: by a document whose digest is here, by an attestation of its source department, or for the time
 * being by the applicant's commitment (Zhejiang regulation art 14).
 */
export const evidence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('document'), document: digest }),
  z.strictObject({ kind: z.literal('attestation'), attestationId }),
  z.strictObject({ kind: z.literal('commitment'), document: digest }),
]);

const heldMaterial = z.strictObject({
  code: materialCode,
  evidence,
  by: departmentId,
  at: timestamp,
});

const stepRecord = z.strictObject({
  id: stepId,
  department: departmentId,
  after: z.array(stepId).max(32),
  limit,
  /** `passed`: the owner went on without the opinion after it was escalated; it may still be given. */
  status: z.enum(['waiting', 'open', 'answered', 'passed']),
  startedAt: timestamp.exactOptional(),
  dueOn: date.exactOptional(),
  answeredAt: timestamp.exactOptional(),
  answer: z.enum(['agree', 'disagree', 'forward']).exactOptional(),
  late: z.boolean().exactOptional(),
  lapse: lapse.exactOptional(),
  passing: passing.exactOptional(),
  returned: stepReturn.exactOptional(),
});
export type StepRecord = z.output<typeof stepRecord>;

const noticeRecord = z.strictObject({
  items: z.array(noticeItem).max(64),
  /** Fields of the form that must be put right: the applicant files the form again. */
  fields: z.array(noticeField).min(1).max(128).exactOptional(),
  newFact: newFact.exactOptional(),
  at: timestamp,
  limit,
  dueOn: date,
  answeredAt: timestamp.exactOptional(),
});

/** 送达方式: over the net, at a window, by courier. */
export const deliveryForms = ['web', 'window', 'courier', 'other'] as const;

export const caseFlags = [
  'secondNotice',
  'lateOpinion',
  'forwarded',
  'correction',
  'procedureProlonged',
  'defaultAgreed',
  'escalated',
  'passedOver',
  'lateInspection',
  'transferred',
  'bounced',
  'ruled',
  'returned',
] as const;

/** 撤销受理 or 撤销决定. */
const revocation = z.strictObject({
  of: z.enum(['acceptance', 'decision']),
  reason,
  document: digest,
  by: actor,
  at: timestamp,
});

/** 归档: digest of the archive package. */
const caseArchive = z.strictObject({ package: digest, by: actor, at: timestamp });

const caseSchema = recordOf('case', {
  caseNo,
  /** The filed one thing it is a part of. */
  oneThing: z.strictObject({ no: oneThingNo, node: stepId }).exactOptional(),
  taskCode,
  matterVersion: version,
  /** Digest of the matter version's content as it was published. */
  matterDigest: sha256Hex,
  applicant: departmentId,
  owner: departmentId,
  /** Applicant, owner and participants, sorted: who may see the case. */
  parties: z.array(departmentId).min(1).max(40),
  state: caseState,
  nationalNumber: z.int().min(1).max(15),
  /** Digest of the one form (一张表). */
  form: digest,
  materials: z.array(heldMaterial).max(64),
  notices: z.array(noticeRecord).max(10),
  steps: z.array(stepRecord).max(32),
  flags: z.array(z.strictObject({ code: z.enum(caseFlags), seq: sequence })).max(400),
  /** Calendar versions the due dates were computed with. */
  calendars: z.array(z.strictObject({ year: z.int(), version })).max(10),
  submittedAt: timestamp,
  submittedBy: actor,
  /** Day from which the five working days of art 32(4) run: submission, or the answered supplement. */
  clockFrom: date,
  replyBy: date,
  receivedAt: timestamp.exactOptional(),
  /** 首问负责: who received the case stays named, whoever has it later. */
  firstAsked: actor.exactOptional(),
  /** Hand-overs of the case and of its steps, oldest first. */
  handovers: z.array(handover).max(20).exactOptional(),
  /** Declined hand-overs. */
  bounces: z.int().min(1).max(20).exactOptional(),
  rulings: z.array(rulingNote).max(20).exactOptional(),
  acceptance: z
    .strictObject({
      how: z.enum(['accepted', 'tolerant', 'deemed']),
      by: actor,
      at: timestamp,
      /** The day the limit counts from; the day of receipt when the reply came too late (R4). */
      on: date,
    })
    .exactOptional(),
  /** The applicant's signed promise to hand in what is missing (容缺承诺书), if it came with the form. */
  pledge: digest.exactOptional(),
  /** Materials that may still follow, and by when; with the promise the acceptance rests on. */
  tolerated: z
    .strictObject({
      codes: z.array(materialCode).min(1).max(64),
      limit,
      dueOn: date,
      pledge: digest.exactOptional(),
    })
    .exactOptional(),
  commitment: commitment.exactOptional(),
  inspections: z.array(inspection).max(3).exactOptional(),
  limits: caseLimits.exactOptional(),
  pauses: z.array(pause).max(20).exactOptional(),
  extension: extension.exactOptional(),
  dueOn: date.exactOptional(),
  /** Of an on-the-spot item: the instant by which it is complete; gone once a special procedure or an extension counts days. */
  dueAt: timestamp.exactOptional(),
  statutoryDueOn: date.exactOptional(),
  refusal: reason.exactOptional(),
  decision: z
    .strictObject({
      outcome: z.enum(['granted', 'refused']),
      document: digest,
      reason: reason.exactOptional(),
      by: actor,
      at: timestamp,
    })
    .exactOptional(),
  /** Ten working days after the decision (Administrative Licensing Law art 44). */
  deliverBy: date.exactOptional(),
  completedAt: timestamp.exactOptional(),
  result: digest.exactOptional(),
  deliveredAt: timestamp.exactOptional(),
  /** How the result went out; at a window the applicant had to come. */
  deliveryForm: z.enum(deliveryForms).exactOptional(),
  revocation: revocation.exactOptional(),
  archive: caseArchive.exactOptional(),
  updatedAt: timestamp,
  head: sha256Hex,
  nextSeq: z.int().min(1).max(999_999),
});
type CaseRecordShape = typeof caseSchema;
/** {@link caseRecord} by a name of its own; see kernel/commands.ts. */
export interface CaseRecordSchema extends CaseRecordShape {}
/** A case (办件). Its whole history is the chain of its events: `head` is the digest of the newest, `nextSeq` their number. */
export const caseRecord: CaseRecordSchema = caseSchema;
export type CaseRecord = z.output<typeof caseRecord>;

export const caseEventTypes = [
  'case.submit',
  'case.receive',
  'case.accept',
  'case.tolerantAccept',
  'case.supplementNotice',
  'case.supplement',
  'case.refuse',
  'case.opinion',
  'case.decide',
  'case.complete',
  'case.deliver',
  'case.withdraw',
  'case.correct',
  'case.deemAccepted',
  'case.deemWithdrawn',
  'case.startSpecialProcedure',
  'case.endSpecialProcedure',
  'case.requestExtension',
  'case.approveExtension',
  'case.lapseStep',
  'case.passStep',
  'case.revokeAcceptance',
  'case.recordInspection',
  'case.revokeDecision',
  'case.archive',
  'case.offerTransfer',
  'case.acceptTransfer',
  'case.declineTransfer',
  'case.returnStep',
  'case.resendStep',
  'dutyRuling.decide',
] as const;
export type CaseEventType = (typeof caseEventTypes)[number];

/** One link of a case's chain: `prev` is the SHA-256 of the canonical event before it. */
export const caseEventRecord = recordOf('caseEvent', {
  caseNo,
  seq: sequence,
  type: z.enum(caseEventTypes),
  prev: sha256Hex,
  at: timestamp,
  by: actor.extend({ department: departmentId }),
  txId,
  /** The state after it. */
  state: caseState,
  /** The command as it was given, without the case number. */
  data: z.record(z.string(), z.unknown()),
});
export type CaseEventRecord = z.output<typeof caseEventRecord>;
