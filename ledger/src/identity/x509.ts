import { DER, DerReader, malformedDer, type DerElement } from '../crypto/der.js';
import { OID, oidText } from './oid.js';

const VERSION = 0xa0;
const ISSUER_UNIQUE_ID = 0x81;
const SUBJECT_UNIQUE_ID = 0x82;
const CERTIFICATE_EXTENSIONS = 0xa3;
const CRL_EXTENSIONS = 0xa0;

interface Extension {
  readonly critical: boolean;
  /** DER inside the OCTET STRING. */
  readonly value: Uint8Array;
}

type Extensions = ReadonlyMap<string, Extension>;

/** The signed structure that certificates and CRLs share. */
export interface SignedDer {
  /** The signed bytes. */
  readonly tbs: Uint8Array;
  /** AlgorithmIdentifier, still encoded. */
  readonly algorithm: Uint8Array;
  readonly algorithmId: string;
  readonly signature: Uint8Array;
}

/** RFC 5280 Certificate, decoded but not verified. Names and keys stay encoded: chain building compares their bytes. */
export interface X509 extends SignedDer {
  readonly version: number;
  readonly serial: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKeyInfo: Uint8Array;
  readonly extensions: Extensions;
}

/** RFC 5280 CertificateList. */
export interface X509Crl extends SignedDer {
  readonly issuer: Uint8Array;
  readonly revoked: readonly X509Revoked[];
  readonly extensions: Extensions;
}

/** An entry of a list. Date and reason stay encoded: no verdict depends on them, so none must depend on how they are written. */
export interface X509Revoked {
  readonly serial: Uint8Array;
  /** What follows the serial number: a Time, then extensions. */
  readonly rest: Uint8Array;
}

/** @throws LedgerError MALFORMED_BYTES; as strict as Go's x509.ParseCertificate: no trailing bytes. */
export function parseX509(der: Uint8Array): X509 {
  const signed = parseSigned(der);
  const reader = new DerReader(new DerReader(signed.tbs).read(DER.sequence).content);
  const version = readVersion(reader.optional(VERSION));
  const serial = serialOf(reader.read(DER.integer));
  const inner = reader.read(DER.sequence).raw;
  if (!equal(inner, signed.algorithm)) throw malformedDer('inner and outer algorithm differ');
  const issuer = reader.read(DER.sequence).raw;
  const validity = new DerReader(reader.read(DER.sequence).content);
  const subject = reader.read(DER.sequence).raw;
  const publicKeyInfo = reader.read(DER.sequence).raw;
  reader.optional(ISSUER_UNIQUE_ID);
  reader.optional(SUBJECT_UNIQUE_ID);
  return {
    ...signed,
    version,
    serial,
    issuer,
    subject,
    notBefore: readTime(validity.read()),
    notAfter: readTime(validity.read()),
    publicKeyInfo,
    extensions: readExtensions(reader.optional(CERTIFICATE_EXTENSIONS)),
  };
}

/** @throws LedgerError MALFORMED_BYTES */
export function parseX509Crl(der: Uint8Array): X509Crl {
  const signed = parseSigned(der);
  const reader = new DerReader(new DerReader(signed.tbs).read(DER.sequence).content);
  reader.optional(DER.integer);
  reader.read(DER.sequence);
  const issuer = reader.read(DER.sequence).raw;
  readTime(reader.read());
  if (reader.nextTag === DER.utcTime || reader.nextTag === DER.generalizedTime) reader.read();
  const revoked = reader.optional(DER.sequence);
  return {
    ...signed,
    issuer,
    revoked: revoked === undefined ? [] : readRevoked(revoked.content),
    extensions: readExtensions(reader.optional(CRL_EXTENSIONS)),
  };
}

/** KeyIdentifier of an authority key identifier extension, if it has one. @throws LedgerError MALFORMED_BYTES */
export function authorityKeyId(value: Uint8Array): Uint8Array | undefined {
  const reader = new DerReader(new DerReader(value).read(DER.sequence).content);
  return reader.optional(0x80)?.content;
}

