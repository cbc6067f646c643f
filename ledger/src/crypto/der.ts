import { LedgerError } from '../errors.js';
import { concat } from '../wire/writer.js';

/** DER tags used in this package (X.690). */
export const DER = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One DER tag-length-value; all fields are views of the input. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly raw: Uint8Array;
}

/** Reads consecutive DER elements; LedgerError MALFORMED_BYTES on lengths that are not minimal or too long. */
export class DerReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#position >= this.#bytes.length;
  }

  /** The tag of the next element; undefined at the end. */
  get nextTag(): number | undefined {
    return this.#bytes[this.#position];
  }

  read(tag?: number): DerElement {
    const start = this.#position;
    const found = this.#byte();
    if (tag !== undefined && found !== tag) {
      throw malformedDer(`tag ${String(found)} where ${String(tag)} was expected`);
    }
    if ((found & 0x1f) === 0x1f) throw malformedDer('tags of more than one byte are not used here');
    const length = this.#length();
    const contentStart = this.#position;
    if (length > this.#bytes.length - contentStart) throw malformedDer('length overruns the bytes');
    this.#position = contentStart + length;
    return {
      tag: found,
      content: this.#bytes.subarray(contentStart, this.#position),
      raw: this.#bytes.subarray(start, this.#position),
    };
  }

  /** Returns the next element if it has this tag. */
  optional(tag: number): DerElement | undefined {
    return this.nextTag === tag ? this.read(tag) : undefined;
  }

  #length(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw malformedDer('length is indefinite or too large');
    let length = 0;
    for (let index = 0; index < count; index += 1) length = length * 256 + this.#byte();
    if (length < 0x80 || length < 256 ** (count - 1)) throw malformedDer('length is not minimal');
    return length;
  }

  #byte(): number {
    const byte = this.#bytes[this.#position];
    if (byte === undefined) throw malformedDer('truncated');
    this.#position += 1;
    return byte;
  }
}

/** Encodes tag, minimal length and content. */
export function derElement(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return concat([derHead(tag, length), ...content]);
}

/** INTEGER of an unsigned big-endian number of any length. */
export function derInteger(magnitude: Uint8Array): Uint8Array {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start += 1;
  const digits = magnitude.subarray(start);
  const first = digits[0] ?? 0;
  if (digits.length > 0 && first < 0x80) return derElement(DER.integer, digits);
  return derElement(DER.integer, Uint8Array.of(0), digits);
}

export function malformedDer(why: string): LedgerError {
  return new LedgerError('MALFORMED_BYTES', `DER: ${why}`, { details: { message: 'DER' } });
}

function derHead(tag: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(tag, length);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.of(tag, 0x80 | digits.length, ...digits);
}
