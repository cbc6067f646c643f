import { LedgerError } from '../errors.js';

/** Why an MSP refuses an identity: `details.reason` of LedgerError IDENTITY_REFUSED. */
export type IdentityReason =
  /** The bytes are no SerializedIdentity, or hold no certificate. */
  | 'MALFORMED'
  /** It names another MSP. */
  | 'WRONG_MSP'
  /** Its key is neither ECDSA on a NIST curve nor, where allowed, Ed25519. */
  | 'UNSUPPORTED_KEY'
  /** It is a CA's certificate, which may not act. */
  | 'CA_CERTIFICATE'
  /** No chain leads to a root of the MSP. */
  | 'UNTRUSTED'
  /** More than one chain leads to a root. */
  | 'AMBIGUOUS_CHAIN'
  /** Its issuer has intermediates below it and so issues no identities. */
  | 'ISSUER_NOT_LEAF'
  /** It is on a revocation list of its issuer. */
  | 'REVOKED'
  /** A revocation list does not say whose it is. */
  | 'CRL_UNUSABLE'
  /** Outside its own or an issuer's validity, where that was asked. */
  | 'NOT_YET_VALID'
  | 'EXPIRED'
  /** It has none of the units that the MSP recognizes. */
  | 'OU_UNKNOWN'
  /** Node OUs: none, more than one, or one from the wrong CA. */
  | 'NODE_OU_MISSING'
  | 'NODE_OU_AMBIGUOUS'
  | 'NODE_OU_CERTIFIER';

/** The reason, with a sentence for people. */
export interface Refusal {
  readonly reason: IdentityReason;
  readonly detail: string;
}

export function refusal(reason: IdentityReason, detail: string): Refusal {
  return { reason, detail };
}

/** The refusal as an error: IDENTITY_REFUSED with `details.reason` and `details.mspId`. */
export function refusalError(mspId: string, { reason, detail }: Refusal): LedgerError {
  return new LedgerError('IDENTITY_REFUSED', `${mspId}: ${detail}`, { details: { reason, mspId } });
}
