import { LedgerError } from '../errors.js';
import { DER, DerReader, derElement, derInteger } from './der.js';

/** Curve parameters for the low-S rule. Names are OpenSSL's, as in KeyObject.asymmetricKeyDetails. */
interface Curve {
  readonly order: Uint8Array;
  readonly half: Uint8Array;
}

const ORDERS = {
  secp224r1: 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn,
  prime256v1: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  secp384r1:
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  secp521r1:
    0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
} as const;

/** Curves that Fabric's software provider supports (bccsp/utils/ecdsa.go). */
export type CurveName = keyof typeof ORDERS;

const curves = new Map<string, Curve>(
  Object.entries(ORDERS).map(([name, order]) => [
    name,
    { order: toBytes(order), half: toBytes(order >> 1n) },
  ]),
);

/** r and s without leading zeros, and whether the bytes were exactly their canonical DER. */
interface SignatureParts {
  readonly r: Uint8Array;
  readonly s: Uint8Array;
  readonly canonical: boolean;
}

/**
 * Decodes `SEQUENCE { INTEGER r, INTEGER s }` as Go's asn1.Unmarshal does, which allows trailing bytes inside the sequence.
 * @throws LedgerError MALFORMED_SIGNATURE when it is malformed or a number is not positive.
 */
export function decodeSignature(der: Uint8Array): SignatureParts {
  try {
    const outer = new DerReader(der);
    const sequence = outer.read(DER.sequence);
    const numbers = new DerReader(sequence.content);
    const r = positive(numbers.read(DER.integer).content);
    const s = positive(numbers.read(DER.integer).content);
    return { r, s, canonical: outer.done && numbers.done };
  } catch (cause) {
    if (cause instanceof LedgerError && cause.code === 'MALFORMED_SIGNATURE') throw cause;
    throw new LedgerError('MALFORMED_SIGNATURE', 'not a DER ECDSA signature', { cause });
  }
}

/** The DER bytes of r and s (big-endian). */
export function encodeSignature(r: Uint8Array, s: Uint8Array): Uint8Array {
  return derElement(DER.sequence, derInteger(r), derInteger(s));
}

/** Whether s is at most half the curve's order; Fabric refuses higher values. @throws LedgerError MALFORMED_SIGNATURE */
export function isLowS(der: Uint8Array, curve: CurveName = 'prime256v1'): boolean {
  return hasLowS(decodeSignature(der), curve);
}

export function hasLowS(signature: SignatureParts, curve: CurveName): boolean {
  return compareMagnitudes(signature.s, curveOf(curve).half) <= 0;
}

/** Canonical DER with s replaced by n - s where that is lower. @throws LedgerError MALFORMED_SIGNATURE */
export function toLowS(der: Uint8Array, curve: CurveName = 'prime256v1'): Uint8Array {
  const signature = decodeSignature(der);
  if (hasLowS(signature, curve)) {
    return signature.canonical ? der : encodeSignature(signature.r, signature.s);
  }
  const { order } = curveOf(curve);
  if (compareMagnitudes(signature.s, order) >= 0) {
    throw malformedSignature('s is not below the order of the curve');
  }
  return encodeSignature(signature.r, subtract(order, signature.s));
}

/** The curve of this OpenSSL name when Fabric's software provider knows it. */
export function curveNamed(name: string | undefined): CurveName | undefined {
  return isCurveName(name) ? name : undefined;
}

function isCurveName(name: string | undefined): name is CurveName {
  return name !== undefined && curves.has(name);
}

function curveOf(name: CurveName): Curve {
  const curve = curves.get(name);
  if (curve === undefined) throw malformedSignature(`unknown curve ${name}`);
  return curve;
}

/** The magnitude of a minimally encoded positive DER INTEGER. */
function positive(content: Uint8Array): Uint8Array {
  const first = content[0];
  if (first === undefined || first >= 0x80) throw malformedSignature('r and s must be above zero');
  if (first !== 0) return content;
  const second = content[1];
  if (second === undefined) throw malformedSignature('r and s must be above zero');
  if (second < 0x80) throw malformedSignature('integer is not minimal');
  return content.subarray(1);
}

/** Compares big-endian numbers without leading zeros. */
function compareMagnitudes(left: Uint8Array, right: Uint8Array): number {
  return left.length === right.length ? Buffer.compare(left, right) : left.length - right.length;
}

/** left - right of big-endian numbers with left >= right; takes a third of the time of BigInt. */
function subtract(left: Uint8Array, right: Uint8Array): Uint8Array {
  const result = Uint8Array.from(left);
  const shift = left.length - right.length;
  let borrow = 0;
  for (let index = left.length - 1; index >= 0; index -= 1) {
    const difference = (left[index] ?? 0) - (right[index - shift] ?? 0) - borrow;
    borrow = difference < 0 ? 1 : 0;
    result[index] = difference & 0xff;
  }
  return result;
}

function toBytes(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return new Uint8Array(Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'));
}

function malformedSignature(why: string): LedgerError {
  return new LedgerError('MALFORMED_SIGNATURE', `signature: ${why}`);
}
