import type { AttestationRecord, Verdict } from '@yici/domain/model';

/**
 * Whether an attestation is valid at an instant, from its record alone: from the time of issue or `validFrom`, whichever is
 * later, until before `validTo`. Revocation is permanent, suspension lasts until resumption: rules of this system.
 * @param at ISO 8601 UTC with milliseconds, as stored on the ledger.
 */
export function verdictOf(record: AttestationRecord, at: string): Verdict {
  const begin = record.issuedAt > record.validFrom ? record.issuedAt : record.validFrom;
  const last = record.changes.filter((change) => change.at <= at).at(-1)?.action;
  if (last === 'revoke') return 'revoked';
  if (at >= record.validTo) return 'expired';
  if (last === 'suspend') return 'suspended';
  return at < begin ? 'notYet' : 'valid';
}
