import { decodeSignature } from '../crypto/signature.js';
import { LedgerError } from '../errors.js';
import type { Certificate } from './certificate.js';
import { signedBy } from './chain.js';
import { OID, signatureAlgorithms } from './oid.js';
import { decodePem } from './pem.js';
import { authorityKeyId, parseX509Crl, same, type X509Crl } from './x509.js';

/** A revocation list as an MSP uses it. */
export interface Crl {
  /** Key identifier of the CA that it speaks for; undefined makes every check fail, as in Fabric. */
  readonly authorityKeyId: Uint8Array | undefined;
  /** Whether the list has this certificate. Revocation counts from the list's being configured, not from its date. */
  revokes(certificate: Certificate): boolean;
  /** Whether this CA signed the list. */
  isFrom(issuer: Certificate): boolean;
}

/** Reads DER, or PEM labelled `X509 CRL`. @throws LedgerError MALFORMED_CONFIG when it is no CRL. */
export function parseCrl(pemOrDer: Uint8Array): Crl {
  try {
    const x509 = parseX509Crl(crlDer(pemOrDer));
    checkSignature(x509);
    const aki = x509.extensions.get(OID.authorityKeyId)?.value;
    return makeCrl(x509, aki && authorityKeyId(aki));
  } catch (cause) {
    throw new LedgerError('MALFORMED_CONFIG', 'not a certificate revocation list', { cause });
  }
}

/** PEM only when it begins with this very label, as for Go's ParseCRL; all else is taken as DER. */
function crlDer(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  return text.startsWith('-----BEGIN X509 CRL') ? (decodePem(text) ?? bytes) : bytes;
}

function makeCrl(x509: X509Crl, aki: Uint8Array | undefined): Crl {
  const serials = new Set(x509.revoked.map(serialKey));
  const issuers = new Map<Certificate, boolean>();
  return {
    authorityKeyId: aki,
    revokes: (certificate) => serials.has(serialKey(certificate.x509.serial)),
    isFrom: (issuer) => {
      const known = issuers.get(issuer) ?? signedBy(x509, issuer.publicKey);
      issuers.set(issuer, known);
      return known;
    },
  };
}

/** Fabric reads an ECDSA signature when it takes the list, and refuses the MSP when it cannot (mspimplsetup.go). */
function checkSignature(x509: X509Crl): void {
  if (signatureAlgorithms.get(x509.algorithmId)?.keyType === 'ec') decodeSignature(x509.signature);
}

function serialKey(serial: Uint8Array): string {
  return Buffer.from(serial).toString('hex');
}

/** What the lists say of a certificate under its issuer (msp/mspimplvalidate.go validateCertAgainstChain). */
export function revocationOf(
  certificate: Certificate,
  issuer: Certificate,
  crls: readonly Crl[],
): 'good' | 'revoked' | 'unusable' {
  for (const crl of crls) {
    if (crl.authorityKeyId === undefined || issuer.ski === undefined) return 'unusable';
    if (!same(crl.authorityKeyId, issuer.ski)) continue;
    if (crl.revokes(certificate) && crl.isFrom(issuer)) return 'revoked';
  }
  return 'good';
}
