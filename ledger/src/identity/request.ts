import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { DER, DerReader, derElement, derInteger } from '../crypto/der.js';
import { LedgerError } from '../errors.js';
import { readName } from './names.js';
import { OID } from './oid.js';
import { encodePem, toDer } from './pem.js';

/** A request for a certificate (PKCS#10, RFC 2986), by somebody who has shown to hold the key. */
export interface CertificateRequest {
  readonly commonName: string;
  /** P-256. */
  readonly publicKey: KeyObject;
  /**
   * `enr-` and the first twenty hexadecimal digits of the SHA-256 of the public key (SubjectPublicKeyInfo): whoever says the number has
   * said which key is meant.
   */
  readonly number: string;
}

const keyDigits = 20;

/**
 * Reads a request and checks that its sender signed it with the key that it is for.
 * @throws LedgerError MALFORMED_IDENTITY unless it is a PKCS#10 request for a P-256 key, signed by it with SHA-256
 */
export function parseCertificateRequest(pemOrDer: string | Uint8Array): CertificateRequest {
  try {
    return read(toDer(pemOrDer));
  } catch (cause) {
    const words = {
      zh: '不是以 P-256 密钥提出的证书申请（PKCS#10），或者未以该密钥签名。重新制作申请。',
      en: 'not a certificate request for a P-256 key',
    };
    throw new LedgerError('MALFORMED_IDENTITY', words, { cause });
  }
}

/** AlgorithmIdentifier of ecdsa-with-SHA256 (RFC 5758). */
const ecdsaWithSha256 = Buffer.from('300a06082a8648ce3d040302', 'hex');

/** Whom a request is for, and what it asks for besides: a Name and Attributes, in DER. */
interface Asked {
  readonly subject: Uint8Array;
  readonly attributes?: readonly Uint8Array[];
}

/** A request (PKCS#10) as PEM, signed with the key that it is for. */
export function certificateRequest(
  { subject, attributes = [] }: Asked,
  key: { readonly publicKey: KeyObject; readonly sign: (message: Uint8Array) => Uint8Array },
): string {
  const body = derElement(
    DER.sequence,
    derInteger(Buffer.of(0)),
    subject,
    key.publicKey.export({ type: 'spki', format: 'der' }),
    derElement(0xa0, ...attributes),
  );
  const signature = derElement(DER.bitString, Buffer.of(0), key.sign(body));
  const whole = derElement(DER.sequence, body, ecdsaWithSha256, signature);
  return encodePem('CERTIFICATE REQUEST', whole);
}

/** A Name that has a common name and nothing else. */
export function commonNameOnly(commonName: string): Uint8Array {
  const value = derElement(0x0c, Buffer.from(commonName, 'utf8'));
  const type = derElement(DER.objectId, Buffer.of(0x55, 0x04, 0x03));
  const attribute = derElement(DER.sequence, type, value);
  return derElement(DER.sequence, derElement(DER.set, attribute));
}

/** The number of the request for a key, from its SubjectPublicKeyInfo in DER. */
export function requestNumber(publicKeyInfo: Uint8Array): string {
  const digest = createHash('sha256').update(publicKeyInfo).digest('hex');
  return `enr-${digest.slice(0, keyDigits)}`;
}

/**
 * Sixteen hexadecimal digits in fours, by which a registrar and whoever asked compare an answer by voice: of the SHA-256 of the
 * certificate (PEM) and the connection file that come with it.
 */
export function answerCheck(certificate: string, connection: string): string {
  const digest = createHash('sha256').update(certificate).update('\n').update(connection);
  return (digest.digest('hex').slice(0, 16).match(/.{4}/g) ?? []).join(' ');
}

function read(der: Uint8Array): CertificateRequest {
  const whole = new DerReader(new DerReader(der).read(DER.sequence).content);
  const info = whole.read(DER.sequence);
  whole.read(DER.sequence);
  const signature = whole.read(DER.bitString).content.subarray(1);
  const parts = new DerReader(info.content);
  parts.read(DER.integer);
  const subject = readName(parts.read(DER.sequence).raw);
  const publicKeyInfo = parts.read(DER.sequence).raw;
  const publicKey = createPublicKey({
    key: Buffer.from(publicKeyInfo),
    format: 'der',
    type: 'spki',
  });
  const isP256 = publicKey.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  if (!isP256 || !verify('sha256', info.raw, publicKey, signature)) {
    throw new LedgerError('MALFORMED_IDENTITY', {
      zh: '证书申请未以其自身的 P-256 密钥签名。',
      en: 'the request is not signed by its own P-256 key',
    });
  }
  const commonName = subject.find(({ id }) => id === OID.commonName)?.value ?? '';
  return { commonName, publicKey, number: requestNumber(publicKeyInfo) };
}
