import { bytes, message, string, type MessageOf } from '../wire/message.js';
import { malformed } from '../wire/reader.js';
import { NONE, utf8 } from '../wire/writer.js';

const NAME = 'msp.SerializedIdentity';

/** A signer: MSP id and certificate, both unchecked. */
const serializedIdentity = message(
  NAME,
  {
    mspId: string(1),
    /** The certificate as sent: PEM text in bytes. */
    certificate: bytes(2),
  },
  () => ({ mspId: '', certificate: NONE }),
);
export type SerializedIdentity = MessageOf<typeof serializedIdentity>;
const mspIdOnly = message(NAME, { mspId: string(1) }, () => ({ mspId: '' }));

/**
 * Maximum serialized identity that our services and logins accept; an X.509 certificate in PEM has one to three
 * thousand bytes. This is not a ledger rule: peers validate identities in blocks whatever their length.
 */
export const maxIdentityBytes = 16 * 1024;

/** `msp.SerializedIdentity` bytes, the form in which creators and endorsers appear everywhere. */
export function encodeIdentity(mspId: string, certificatePem: string | Uint8Array): Uint8Array {
  const certificate = typeof certificatePem === 'string' ? utf8(certificatePem) : certificatePem;
  return serializedIdentity.encode({ mspId, certificate });
}

/** @throws LedgerError MALFORMED_BYTES when it is no SerializedIdentity or lacks the MSP id or the certificate. */
export function decodeIdentity(bytes: Uint8Array): SerializedIdentity {
  const identity = serializedIdentity.decode(bytes);
  if (identity.mspId === '') throw malformed(NAME, 'no MSP id');
  if (identity.certificate.length === 0) throw malformed(NAME, 'no certificate');
  return identity;
}

/**
 * The MSP id only, without the certificate; for transactions that are already validated.
 * @throws LedgerError MALFORMED_BYTES when it is no SerializedIdentity or lacks the MSP id.
 */
export function identityMspId(bytes: Uint8Array): string {
  const { mspId } = mspIdOnly.decode(bytes);
  if (mspId === '') throw malformed(NAME, 'no MSP id');
  return mspId;
}
