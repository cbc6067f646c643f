import type { AttestationRecord, Verdict } from '@yici/chaincode/model';

/**
 * What an attestation is worth at an instant, from its record alone: it begins when issued or at `validFrom`, whichever is
 * later, and ends before `validTo`; revocation is for good, suspension holds until it is resumed (Order 809 art 27).
 * @param at ISO 8601 UTC with milliseconds, as the ledger writes times.
 */
export function verdictOf(record: AttestationRecord, at: string): Verdict {
  const begin = record.issuedAt > record.validFrom ? record.issuedAt : record.validFrom;
  const last = record.changes.filter((change) => change.at <= at).at(-1)?.action;
  if (last === 'revoke') return 'revoked';
  if (at >= record.validTo) return 'expired';
  if (last === 'suspend') return 'suspended';
  return at < begin ? 'notYet' : 'valid';
}
