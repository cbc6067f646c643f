import { z } from 'zod';
import { actor } from '../../kernel/roles';
import {
  attestationId,
  caseNo,
  datasetId,
  departmentId,
  digest,
  materialCode,
  recordOf,
  text,
  timestamp,
} from '../../kernel/scalars';

/** Why the applicant's own document counts instead of what was shared (Zhejiang regulation art 7(2)). */
export const contestNote = text(500);
/** What other evidence shows in place of a material that cannot be had (Zhejiang regulation art 9). */
export const provenFact = text(500);

/**
 * How a material is met: by a document whose digest is here, by an attestation of its source department, for the time
 * being by the applicant's commitment (Zhejiang regulation art 14), or by other evidence of what it would show.
 */
export const evidence = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('document'),
    document: digest,
    /** The applicant contests the shared data: this document is the material, and no attestation displaces it. */
    contested: z.strictObject({ note: contestNote }).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('attestation'), attestationId }),
  z.strictObject({ kind: z.literal('commitment'), document: digest }),
  z.strictObject({
    kind: z.literal('substitute'),
    document: digest,
    proves: provenFact,
    /** The owner's official who took it instead; until then it is only offered. */
    notedBy: actor.exactOptional(),
  }),
]);

export const heldMaterial = z.strictObject({
  code: materialCode,
  evidence,
  by: departmentId,
  at: timestamp,
});

/**
 * An applicant says that shared data are wrong, and gives its own document: told to the department whose data they are, so
 * that it can look into them (校核, Order 809 art 26), without showing it the case.
 */
export const contestRecord = recordOf('contest', {
  datasetId,
  caseNo,
  code: materialCode,
  source: departmentId,
  applicant: departmentId,
  owner: departmentId,
  note: contestNote,
  document: digest,
  at: timestamp,
});
export type ContestRecord = z.output<typeof contestRecord>;
