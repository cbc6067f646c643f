import { createPublicKey } from 'node:crypto';
import { createSigner, derInteger, encodePem, parseCertificate } from '@yici/ledger';
import type { Revocation } from '@yici/ledger';
import type { Authority } from './certificates.js';
import { ecdsaWithSha256 } from './certificates.js';
import * as der from './der.js';
import { authorityKeyIdentifier, extension } from './extensions.js';

/** CRLReason of RFC 5280 5.3.1, those that a department gives. */
export const crlReasons = {
  unspecified: 0,
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  privilegeWithdrawn: 9,
} as const;
export type CrlReason = keyof typeof crlReasons;

interface CrlInput {
  /** Larger than that of every list before (RFC 5280 5.2.3). */
  readonly number: bigint;
  readonly now: Date;
  readonly revoked: readonly Revocation[];
}

/**
 * A certificate revocation list (RFC 5280 5.1) of an authority, as PEM. It is in force from the channel's configuration that has
 * it until one with another list, so its next update is the end of the authority.
 */
export function issueCrl(authority: Authority, { number, now, revoked }: CrlInput): string {
  const issuer = parseCertificate(authority.certificatePem);
  const key = authority.key();
  const body = der.sequence(
    derInteger(Buffer.of(1)),
    ecdsaWithSha256,
    // Byte for byte as in the authority's certificate.
    issuer.x509.subject,
    der.time(now),
    der.time(issuer.notAfter),
    // Absent when empty (RFC 5280 5.1.2.6).
    ...(revoked.length === 0 ? [] : [der.sequence(...revoked.map(entry))]),
    der.explicit(
      0,
      der.sequence(
        // Fabric passes over a list that does not name its authority by this identifier.
        authorityKeyIdentifier(createPublicKey(key)),
        extension('2.5.29.20', false, derInteger(bytesOf(number))),
      ),
    ),
  );
  const signature = createSigner(key)(body);
  return encodePem('X509 CRL', der.sequence(body, ecdsaWithSha256, der.bitString(signature)));
}

function entry({ serial, at, reason }: Revocation): Uint8Array {
  const why = extension('2.5.29.21', false, der.enumerated(reason));
  return der.sequence(
    derInteger(Buffer.from(serial.padStart(serial.length + (serial.length % 2), '0'), 'hex')),
    der.time(at),
    // The reason 0 is to be left out (RFC 5280 5.3.1).
    ...(reason === 0 ? [] : [der.sequence(why)]),
  );
}

function bytesOf(number: bigint): Buffer {
  const hex = number.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
}
