import type { KeyObject } from 'node:crypto';
import { verifySignature, type SignedMessage } from '../crypto/keys.js';
import { LedgerError } from '../errors.js';
import type { IdentityVerdict, Msp, ValidatedIdentity } from '../identity/msp.js';
import { decodeIdentity } from '../identity/serialized.js';
import { distinctSigners } from './model.js';

/** A signature with its claimed signer, unverified. */
export interface SignedItem {
  /** SerializedIdentity bytes. */
  readonly identity: Uint8Array;
  readonly message: SignedMessage;
  readonly signature: Uint8Array;
}

/** Verifies one signature, possibly asynchronously, e.g. on a thread pool. */
export type Verify = (
  key: KeyObject,
  message: SignedMessage,
  signature: Uint8Array,
) => boolean | Promise<boolean>;

/** The MSPs that identities are looked up in; a ChannelConfig is one. */
interface MspSource {
  readonly msps: ReadonlyMap<string, Msp>;
}

/** A signer whose identity is valid on a channel. */
export interface ChannelSigner {
  readonly identity: ValidatedIdentity;
  readonly bytes: Uint8Array;
}

/** Looks up and validates an identity on a channel. Never throws; expiry is ignored (see Msp.validate). */
export function identify(source: MspSource, bytes: Uint8Array): IdentityVerdict {
  try {
    const { mspId } = decodeIdentity(bytes);
    const msp = source.msps.get(mspId);
    if (msp !== undefined) return msp.check(bytes);
    return { valid: false, reason: 'WRONG_MSP', detail: `MSP ${mspId} is not on the channel` };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { valid: false, reason: 'MALFORMED', detail: error.message };
  }
}

/**
 * Signers with a valid identity and a verified signature, one per certificate (common/policies/policy.go
 * SignatureSetToValidIdentities).
 */
export function verifiedSigners(
  source: MspSource,
  items: readonly SignedItem[],
): readonly ChannelSigner[] {
  const signers = items.flatMap(({ identity, message, signature }) => {
    const verdict = identify(source, identity);
    if (!verdict.valid) return [];
    return verifySignature(verdict.identity.publicKey, message, signature)
      ? [{ identity: verdict.identity, bytes: identity }]
      : [];
  });
  return distinctSigners(signers);
}

/** {@link verifiedSigners} with the signatures verified concurrently. */
export async function verifiedSignersAsync(
  source: MspSource,
  items: readonly SignedItem[],
  verify: Verify,
): Promise<readonly ChannelSigner[]> {
  const found = items.map(({ identity, message, signature }) => {
    const verdict = identify(source, identity);
    if (!verdict.valid) return undefined;
    const valid = verify(verdict.identity.publicKey, message, signature);
    return { signer: { identity: verdict.identity, bytes: identity }, valid };
  });
  const verified: ChannelSigner[] = [];
  for (const item of found) {
    if (item === undefined) continue;
    const valid = typeof item.valid === 'boolean' ? item.valid : await item.valid;
    if (valid) verified.push(item.signer);
  }
  return distinctSigners(verified);
}
