import { DER, derElement } from '@yici/ledger';

/** DER encoding for certificates (X.690). Every function returns one complete element. */

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return derElement(DER.sequence, ...parts);
}

export function set(...parts: readonly Uint8Array[]): Uint8Array {
  return derElement(DER.set, ...parts);
}

/** Context-specific, constructed: `[tag] EXPLICIT`. */
export function explicit(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return derElement(0xa0 | tag, ...parts);
}

/** Context-specific, primitive: `[tag] IMPLICIT` of a string or octets. */
export function implicit(tag: number, content: Uint8Array): Uint8Array {
  return derElement(0x80 | tag, content);
}

export function boolean(value: boolean): Uint8Array {
  return derElement(DER.boolean, Buffer.of(value ? 0xff : 0));
}

/** An enumerated value below 128. */
export function enumerated(value: number): Uint8Array {
  return derElement(0x0a, Buffer.of(value));
}

export function octetString(content: Uint8Array): Uint8Array {
  return derElement(DER.octetString, content);
}

/** A bit string; `unusedBits` is the number of unused bits in the last byte. */
export function bitString(content: Uint8Array, unusedBits = 0): Uint8Array {
  return derElement(DER.bitString, Buffer.of(unusedBits), content);
}

export function utf8String(text: string): Uint8Array {
  return derElement(0x0c, Buffer.from(text, 'utf8'));
}

export function printableString(text: string): Uint8Array {
  return derElement(0x13, Buffer.from(text, 'latin1'));
}

/** A dotted object identifier. */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return derElement(DER.objectId, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** UTCTime before 2050, GeneralizedTime from then on (RFC 5280 4.1.2.5), to the second. */
export function time(date: Date): Uint8Array {
  const digits = `${date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  return date.getUTCFullYear() < 2050
    ? derElement(DER.utcTime, Buffer.from(digits.slice(2), 'latin1'))
    : derElement(DER.generalizedTime, Buffer.from(digits, 'latin1'));
}

function base128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}
