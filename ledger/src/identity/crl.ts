import { decodeSignature } from '../crypto/signature.js';
import { LedgerError } from '../errors.js';
import type { Certificate } from './certificate.js';
import { signedBy } from './chain.js';
import { OID, signatureAlgorithms } from './oid.js';
import { decodePem } from './pem.js';
import { DER, DerReader } from '../crypto/der.js';
import { authorityKeyId, parseX509Crl, equal, revocationDetails, type X509Crl } from './x509.js';

/** A certificate revocation list as an MSP uses it. */
export interface Crl {
  /** Key identifier of the issuing CA; undefined makes every check fail, as in Fabric. */
  readonly authorityKeyId: Uint8Array | undefined;
  /**
   * Whether the list contains this certificate. A revocation applies from the configuration of the list on, whatever its date.
   */
  revokes(certificate: Certificate): boolean;
  /** Whether this CA signed the list. */
  isFrom(issuer: Certificate): boolean;
}

/** Decodes DER, or PEM labelled `X509 CRL`. @throws LedgerError MALFORMED_CONFIG when it is no CRL. */
export function parseCrl(pemOrDer: Uint8Array): Crl {
  try {
    const x509 = parseX509Crl(crlDer(pemOrDer));
    checkSignature(x509);
    const aki = x509.extensions.get(OID.authorityKeyId)?.value;
    return makeCrl(x509, aki && authorityKeyId(aki));
  } catch (cause) {
    throw notCrl(cause);
  }
}

/** A revoked certificate. */
export interface Revocation {
  /** Lower-case hex without leading zeros, as {@link Certificate} has it. */
  readonly serial: string;
  readonly at: Date;
  /** CRLReason (RFC 5280 5.3.1): 1 is a compromised key, 0 where none is given. */
  readonly reason: number;
}

/** What a list says, for people; not verified. @throws LedgerError MALFORMED_CONFIG when it is no CRL. */
export function readCrl(pemOrDer: Uint8Array): { number: bigint; revoked: Revocation[] } {
  try {
    const { revoked, extensions } = parseX509Crl(crlDer(pemOrDer));
    const number = extensions.get(OID.crlNumber)?.value;
    return {
      number: number === undefined ? 0n : BigInt(`0x${serialKey(integer(number))}`),
      revoked: revoked.map((entry) => ({
        serial: serialKey(entry.serial).replace(/^0+(?=.)/, ''),
        ...revocationDetails(entry),
      })),
    };
  } catch (cause) {
    throw notCrl(cause);
  }
}

const integer = (der: Uint8Array): Uint8Array => new DerReader(der).read(DER.integer).content;

const notCrlWords = {
  zh: '不是证书吊销列表。核对文件内容。',
  en: 'not a certificate revocation list',
};

const notCrl = (cause: unknown): LedgerError =>
  new LedgerError('MALFORMED_CONFIG', notCrlWords, { cause });

/** As in Go's ParseCRL, only input that starts with this label is PEM; everything else is taken as DER. */
function crlDer(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  return text.startsWith('-----BEGIN X509 CRL') ? (decodePem(text) ?? bytes) : bytes;
}

function makeCrl(x509: X509Crl, aki: Uint8Array | undefined): Crl {
  const serials = new Set(x509.revoked.map(({ serial }) => serialKey(serial)));
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

/** Fabric decodes an ECDSA signature when it loads the list, and refuses the MSP when that fails (mspimplsetup.go). */
function checkSignature(x509: X509Crl): void {
  if (signatureAlgorithms.get(x509.algorithmId)?.keyType === 'ec') decodeSignature(x509.signature);
}

function serialKey(serial: Uint8Array): string {
  return Buffer.from(serial).toString('hex');
}

/** The revocation status of a certificate under its issuer (msp/mspimplvalidate.go validateCertAgainstChain). */
export function revocationOf(
  certificate: Certificate,
  issuer: Certificate,
  crls: readonly Crl[],
): 'good' | 'revoked' | 'unusable' {
  for (const crl of crls) {
    if (crl.authorityKeyId === undefined || issuer.ski === undefined) return 'unusable';
    if (!equal(crl.authorityKeyId, issuer.ski)) continue;
    if (crl.revokes(certificate) && crl.isFrom(issuer)) return 'revoked';
  }
  return 'good';
}
