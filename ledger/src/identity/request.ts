import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { DER, DerReader } from '../crypto/der.js';
import { LedgerError } from '../errors.js';
import { readName } from './names.js';
import { OID } from './oid.js';
import { toDer } from './pem.js';

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
    throw new LedgerError('MALFORMED_IDENTITY', 'not a certificate request for a P-256 key', {
      cause,
    });
  }
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
    throw new LedgerError('MALFORMED_IDENTITY', 'the request is not signed by its own P-256 key');
  }
  const commonName = subject.find(({ id }) => id === OID.commonName)?.value ?? '';
  return { commonName, publicKey, number: requestNumber(publicKeyInfo) };
}
