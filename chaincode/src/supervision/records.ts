import { z } from 'zod';
import { cardClockKinds, cardColours } from '../kernel/clock-kinds';
import { actor } from '../kernel/roles';
import {
  cardId,
  caseNo,
  challengeId,
  datasetId,
  date,
  departmentId,
  digest,
  limit,
  orderId,
  recordOf,
  rulingId,
  shareId,
  taskCode,
  text,
  timestamp,
  urgeId,
  version,
} from '../kernel/scalars';
import { keyKind } from '../kernel/keys';
import { cardShelf } from './card-id';

const act = { by: actor, at: timestamp };

/** Why a limit was missed; `goodFaith` asks for the exemption of Zhejiang regulation art 46. */
export const explanationCodes = [
  'workload',
  'waitedForOthers',
  'complexCase',
  'systemFailure',
  'forceMajeure',
  'ownFault',
  'other',
] as const;
export const appealGrounds = ['factsWrong', 'notResponsible', 'clockWrong', 'goodFaith'] as const;

/** The five conditions under which an error made in good faith is not held against anybody (Zhejiang regulation art 46). */
export const exemptionConditions = [
  'serviceOfReform',
  'noBannedAct',
  'dueProcedure',
  'noPersonalGain',
  'harmPreventedOrMended',
] as const;

const ruling = z.strictObject({
  outcome: z.enum(['upheld', 'cancelled', 'exempted']),
  document: digest,
  ...act,
});

/** A warning card (预警灯): computed from the ledger's own days. Nobody can skip or delete one; what is said to it is added. */
export const cardRecord = recordOf('card', {
  cardId,
  /**
   * What it is about: a case; a share, or one of its challenges; the review of a matter; a duty ruling; a data set, or a
   * version of one.
   */
  caseNo: caseNo.exactOptional(),
  shareId: shareId.exactOptional(),
  challengeId: challengeId.exactOptional(),
  review: z.strictObject({ taskCode, version, dutyVersion: version }).exactOptional(),
  rulingId: rulingId.exactOptional(),
  datasetId: datasetId.exactOptional(),
  datasetVersion: version.exactOptional(),
  colour: z.enum(cardColours),
  clock: z.strictObject({
    what: z.enum(cardClockKinds),
    step: z.string().exactOptional(),
    startedOn: date,
    dueOn: date,
    /** Of an on-the-spot item: the instant itself. */
    dueAt: timestamp.exactOptional(),
    limitDays: z.int().min(0),
    /** The day of the act that came too late, when it has come. */
    actedOn: date.exactOptional(),
  }),
  /** Whose limit it is. */
  department: departmentId,
  /** Parties of what it is about: who sees it. */
  parties: z.array(departmentId).min(1).max(41),
  raisedBy: actor,
  raisedAt: timestamp,
  /** A red card is explained within five working days (Optimising the Business Environment Regulation art 36). */
  explainBy: date.exactOptional(),
  explanation: z
    .strictObject({ code: z.enum(explanationCodes), text: digest, late: z.boolean(), ...act })
    .exactOptional(),
  appeal: z
    .strictObject({ ground: z.enum(appealGrounds), text: digest, decideBy: date, ...act })
    .exactOptional(),
  ruling: ruling.exactOptional(),
});
export type CardRecord = z.output<typeof cardRecord>;

/** A reminder (催办): on the record, without a duty to answer. */
export const urgeRecord = recordOf('urge', {
  urgeId,
  caseNo,
  /** Who is reminded. */
  department: departmentId,
  parties: z.array(departmentId).min(1).max(40),
  note: text(500),
  ...act,
});
export type UrgeRecord = z.output<typeof urgeRecord>;

const orderSchema = recordOf('order', {
  orderId,
  department: departmentId,
  caseNo: caseNo.exactOptional(),
  subject: text(500),
  document: digest,
  limit,
  dueOn: date,
  issuedBy: actor,
  issuedAt: timestamp,
  status: z.enum(['open', 'replied', 'closed']),
  /** Each reply, and what the supervisors said to it. */
  replies: z
    .array(
      z.strictObject({
        document: digest,
        late: z.boolean(),
        ...act,
        conclusion: z
          .strictObject({ satisfied: z.boolean(), document: digest, ...act })
          .exactOptional(),
      }),
    )
    .max(10),
});
type OrderRecordShape = typeof orderSchema;
/** {@link orderRecord} by a name of its own; see kernel/commands.ts. */
export interface OrderRecordSchema extends OrderRecordShape {}
/** A supervision order (督办): a deadline, a reply, a conclusion (Government Supervision Regulation). */
export const orderRecord: OrderRecordSchema = orderSchema;
export type OrderRecord = z.output<typeof orderRecord>;

/** The applicant's evaluation of a delivered case (好差评), 1 very satisfied to 5 very dissatisfied (GB/T 39046 A.8). */
export const evaluationRecord = recordOf('evaluation', {
  caseNo,
  owner: departmentId,
  parties: z.array(departmentId).min(1).max(40),
  score: z.int().min(1).max(5),
  note: digest.exactOptional(),
  ...act,
  /** A bad evaluation is answered with what was done. */
  answerBy: date.exactOptional(),
  answer: z.strictObject({ document: digest, late: z.boolean(), ...act }).exactOptional(),
});
export type EvaluationRecord = z.output<typeof evaluationRecord>;

/** How its records are kept in the world state. */
export const kinds = {
  card: keyKind('card', cardRecord, (r) => [cardShelf(r.cardId), r.cardId]),
  urge: keyKind('urge', urgeRecord, (r) => [r.caseNo, r.urgeId]),
  order: keyKind('order', orderRecord, (r) => [r.orderId]),
  evaluation: keyKind('evaluation', evaluationRecord, (r) => [r.caseNo]),
};
