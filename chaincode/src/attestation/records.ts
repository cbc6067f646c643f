import { z } from 'zod';
import { actor } from '../kernel/roles';
import {
  attestationId,
  attestedField,
  caseNo,
  code,
  datasetId,
  departmentId,
  recordOf,
  shareId,
  text,
  timestamp,
  version,
} from '../kernel/scalars';
import { keyKind } from '../kernel/keys';
import { namesOf, type Vocabulary } from '../kernel/words';

/** Whether an attestation holds. */
export const attestationStatusWords = {
  active: { zh: '有效', en: 'active' },
  suspended: { zh: '暂停', en: 'suspended' },
  revoked: { zh: '已撤销', en: 'revoked' },
} satisfies Vocabulary;

/** What may be done to an attestation. */
export const attestationActionWords = {
  suspend: { zh: '暂停', en: 'suspended' },
  resume: { zh: '恢复', en: 'resumed' },
  revoke: { zh: '撤销', en: 'revoked' },
} satisfies Vocabulary;

export const attestationChange = z.strictObject({
  action: z.enum(namesOf(attestationActionWords)),
  at: timestamp,
  reasonCode: code(32),
  by: actor,
});

const attestationSchema = recordOf('attestation', {
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
  status: z.enum(namesOf(attestationStatusWords)),
  issuedBy: actor,
  issuedAt: timestamp,
  /** Every suspension, resumption and revocation in order, with its instant. */
  changes: z.array(attestationChange).max(64),
});
type AttestationRecordShape = typeof attestationSchema;
/** The type of {@link attestationRecord} under a name, which keeps the compiler fast: see kernel/commands.ts. */
export interface AttestationRecordSchema extends AttestationRecordShape {}
/** 存证: the source department's word about fields of its data set, for one requester, one case and one purpose. */
export const attestationRecord: AttestationRecordSchema = attestationSchema;
export type AttestationRecord = z.output<typeof attestationRecord>;

/** Lists a case's attestations without reading all others. */
export const attestationOfCaseRecord = recordOf('attestationOfCase', {
  caseNo,
  attestationId,
});

/** What an attestation is worth at an instant. */
export const verdictWords = {
  valid: { zh: '有效', en: 'valid' },
  notYet: { zh: '尚未生效', en: 'not valid yet' },
  expired: { zh: '已过期', en: 'expired' },
  suspended: { zh: '已暂停', en: 'suspended' },
  revoked: { zh: '已撤销', en: 'revoked' },
} satisfies Vocabulary;
export type Verdict = keyof typeof verdictWords;

/** How its records are kept in the world state. */
export const kinds = {
  attestation: keyKind('attestation', attestationRecord, (r) => [r.attestationId]),
  attestationOfCase: keyKind('attestationOfCase', attestationOfCaseRecord, (r) => [
    r.caseNo,
    r.attestationId,
  ]),
};
