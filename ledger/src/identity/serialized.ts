import { utf8, WireWriter } from '../wire/writer.js';
import { malformed, WireReader } from '../wire/reader.js';

const NAME = 'msp.SerializedIdentity';

/** A signer: MSP id and certificate, both unchecked. */
export interface SerializedIdentity {
  readonly mspId: string;
  /** The certificate as sent: PEM text in bytes. */
  readonly certificate: Uint8Array;
}

/**
 * Maximum serialized identity that our services and logins accept; an X.509 certificate in PEM has one to three
 * thousand bytes. This is not a ledger rule: peers validate identities in blocks whatever their length.
 */
export const maxIdentityBytes = 16 * 1024;

/** `msp.SerializedIdentity` bytes, the form in which creators and endorsers appear everywhere. */
export function encodeIdentity(mspId: string, certificatePem: string | Uint8Array): Uint8Array {
  const certificate = typeof certificatePem === 'string' ? utf8(certificatePem) : certificatePem;
  return new WireWriter().string(1, mspId).bytes(2, certificate).finish();
}

/** @throws LedgerError MALFORMED_BYTES when it is no SerializedIdentity or lacks the MSP id or the certificate. */
export function decodeIdentity(bytes: Uint8Array): SerializedIdentity {
  const reader = new WireReader(bytes, NAME);
  let mspId = '';
  let certificate: Uint8Array | undefined;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        mspId = reader.string();
        break;
      case 0x12:
        certificate = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  if (mspId === '') throw malformed(NAME, 'no MSP id');
  if (certificate === undefined || certificate.length === 0)
    throw malformed(NAME, 'no certificate');
  return { mspId, certificate };
}

/**
 * The MSP id only, without the certificate; for transactions that are already validated.
 * @throws LedgerError MALFORMED_BYTES when it is no SerializedIdentity or lacks the MSP id.
 */
export function identityMspId(bytes: Uint8Array): string {
  const reader = new WireReader(bytes, NAME);
  let mspId = '';
  while (reader.next()) {
    if (reader.tag === 0x0a) mspId = reader.string();
    else reader.skip();
  }
  if (mspId === '') throw malformed(NAME, 'no MSP id');
  return mspId;
}
