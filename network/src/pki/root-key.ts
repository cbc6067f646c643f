import {
  createCipheriv,
  createPrivateKey,
  randomBytes,
  scryptSync,
  type KeyObject,
} from 'node:crypto';
import { derInteger, encodePem, type Sentence } from '@yici/ledger';
import { NetworkError } from '../errors.js';
import * as der from './der.js';

/** scrypt (RFC 7914): 16 MiB and some 50 ms; OpenSSL by default does not decrypt with more than 32 MiB. */
const cost = { N: 2 ** 14, r: 8, p: 1 } as const;

const sealedLabel = 'ENCRYPTED PRIVATE KEY';

/** Whether a PEM key is encrypted. */
export const isSealed = (pem: string): boolean => pem.includes(sealedLabel);

/**
 * A root's private key, encrypted with a passphrase: PKCS#8 with PBES2, scrypt and AES-256-CBC (RFC 8018, RFC 7914 section 7),
 * readable by OpenSSL. node:crypto itself would derive the key with 2048 rounds of PBKDF2, too few against guessing.
 */
export function sealRootKey(pem: string, passphrase: string): string {
  const key = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  const [salt, iv] = [randomBytes(16), randomBytes(16)];
  const cipher = createCipheriv('aes-256-cbc', scryptSync(passphrase, salt, 32, cost), iv);
  const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
  const derivation = der.sequence(
    der.objectIdentifier('1.3.6.1.4.1.11591.4.11'),
    der.sequence(der.octetString(salt), ...[cost.N, cost.r, cost.p].map(number)),
  );
  const encryption = der.sequence(
    der.objectIdentifier('2.16.840.1.101.3.4.1.42'),
    der.octetString(iv),
  );
  const scheme = der.sequence(
    der.objectIdentifier('1.2.840.113549.1.5.13'),
    der.sequence(derivation, encryption),
  );
  return encodePem(sealedLabel, der.sequence(scheme, der.octetString(sealed)));
}

/** @throws NetworkError ROOT_KEY_LOCKED when the passphrase is missing or wrong */
export function openRootKey(pem: string, file: string, passphrase: string | undefined): KeyObject {
  if (!isSealed(pem)) return createPrivateKey(pem);
  if (passphrase === undefined) throw locked(file, notGiven);
  try {
    return createPrivateKey({ key: pem, passphrase });
  } catch (cause) {
    throw locked(file, wrong, cause);
  }
}

const notGiven = {
  zh: '签发证书须提供：--passphrase-file 或者 YICI_ROOT_PASSPHRASE',
  en: 'a certificate is to be issued with it',
};
const wrong = { zh: '所给口令有误', en: 'this is not its passphrase' };

function locked(file: string, { zh, en }: Sentence, cause?: unknown): NetworkError {
  const words = {
    zh: `根密钥 ${file} 受口令保护，${zh}。`,
    en: `The root's key ${file} is under a passphrase, and ${en}.`,
  };
  return new NetworkError('ROOT_KEY_LOCKED', words, { details: { file }, cause });
}

function number(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return derInteger(bytes);
}
