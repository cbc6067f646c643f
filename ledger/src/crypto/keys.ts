import { createPrivateKey, sign, verify, KeyObject } from 'node:crypto';
import { LedgerError } from '../errors.js';
import { concat } from '../wire/writer.js';
import {
  curveNamed,
  decodeSignature,
  encodeSignature,
  hasLowS,
  toLowS,
  type CurveName,
} from './signature.js';

/** Signs SHA-256(message) into low-S DER (for Ed25519 keys: the message itself). */
export type Signer = (message: Uint8Array) => Promise<Uint8Array> | Uint8Array;

/** How Fabric signs with a key: ECDSA over SHA-256 whatever the curve, or Ed25519 (Fabric 3). */
type KeyAlgorithm =
  { readonly kind: 'ecdsa'; readonly curve: CurveName } | { readonly kind: 'ed25519' };

/** The algorithm of a key that Fabric's software provider supports; undefined for RSA and other curves. */
export function keyAlgorithm(key: KeyObject): KeyAlgorithm | undefined {
  if (key.asymmetricKeyType === 'ed25519') return { kind: 'ed25519' };
  if (key.asymmetricKeyType !== 'ec') return undefined;
  const curve = curveNamed(key.asymmetricKeyDetails?.namedCurve);
  return curve === undefined ? undefined : { kind: 'ecdsa', curve };
}

/**
 * A synchronous signer that keeps the parsed key: about 22 us per P-256 signature instead of 310 us from PEM text.
 * @param privateKey PKCS#8 or SEC 1 PEM, or a KeyObject.
 * @throws LedgerError MALFORMED_KEY when it is no private key that Fabric supports.
 */
export function createSigner(privateKey: string | KeyObject): (message: Uint8Array) => Uint8Array {
  const key = privateKeyOf(privateKey);
  const algorithm = keyAlgorithm(key);
  if (algorithm === undefined || key.type !== 'private') {
    throw new LedgerError(
      'MALFORMED_KEY',
      'not a private key for ECDSA on a NIST curve or Ed25519',
    );
  }
  if (algorithm.kind === 'ed25519') return (message) => plain(sign(null, message, key));
  const { curve } = algorithm;
  return (message) => toLowS(plain(sign('sha256', message, key)), curve);
}

/** The signed message: bytes, or its parts in order. */
export type SignedMessage = Uint8Array | readonly Uint8Array[];

function wholeOf(message: SignedMessage): Uint8Array {
  return message instanceof Uint8Array ? message : concat(message);
}

/**
 * Verifies a signature by Fabric's rules (bccsp/sw/ecdsa.go): SHA-256, DER, low-S only. Malformed input gives false,
 * never an error.
 */
export function verifySignature(
  key: KeyObject,
  message: SignedMessage,
  signature: Uint8Array,
): boolean {
  const check = prepare(key, signature);
  return check !== undefined && verify(check.digest, wholeOf(message), key, check.signature);
}

/** {@link verifySignature} on the libuv thread pool, so that the event loop is not blocked. */
export function verifySignatureAsync(
  key: KeyObject,
  message: SignedMessage,
  signature: Uint8Array,
): Promise<boolean> {
  const check = prepare(key, signature);
  if (check === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    verify(check.digest, wholeOf(message), key, check.signature, (error, valid) =>
      resolve(error === null && valid),
    );
  });
}

interface Check {
  readonly digest: 'sha256' | null;
  readonly signature: Uint8Array;
}

function prepare(key: KeyObject, signature: Uint8Array): Check | undefined {
  const algorithm = keyAlgorithm(key);
  if (algorithm === undefined) return undefined;
  if (algorithm.kind === 'ed25519') return { digest: null, signature };
  try {
    const parts = decodeSignature(signature);
    if (!hasLowS(parts, algorithm.curve)) return undefined;
    // Fabric decodes r and s and ignores trailing bytes, which OpenSSL would refuse.
    return {
      digest: 'sha256',
      signature: parts.canonical ? signature : encodeSignature(parts.r, parts.s),
    };
  } catch {
    return undefined;
  }
}

function privateKeyOf(privateKey: string | KeyObject): KeyObject {
  if (privateKey instanceof KeyObject) return privateKey;
  try {
    return createPrivateKey(privateKey);
  } catch (cause) {
    throw new LedgerError('MALFORMED_KEY', 'not a private key in PEM', { cause });
  }
}

function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}
