import { DER } from '@noble/curves/abstract/der.js';
import { hexOf } from './hex.js';
import { ConsoleError } from '../errors.js';

/** What of a SubjectPublicKeyInfo (RFC 5280 4.1.2.7) a signature check needs. */
export type PublicKeyParts =
  | { readonly kind: 'ec'; readonly curve: CurveName; readonly point: Uint8Array }
  | { readonly kind: 'ed25519'; readonly point: Uint8Array }
  | { readonly kind: 'rsa'; readonly modulus: Uint8Array; readonly exponent: Uint8Array };

/** OpenSSL's names, as in KeyObject.asymmetricKeyDetails. */
export type CurveName = 'secp224r1' | 'prime256v1' | 'secp384r1' | 'secp521r1';

// Object identifiers of algorithms and curves (RFC 5480, RFC 8410, RFC 8017), DER contents in hexadecimal.
const EC = '2a8648ce3d0201';
const ED25519 = '2b6570';
const RSA = '2a864886f70d010101';
const curves: ReadonlyMap<string, CurveName> = new Map([
  ['2b81040021', 'secp224r1'],
  ['2a8648ce3d030107', 'prime256v1'],
  ['2b81040022', 'secp384r1'],
  ['2b81040023', 'secp521r1'],
]);

const tag = { integer: 0x02, bitString: 0x03, objectId: 0x06, sequence: 0x30 } as const;

/** The content of the next element and what follows it. */
const next = (kind: keyof typeof tag, bytes: Uint8Array) => {
  const { v: content, l: rest } = DER._tlv.decode(tag[kind], bytes);
  return { content, rest };
};

/** @throws ConsoleError KEY_MALFORMED or DERErr when it is no key of a kind that Fabric's certificates carry, as OpenSSL would refuse it */
export function readPublicKey(spki: Uint8Array): PublicKeyParts {
  const algorithm = next('sequence', next('sequence', spki).content);
  const { content: id, rest: parameters } = next('objectId', algorithm.content);
  // The first byte counts unused bits: none.
  const point = Uint8Array.from(next('bitString', algorithm.rest).content.subarray(1));
  switch (hexOf(id)) {
    case ED25519:
      return { kind: 'ed25519', point };
    case RSA:
      return { kind: 'rsa', ...rsaNumbers(point) };
    case EC: {
      const curve = curves.get(hexOf(next('objectId', parameters).content));
      if (curve !== undefined) return { kind: 'ec', curve, point };
    }
  }
  throw new ConsoleError('KEY_MALFORMED', 'a public key of an unknown algorithm');
}

function rsaNumbers(der: Uint8Array) {
  const { content: modulus, rest } = next('integer', next('sequence', der).content);
  return { modulus, exponent: next('integer', rest).content };
}
