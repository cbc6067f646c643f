import { createPublicKey, type KeyObject } from 'node:crypto';
import { DER, DerReader } from '../crypto/der.js';
import { sha256 } from '../crypto/hash.js';
import { LedgerError } from '../errors.js';
import { nameText, readName, type NameAttribute } from './names.js';
import { OID, oidText } from './oid.js';
import { encodePem, toDer } from './pem.js';
import { authorityKeyId, parseX509, type X509 } from './x509.js';

const CERT_SIGN_BIT = 0x04;
const notCertificate = {
  zh: '不是 X.509 证书，或者其公钥无法读取。核对文件内容。',
  en: 'not an X.509 certificate',
};

/** A decoded X.509 certificate; nothing in it is verified. */
export interface Certificate {
  /** RFC 4514 text, e.g. `CN=hrss.clerk1,OU=client`. */
  readonly subject: string;
  readonly issuer: string;
  /** First common name of the subject; '' when it has none. */
  readonly commonName: string;
  /** Serial number in lower-case hex without leading zeros. */
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: KeyObject;
  /** Organizational units of the subject in order, node OUs included. */
  readonly organizationalUnits: readonly string[];
  readonly isCA: boolean;
  /** Subject key identifier. */
  readonly ski: Uint8Array | undefined;
  /** Key identifier of the issuer (authority key identifier). */
  readonly aki: Uint8Array | undefined;
  /** Fabric CA's attributes; empty when there are none or they cannot be decoded. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly der: Uint8Array;
  readonly pem: string;
  readonly usage: CertificateUsage;
  /** The parts as encoded in the DER. */
  readonly x509: X509;
}

/** What the certificate may be used for, as chain building asks. */
interface CertificateUsage {
  readonly hasBasicConstraints: boolean;
  /** Number of intermediates that may follow below; undefined: no limit. */
  readonly maxPathLength: number | undefined;
  /** Whether the key usage allows signing certificates; true when the extension is absent. */
  readonly certSign: boolean;
  /** Extended key usages; empty: no limit. */
  readonly extendedKeyUsages: readonly string[];
}

/**
 * Decodes PEM text, PEM bytes or DER.
 * @throws LedgerError MALFORMED_IDENTITY when it is no certificate or OpenSSL cannot read its public key.
 */
export function parseCertificate(pemOrDer: string | Uint8Array): Certificate {
  try {
    return read(toDer(pemOrDer));
  } catch (cause) {
    if (cause instanceof LedgerError && cause.code === 'MALFORMED_IDENTITY') throw cause;
    throw new LedgerError('MALFORMED_IDENTITY', notCertificate, { cause });
  }
}

/**
 * Whether the PEM is in the canonical form. Anybody can make any number of other spellings of one certificate (text
 * around it, other line ends), so only the canonical form is used as a cache key.
 */
export function isCanonicalPem(pem: string, certificate: Certificate): boolean {
  return pem === certificate.pem || `${pem}\n` === certificate.pem;
}

/**
 * Binds an envelope to its connection: SHA-256 of the client's TLS certificate (DER), as compared by
 * common/deliver/binding.go. @throws LedgerError MALFORMED_IDENTITY when the text holds no PEM block
 */
export function tlsCertHash(certificatePem: string): Uint8Array {
  return sha256(toDer(certificatePem));
}

function read(der: Uint8Array): Certificate {
  const x509 = parseX509(der);
  const subject = readName(x509.subject);
  const constraints = basicConstraints(valueOf(x509, OID.basicConstraints));
  const aki = valueOf(x509, OID.authorityKeyId);
  return {
    subject: nameText(subject),
    issuer: nameText(readName(x509.issuer)),
    commonName: valuesOf(subject, OID.commonName)[0] ?? '',
    serial: Buffer.from(x509.serial)
      .toString('hex')
      .replace(/^0+(?=.)/, ''),
    notBefore: x509.notBefore,
    notAfter: x509.notAfter,
    publicKey: publicKeyOf(x509),
    organizationalUnits: valuesOf(subject, OID.organizationalUnit),
    isCA: constraints?.isCA ?? false,
    ski: octets(valueOf(x509, OID.subjectKeyId)),
    aki: aki && authorityKeyId(aki),
    attributes: attributesOf(valueOf(x509, OID.fabricAttributes)),
    der,
    pem: encodePem('CERTIFICATE', der),
    usage: {
      hasBasicConstraints: constraints !== undefined,
      maxPathLength: constraints?.maxPathLength,
      certSign: allowsCertSign(valueOf(x509, OID.keyUsage)),
      extendedKeyUsages: extendedKeyUsages(valueOf(x509, OID.extendedKeyUsage)),
    },
    x509,
  };
}

function valueOf(x509: X509, id: string): Uint8Array | undefined {
  return x509.extensions.get(id)?.value;
}

function valuesOf(name: readonly NameAttribute[], id: string): string[] {
  return name.filter((attribute) => attribute.id === id).map(({ value }) => value);
}

function publicKeyOf(x509: X509): KeyObject {
  return createPublicKey({ key: Buffer.from(x509.publicKeyInfo), format: 'der', type: 'spki' });
}

function octets(value: Uint8Array | undefined): Uint8Array | undefined {
  return value && new DerReader(value).read(DER.octetString).content;
}

interface BasicConstraints {
  readonly isCA: boolean;
  readonly maxPathLength: number | undefined;
}

function basicConstraints(value: Uint8Array | undefined): BasicConstraints | undefined {
  if (value === undefined) return undefined;
  const reader = new DerReader(new DerReader(value).read(DER.sequence).content);
  const isCA = reader.optional(DER.boolean)?.content[0] === 0xff;
  const length = reader.optional(DER.integer)?.content;
  const maxPathLength = length?.reduce((sum, byte) => sum * 256 + byte, 0);
  return { isCA, maxPathLength };
}

function allowsCertSign(value: Uint8Array | undefined): boolean {
  if (value === undefined) return true;
  const [, bits = 0] = new DerReader(value).read(DER.bitString).content;
  return bits === 0 || (bits & CERT_SIGN_BIT) !== 0;
}

function extendedKeyUsages(value: Uint8Array | undefined): string[] {
  if (value === undefined) return [];
  const reader = new DerReader(new DerReader(value).read(DER.sequence).content);
  const usages: string[] = [];
  while (!reader.done) usages.push(oidText(reader.read(DER.objectId).content));
  return usages;
}

/** `{"attrs":{name: text}}`. An MSP ignores the attributes, so malformed ones do not invalidate the certificate. */
function attributesOf(value: Uint8Array | undefined): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  if (value === undefined) return attributes;
  const attrs = field(parseJson(Buffer.from(value).toString('utf8')), 'attrs');
  if (typeof attrs !== 'object' || attrs === null) return attributes;
  for (const [name, text] of Object.entries(attrs)) {
    if (typeof text === 'string') attributes.set(name, text);
  }
  return attributes;
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
