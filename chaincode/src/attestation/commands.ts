import { z } from 'zod';
import { command, heads, officials, query, staff } from '../kernel/operation';
import { plainReason } from '../kernel/reason';
import {
  attestationId,
  attestedField,
  caseNo,
  datasetId,
  departmentId,
  fieldCode,
  listOf,
  page,
  pageOf,
  shareId,
  text,
  timestamp,
  useId,
} from '../kernel/scalars';
import { useRecord } from '../sharing/use-records';
import { namesOf } from '../kernel/words';
import { attestationRecord, verdictWords } from './records';

const attestations = { plural: 'attestations', key: 'attestationId' } as const;

export const issueAttestationInput = z.strictObject({
  /** Made by the caller; the ledger refuses one that exists. */
  attestationId,
  datasetId,
  requester: departmentId,
  caseNo,
  /** The share whose grant it rests on. */
  shareId: shareId.exactOptional(),
  purpose: text(500),
  fields: listOf(attestedField, 128, (field) => field.code).min(1),
  validFrom: timestamp,
  validTo: timestamp,
});
export const changeAttestationInput = z.strictObject({
  attestationId,
  reasonCode: plainReason('underReview', 'reviewed', 'dataWrong', 'dataChanged'),
});
export const recordUseInput = z.strictObject({
  attestationId,
  useId,
  /** When it was used, for a record made later; the attestation must have been valid then. */
  usedAt: timestamp.exactOptional(),
  scenario: text(500),
  process: text(500),
  effect: text(500),
  storage: text(500),
  disposal: text(500).exactOptional(),
});
export const verifyAttestationInput = z.strictObject({
  attestationId,
  /** The instant to judge; the time of the query when absent. */
  at: timestamp.exactOptional(),
  /** Digests to compare, field by field. */
  fields: listOf(attestedField, 128, (field) => field.code).exactOptional(),
});
export const attestationVerdict = z.strictObject({
  attestationId,
  datasetId,
  issuer: departmentId,
  requester: departmentId,
  caseNo,
  verdict: z.enum(namesOf(verdictWords)),
  at: timestamp,
  /** Since when the verdict holds; absent for `notYet`. */
  since: timestamp.exactOptional(),
  /** Until when it would hold without further change; only for `valid`, `notYet` and `suspended`. */
  until: timestamp.exactOptional(),
  fields: z.array(z.strictObject({ code: fieldCode, match: z.boolean() })),
});
export type AttestationVerdict = z.output<typeof attestationVerdict>;

export const commands = {
  'attestation.issue': command({
    of: attestations,
    creates: true,
    input: issueAttestationInput,
    output: attestationRecord,
    roles: staff,
    summary: {
      zh: '数源部门为办件签发存证',
      en: 'The source department issues an attestation for a requester and a case',
    },
    done: { zh: '已签发存证', en: 'Issued an attestation' },
  }),
  'attestation.suspend': command({
    of: attestations,
    input: changeAttestationInput,
    output: attestationRecord,
    roles: officials,
    summary: { zh: '暂停存证', en: 'Suspend an attestation' },
  }),
  'attestation.resume': command({
    of: attestations,
    input: changeAttestationInput,
    output: attestationRecord,
    roles: officials,
    summary: { zh: '恢复存证', en: 'Resume a suspended attestation' },
  }),
  'attestation.revoke': command({
    of: attestations,
    input: changeAttestationInput,
    output: attestationRecord,
    roles: heads,
    summary: { zh: '撤销存证', en: 'Revoke an attestation for good' },
  }),
  'attestation.recordUse': command({
    of: attestations,
    input: recordUseInput,
    output: useRecord,
    roles: staff,
    summary: { zh: '需求部门登记使用情况', en: 'The requester records a use' },
  }),
} as const;

export const queries = {
  'attestation.get': query({
    audience: 'concerned',
    input: z.strictObject({ attestationId }),
    output: attestationRecord,
    summary: { zh: '查询存证', en: 'One attestation' },
  }),
  'attestation.verify': query({
    audience: 'concerned',
    input: verifyAttestationInput,
    output: attestationVerdict,
    summary: {
      zh: '核验存证在某一时刻的效力',
      en: 'Whether an attestation is valid at an instant, and which fields match',
    },
  }),
  'attestation.list': query({
    audience: 'concerned',
    input: z.strictObject({ caseNo, ...page }),
    output: pageOf(attestationRecord),
    summary: { zh: '办件的存证', en: "A case's attestations" },
  }),
  'attestation.uses': query({
    audience: 'concerned',
    input: z.strictObject({ attestationId, ...page }),
    output: pageOf(useRecord),
    summary: { zh: '存证的使用记录', en: 'Recorded uses of an attestation' },
  }),
} as const;
