import { z } from 'zod';
import { rankedBasis } from '../dataset/records';
import { withdrawalReason } from '../kernel/reason';
import {
  attestedField,
  challengeId,
  code,
  conditionCode,
  datasetId,
  date,
  digest,
  disputeId,
  fieldCode,
  listOf,
  positiveLimit,
  sequence,
  shareId,
  text,
  timestamp,
  useId,
} from '../kernel/scalars';
import { challengeOutcome, disputeOrder, disputeSubject } from './dispute-records';
import {
  correctionGrounds,
  endReasons,
  refusalBasisCodes,
  suspensionGrounds,
  serviceChangeKind,
  shareNoticeItem,
  shareRequest,
  shareTerms,
} from './records';

export const requestShareInput = z.strictObject({
  /** Made by the caller; the ledger refuses one that exists. */
  shareId,
  datasetId,
  ...shareRequest.shape,
  /** 回流 (Order 809 art 24). */
  returnFlow: z.boolean().exactOptional(),
});
export const shareOnlyInput = z.strictObject({ shareId });
export const withdrawShareInput = z.strictObject({ shareId, reasonCode: withdrawalReason });
export const askMissingInput = z.strictObject({
  shareId,
  items: z.array(shareNoticeItem).min(1).max(40),
});
export const supplementShareInput = z.strictObject({
  shareId,
  basis: shareRequest.shape.basis.exactOptional(),
  scenario: shareRequest.shape.scenario.exactOptional(),
  fields: shareRequest.shape.fields.exactOptional(),
  method: shareRequest.shape.method.exactOptional(),
  term: shareRequest.shape.term.exactOptional(),
  /** Proofs of listed conditions that were asked for. */
  proofs: listOf(
    z.strictObject({ code: conditionCode, document: digest }),
    32,
    (proof) => proof.code,
  ).exactOptional(),
});
export const extendReplyInput = z.strictObject({
  shareId,
  /** Working days more, at most ten (Order 809 art 21). */
  days: z.int().min(1).max(200),
  reason: text(500),
});
export const grantShareInput = z.strictObject({ shareId, ...shareTerms.shape });
/** `seq` is the number of the event that worded the reply. */
export const consentReplyInput = z.strictObject({ shareId, seq: sequence });
/** `seq` is the number of the event that proposed the change. */
export const agreeChangeInput = z.strictObject({ shareId, seq: sequence });
export const proposeChangeInput = z.strictObject({
  shareId,
  what: serviceChangeKind,
  reason: text(1000),
  /** The notice, or the plan of the change. */
  document: digest.exactOptional(),
  /** The day from which it is to hold. */
  from: date,
});
export const refuseShareInput = z.strictObject({
  shareId,
  /** A code of the closed list of grounds; another is refused with what the law says. */
  basis: code(32).meta({ examples: refusalBasisCodes }),
  reason: text(1000),
  /** With `conditionNotMet`: the listed condition. */
  condition: conditionCode.exactOptional(),
  /** With `forbiddenByLaw`: the norm. */
  law: rankedBasis.exactOptional(),
});
export const deliverShareInput = z.strictObject({
  shareId,
  fields: listOf(attestedField, 128, (field) => field.code),
  package: digest.exactOptional(),
  note: text(500).exactOptional(),
});
/** One value with the salt of its digest: at least 128 bits, so that the digest says nothing about the value. */
export const privateValue = z.strictObject({
  code: fieldCode,
  value: text(8000),
  salt: z.string().regex(/^(?:[0-9a-f]{2}){16,64}$/, '16 to 64 bytes in lower-case hexadecimal'),
});
/** What travels beside a delivery: never in a block, only to the peers of provider and requester. */
export const deliverPrivately = z.strictObject({
  values: listOf(privateValue, 128, (value) => value.code).min(1),
});
export const receiptInput = z.strictObject({
  shareId,
  useId,
  usedAt: timestamp.exactOptional(),
  fields: listOf(fieldCode, 128, (name) => name).min(1),
  scenario: text(500),
  process: text(500),
  effect: text(500),
  storage: text(500),
  disposal: text(500).exactOptional(),
});
export const challengeInput = z.strictObject({
  shareId,
  challengeId,
  fields: listOf(fieldCode, 128, (name) => name).min(1),
  finding: text(1000),
  document: digest.exactOptional(),
});
export const answerChallengeInput = z.strictObject({
  shareId,
  challengeId,
  outcome: challengeOutcome,
  note: text(1000),
  document: digest.exactOptional(),
});
export const suspendShareInput = z.strictObject({
  shareId,
  /** A code of the closed list of grounds; another is refused with what the law says. */
  ground: code(32).meta({ examples: suspensionGrounds }),
  note: text(1000),
  /** Time for the requester to mend. */
  limit: positiveLimit,
});
export const orderCorrectionInput = z.strictObject({
  shareId,
  ground: z.enum(correctionGrounds),
  note: text(1000),
  /** Time for the requester to correct it. */
  limit: positiveLimit,
});
export const noteOnShareInput = z.strictObject({ shareId, note: text(1000) });
export const disputeInput = z.strictObject({
  shareId,
  disputeId,
  subject: disputeSubject,
  claim: text(2000),
});
export const escalateDisputeInput = z.strictObject({ shareId, disputeId, note: text(2000) });
export const decideDisputeInput = z.strictObject({
  shareId,
  disputeId,
  order: disputeOrder,
  note: text(2000),
  document: digest.exactOptional(),
});
export const endShareInput = z.strictObject({
  shareId,
  reason: z.enum(endReasons).exclude(['disputeDecided']),
  note: text(1000).exactOptional(),
});

/** The values of a share as one of its two departments' own peer holds them. */
export const shareValues = z.strictObject({
  shareId,
  deliveries: z.array(
    z.strictObject({ no: z.int(), at: timestamp, values: z.array(privateValue) }),
  ),
});
export type ShareValues = z.output<typeof shareValues>;
/** What the private collections hold for one delivery. */
export const privateDelivery = z.strictObject({
  v: z.literal(1),
  shareId,
  no: z.int().min(1).max(50),
  values: z.array(privateValue).min(1).max(128),
});
export type PrivateDelivery = z.output<typeof privateDelivery>;
