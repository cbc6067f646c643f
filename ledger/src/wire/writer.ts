import { LedgerError } from '../errors.js';

/** No bytes. */
export const NONE: Uint8Array = new Uint8Array(0);

/**
 * Writes one protobuf message as Go's `proto.Marshal` does when the fields come in ascending order: scalars, strings
 * and bytes at their default value are left out; embedded messages and repeated entries are written even when empty.
 */
export class WireWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  bytes(field: number, value: Uint8Array | undefined): this {
    return value === undefined || value.length === 0 ? this : this.message(field, value);
  }

  string(field: number, value: string): this {
    return value === '' ? this : this.message(field, utf8(value));
  }

  /** An embedded message, or an entry of a repeated field: written even when it is empty. */
  message(field: number, value: Uint8Array | undefined): this {
    if (value === undefined) return this;
    this.#push(varintPair((field << 3) | 2, value.length));
    this.#push(value);
    return this;
  }

  /** {@link message} of one that is still in parts, which are copied once, into the whole. */
  nested(field: number, message: WireWriter): this {
    this.#push(varintPair((field << 3) | 2, message.#length));
    for (const part of message.#parts) this.#push(part);
    return this;
  }

  repeated(field: number, values: readonly Uint8Array[]): this {
    for (const value of values) this.message(field, value);
    return this;
  }

  /** Integers and enums; a negative int32 takes ten bytes, as protobuf wants. */
  varint(field: number, value: number | bigint): this {
    if (value === 0 || value === 0n) return this;
    this.#push(
      typeof value === 'number' && value > 0 && value < 0x80000000
        ? varintPair(field << 3, value)
        : concat([encodeVarint(BigInt(field << 3)), encodeVarint(BigInt(value))]),
    );
    return this;
  }

  bool(field: number, value: boolean): this {
    return value ? this.varint(field, 1) : this;
  }

  finish(): Uint8Array {
    if (this.#parts.length === 0) return NONE;
    return joined(this.#parts, this.#length);
  }

  #push(part: Uint8Array): void {
    this.#parts.push(part);
    this.#length += part.length;
  }
}

/** Unsigned LEB128 of a 64-bit value; negative values as their two's complement. */
export function encodeVarint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

/** UTF-8 bytes of a string; refuses lone surrogates (MALFORMED_BYTES), which Go's encoder refuses too. */
export function utf8(text: string): Uint8Array {
  if (!isWellFormed(text)) {
    throw new LedgerError('MALFORMED_BYTES', 'a string with a lone surrogate has no UTF-8 bytes');
  }
  const buffer = Buffer.from(text, 'utf8');
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

/** The parts one after the other, in fresh memory. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return joined(
    parts,
    parts.reduce((sum, part) => sum + part.length, 0),
  );
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function varintPair(first: number, second: number): Uint8Array {
  const bytes: number[] = [];
  for (const value of [first, second]) {
    let rest = value;
    while (rest >= 0x80) {
      bytes.push((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}
