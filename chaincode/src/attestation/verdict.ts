import type { QueryInput } from '../kernel/commands';
import { later } from '../kernel/days';
import type { AttestationVerdict } from './commands';
import type { AttestationRecord, Verdict } from './records';

/** What an attestation is worth at one instant. */
export interface Validity {
  readonly verdict: Verdict;
  readonly since?: string;
  readonly until?: string;
}

/**
 * Validity at an instant, from the record alone, also for instants in the past. An attestation begins when it is issued
 * or at `validFrom`, whichever is later, and ends before `validTo`; revocation is for good and outranks everything
 * after its instant; suspension holds until it is resumed.
 */
export function verdictAt(attestation: AttestationRecord, at: string): Validity {
  const begin = later(attestation.validFrom, attestation.issuedAt);
  const until = attestation.validTo;
  const last = attestation.changes.filter((change) => change.at <= at).at(-1);
  if (last?.action === 'revoke') return { verdict: 'revoked', since: last.at };
  if (at >= until) return { verdict: 'expired', since: until };
  if (last?.action === 'suspend') return { verdict: 'suspended', since: last.at, until };
  if (at < begin) return { verdict: 'notYet', until: begin };
  return { verdict: 'valid', since: later(begin, last?.at ?? ''), until };
}

/** The answer to `attestation.verify`, with the given field digests compared. */
export function verifyAttestation(
  attestation: AttestationRecord,
  input: QueryInput<'attestation.verify'>,
  now: string,
): AttestationVerdict {
  const at = input.at ?? now;
  const { attestationId, datasetId, issuer, requester, caseNo } = attestation;
  return {
    attestationId,
    datasetId,
    issuer,
    requester,
    caseNo,
    at,
    ...verdictAt(attestation, at),
    fields: (input.fields ?? []).map((asked) => ({
      code: asked.code,
      match: attestation.fields.some(
        (field) =>
          field.code === asked.code &&
          field.digestAlg === asked.digestAlg &&
          field.digest === asked.digest,
      ),
    })),
  };
}
