import { z } from 'zod';
import { actor } from '../roles';
import {
  attestationId,
  caseNo,
  code,
  datasetId,
  departmentId,
  shareId,
  digest,
  fieldCode,
  text,
  timestamp,
  useId,
  version,
} from '../scalars';

/** A salted digest of one field's value, so that single fields can be disclosed and checked. */
export const attestedField = z.strictObject({ code: fieldCode, ...digest.shape });

export const attestationChange = z.strictObject({
  action: z.enum(['suspend', 'resume', 'revoke']),
  at: timestamp,
  reasonCode: code(32),
  by: actor,
});

const attestationSchema = z.strictObject({
  kind: z.literal('attestation'),
  v: z.literal(1),
  attestationId,
  datasetId,
  datasetVersion: version,
  issuer: departmentId,
  requester: departmentId,
  caseNo,
  /** The share under whose grant it was issued. */
  shareId: shareId.exactOptional(),
  purpose: text(500),
  fields: z.array(attestedField).min(1).max(128),
  /** Valid from this instant on, up to but not including `validTo`. */
  validFrom: timestamp,
  validTo: timestamp,
  status: z.enum(['active', 'suspended', 'revoked']),
  issuedBy: actor,
  issuedAt: timestamp,
  /** Every suspension, resumption and revocation in order, with its instant. */
  changes: z.array(attestationChange).max(64),
});
type AttestationRecordShape = typeof attestationSchema;
/** {@link attestationRecord} by a name of its own; see ../commands.ts. */
export interface AttestationRecordSchema extends AttestationRecordShape {}
/** 存证: the source department's word about fields of its data set, for one requester, one case and one purpose. */
export const attestationRecord: AttestationRecordSchema = attestationSchema;
export type AttestationRecord = z.output<typeof attestationRecord>;

/** Lists a case's attestations without reading all others. */
export const attestationOfCaseRecord = z.strictObject({
  kind: z.literal('attestationOfCase'),
  v: z.literal(1),
  caseNo,
  attestationId,
});
export type AttestationOfCaseRecord = z.output<typeof attestationOfCaseRecord>;

/** How a recorded use of a share can leave its grant: none in force, outside its period, suspended, wider fields. */
export const useDeviations = ['noGrant', 'outsidePeriod', 'suspended', 'widerScope'] as const;

/**
 * 使用记录: what the requester did with an attestation or with data shared under a grant (Order 809 art 29), readable by
 * the provider and the lead authority. One of `attestationId` and `shareId` says which.
 */
export const useRecord = z.strictObject({
  kind: z.literal('use'),
  v: z.literal(1),
  attestationId: attestationId.exactOptional(),
  shareId: shareId.exactOptional(),
  useId,
  requester: departmentId,
  usedAt: timestamp,
  scenario: text(500),
  process: text(500),
  effect: text(500),
  storage: text(500),
  disposal: text(500).exactOptional(),
  /** Of a share: the fields that were used. */
  fields: z.array(fieldCode).min(1).max(128).exactOptional(),
  /** Of a share: ways in which the use lies outside the grant, which show by themselves. */
  outside: z.array(z.enum(useDeviations)).max(4).exactOptional(),
  recordedBy: actor,
  recordedAt: timestamp,
});
export type UseRecord = z.output<typeof useRecord>;

export type UseDeviation = (typeof useDeviations)[number];

export const verdicts = ['valid', 'notYet', 'expired', 'suspended', 'revoked'] as const;
export type Verdict = (typeof verdicts)[number];
