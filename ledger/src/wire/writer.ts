import { LedgerError } from '../errors.js';

/** An empty byte array. */
export const NONE: Uint8Array = new Uint8Array(0);

/** A varint below 2^32, or bytes. */
type Part = number | Uint8Array;

/**
 * Writes one protobuf message as Go's `proto.Marshal` does when fields are given in ascending order: scalars, strings
 * and bytes with their default value are left out; embedded messages and repeated entries are written even when empty.
 * An embedded message may be another writer, whose bytes are then copied only once.
 */
export class WireWriter {
  readonly #parts: Part[] = [];
  #length = 0;

  /** Number of bytes that `finish` returns. */
  get length(): number {
    return this.#length;
  }

  bytes(field: number, value: Uint8Array | WireWriter | undefined): this {
    return value === undefined || value.length === 0 ? this : this.message(field, value);
  }

  string(field: number, value: string): this {
    return value === '' ? this : this.message(field, utf8(value));
  }

  /** An embedded message, or an entry of a repeated field: written even when it is empty. */
  message(field: number, value: Uint8Array | WireWriter | undefined): this {
    if (value === undefined) return this;
    this.#number(((field << 3) | 2) >>> 0);
    this.#number(value.length);
    this.#length += value.length;
    if (value instanceof WireWriter) for (const part of value.#parts) this.#parts.push(part);
    else this.#parts.push(value);
    return this;
  }

  repeated(field: number, values: readonly (Uint8Array | WireWriter)[]): this {
    for (const value of values) this.message(field, value);
    return this;
  }

  /** Integers and enums; a negative int32 takes ten bytes, as protobuf requires. */
  varint(field: number, value: number | bigint): this {
    if (value === 0 || value === 0n) return this;
    this.#number((field << 3) >>> 0);
    if (typeof value === 'number' && value > 0 && value < 0x80000000) this.#number(value);
    else this.#bytes(encodeVarint(BigInt(value)));
    return this;
  }

  bool(field: number, value: boolean): this {
    return value ? this.varint(field, 1) : this;
  }

  finish(): Uint8Array {
    if (this.#parts.length === 0) return NONE;
    const whole = fresh(this.#length);
    let offset = 0;
    for (const part of this.#parts) {
      if (typeof part === 'number') offset = writeVarint(whole, offset, part);
      else {
        whole.set(part, offset);
        offset += part.length;
      }
    }
    return whole;
  }

  #number(value: number): void {
    this.#parts.push(value);
    this.#length += varintLength(value);
  }

  #bytes(value: Uint8Array): void {
    this.#parts.push(value);
    this.#length += value.length;
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

/** UTF-8 bytes of a string; lone surrogates are refused (MALFORMED_BYTES), as in Go's encoder. */
export function utf8(text: string): Uint8Array {
  if (!isWellFormed(text)) {
    throw new LedgerError('MALFORMED_BYTES', 'a string with a lone surrogate has no UTF-8 bytes');
  }
  const buffer = Buffer.from(text, 'utf8');
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

/** The concatenated parts, in new memory. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = fresh(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

const SLAB = 32 * 1024;
const LARGEST_PIECE = 8 * 1024;
let slab = unfilled(SLAB);
let used = 0;

/**
 * Uninitialised memory, to be filled completely. Small pieces share one allocation, as Node's small buffers do: most
 * messages are short-lived, and a separate allocation costs more than the encoding itself.
 */
function fresh(length: number): Uint8Array {
  if (length > LARGEST_PIECE) return new Uint8Array(unfilled(length));
  if (used + length > SLAB) {
    slab = unfilled(SLAB);
    used = 0;
  }
  const piece = new Uint8Array(slab, used, length);
  used += length;
  return piece;
}

/** Only Node's buffers can be had without being filled with zeros first. */
function unfilled(length: number): ArrayBufferLike {
  return Buffer.allocUnsafeSlow(length).buffer;
}

function varintLength(value: number): number {
  let length = 1;
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) length += 1;
  return length;
}

function writeVarint(target: Uint8Array, offset: number, value: number): number {
  let at = offset;
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) target[at++] = (rest & 0x7f) | 0x80;
  target[at++] = rest;
  return at;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}