function parseSigned(der: Uint8Array): SignedDer {
  const outer = new DerReader(der);
  const body = new DerReader(outer.read(DER.sequence).content);
  if (!outer.done) throw malformedDer('bytes follow');
  const tbs = body.read(DER.sequence).raw;
  const algorithm = body.read(DER.sequence);
  const signature = bitString(body.read(DER.bitString));
  const algorithmId = oidText(new DerReader(algorithm.content).read(DER.objectId).content);
  return { tbs, algorithm: algorithm.raw, algorithmId, signature };
}

/** Bytes of a BIT STRING of whole bytes. */
function bitString(element: DerElement): Uint8Array {
  if (element.content[0] !== 0) throw malformedDer('bit string is not of whole bytes');
  return element.content.subarray(1);
}

function readVersion(element: DerElement | undefined): number {
  if (element === undefined) return 1;
  const [version = 0] = new DerReader(element.content).read(DER.integer).content;
  if (version > 2) throw malformedDer('unknown certificate version');
  return version + 1;
}

/** Serial numbers are positive; the leading zero byte is dropped so that equal numbers have equal bytes. */
function serialOf(element: DerElement): Uint8Array {
  const [first] = element.content;
  if (first === undefined || first >= 0x80)
    throw malformedDer('serial number is negative or empty');
  return first === 0 && element.content.length > 1 ? element.content.subarray(1) : element.content;
}

const TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/;

/** UTCTime or GeneralizedTime in the only form that DER and RFC 5280 allow. */
function readTime(element: DerElement): Date {
  const text = fullYear(element.tag, Buffer.from(element.content).toString('latin1'));
  const iso = text.replace(TIME, '$1-$2-$3T$4:$5:$6.000Z');
  const date = new Date(iso);
  // An impossible day or hour gives NaN or rolls over: then the result does not format back to the input.
  if (Number.isNaN(date.getTime()) || date.toISOString() !== iso) throw malformedDer('bad time');
  return date;
}

function fullYear(tag: number, text: string): string {
  if (tag === DER.generalizedTime) return text;
  if (tag !== DER.utcTime || !/^\d{12}Z$/.test(text)) throw malformedDer('bad time');
  return `${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}`;
}

function readExtensions(element: DerElement | undefined): Extensions {
  if (element === undefined) return new Map();
  return extensionsIn(new DerReader(element.content).read(DER.sequence).content);
}

function extensionsIn(content: Uint8Array): Extensions {
  const extensions = new Map<string, Extension>();
  const list = new DerReader(content);
  while (!list.done) {
    const entry = new DerReader(list.read(DER.sequence).content);
    const id = oidText(entry.read(DER.objectId).content);
    const critical = entry.optional(DER.boolean)?.content[0] === 0xff;
    if (extensions.has(id)) throw malformedDer(`extension ${id} occurs twice`);
    extensions.set(id, { critical, value: entry.read(DER.octetString).content });
  }
  return extensions;
}

function readRevoked(content: Uint8Array): X509Revoked[] {
  const list = new DerReader(content);
  const entries: X509Revoked[] = [];
  while (!list.done) {
    const entry = list.read(DER.sequence).content;
    const serial = new DerReader(entry).read(DER.integer);
    entries.push({ serial: serialOf(serial), rest: entry.subarray(serial.raw.length) });
  }
  return entries;
}

/** When and why a certificate was revoked (RFC 5280 5.3.1); 0 where no reason is given. @throws LedgerError MALFORMED_BYTES */
export function revocationDetails({ rest }: X509Revoked): { at: Date; reason: number } {
  const reader = new DerReader(rest);
  const at = readTime(reader.read());
  const list = reader.optional(DER.sequence);
  const reason = list && extensionsIn(list.content).get(OID.crlReason)?.value;
  return { at, reason: reason === undefined ? 0 : (new DerReader(reason).read().content[0] ?? 0) };
}

/** Whether two byte strings are equal. */
export function equal(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
