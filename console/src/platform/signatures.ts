import { ecdsa, weierstrass, type ECDSA } from '@noble/curves/abstract/weierstrass.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { CurveName, PublicKeyParts } from './spki.js';
import { hexOf } from './hex.js';

export const digests = { sha256, sha384, sha512 } as const;
export type DigestName = keyof typeof digests;

/** NIST P-224 (SEC 2 2.2.2), which @noble/curves leaves out and Fabric's software provider takes. */
const p224 = weierstrass({
  p: 0xffffffffffffffffffffffffffffffff000000000000000000000001n,
  n: 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn,
  h: 1n,
  a: 0xfffffffffffffffffffffffffffffffefffffffffffffffffffffffen,
  b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
  Gx: 0xb70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21n,
  Gy: 0xbd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34n,
});

/** By OpenSSL's names. */
export const curves: Readonly<Record<CurveName, ECDSA>> = {
  secp224r1: ecdsa(p224, sha256),
  prime256v1: p256,
  secp384r1: p384,
  secp521r1: p521,
};

/** Whether a point lies on its curve; OpenSSL refuses a key that does not when it reads it. */
export function isOnCurve(curve: CurveName, point: Uint8Array): boolean {
  return curves[curve].utils.isValidPublicKey(point);
}

/** Checks a signature as OpenSSL does: ECDSA in strict DER, any s; RSA by PKCS #1 v1.5. Malformed input gives false. */
export function isSigned(
  key: PublicKeyParts,
  digest: DigestName | null,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    if (key.kind === 'ed25519') {
      return digest === null && ed25519.verify(signature, message, key.point, { zip215: false });
    }
    if (digest === null) return false;
    const hash = digests[digest](message);
    if (key.kind === 'rsa') return isRsaSigned(key, digest, hash, signature);
    const options = { prehash: false, lowS: false, format: 'der' } as const;
    return curves[key.curve].verify(signature, hash, key.point, options);
  } catch {
    return false;
  }
}

/** DigestInfo up to the hash (RFC 8017 9.2, note 1). */
const digestInfo: Readonly<Record<DigestName, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

/** RSASSA-PKCS1-v1_5 (RFC 8017 8.2.2). WebCrypto has it, but answers later, and certificates are checked at once. */
function isRsaSigned(
  { modulus, exponent }: Extract<PublicKeyParts, { kind: 'rsa' }>,
  digest: DigestName,
  hash: Uint8Array,
  signature: Uint8Array,
): boolean {
  const size = modulus.length - (modulus[0] === 0 ? 1 : 0);
  const n = numberOf(modulus);
  const s = numberOf(signature);
  if (signature.length !== size || s >= n) return false;
  const message = power(s, numberOf(exponent), n)
    .toString(16)
    .padStart(size * 2, '0');
  const tail = `00${digestInfo[digest]}${hexOf(hash)}`;
  const padding = 'ff'.repeat(size - 2 - tail.length / 2);
  return padding.length >= 16 && message === `0001${padding}${tail}`;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${hexOf(bytes)}`);
