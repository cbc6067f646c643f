import { isUtf8 } from 'node:buffer';
import { LedgerError } from '../errors.js';

/** Longest varint that Go's decoder accepts: ten bytes, the last of which carries one bit. */
const MAX_VARINT_BYTES = 10;
/** Below this length a loop over ASCII codes is faster than a call of the UTF-8 decoder. */
const SHORT_STRING = 24;
const MAX_GROUP_DEPTH = 100;

/**
 * Reads one protobuf message field by field, as strictly as Go's `proto.Unmarshal`: truncated fields, field numbers out of
 * range, varints over 64 bits and strings that are not UTF-8 throw LedgerError MALFORMED_BYTES with the name of the message in
 * `details.message`. A known field with another wire type is an unknown field, as in Go. Byte values are views of the input.
 */
export class WireReader {
  /** Field number and wire type of the current field: `field << 3 | wire type`. */
  tag = 0;
  readonly #bytes: Uint8Array;
  readonly #message: string;
  readonly #end: number;
  #position = 0;
  #low = 0;
  #high = 0;
  #mergeRoom: Map<number, Uint8Array> | undefined;

  constructor(bytes: Uint8Array, message: string) {
    // Buffer.slice() returns a view, Uint8Array.slice() a copy: callers get a Uint8Array in any case.
    this.#bytes = Buffer.isBuffer(bytes)
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
      : bytes;
    this.#message = message;
    this.#end = bytes.length;
  }

  /** Moves to the next field; false at the end of the message. */
  next(): boolean {
    if (this.#position >= this.#end) return false;
    this.#varint();
    if (this.#high !== 0 || this.#low >>> 3 === 0) this.#fail('field number out of range');
    this.tag = this.#low;
    return true;
  }

  bytes(): Uint8Array {
    const start = this.#length();
    return this.#bytes.subarray(start, this.#position);
  }

  string(): string {
    const start = this.#length();
    const end = this.#position;
    if (end - start <= SHORT_STRING) {
      const text = this.#ascii(start, end);
      if (text !== undefined) return text;
    }
    const view = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + start, end - start);
    if (!isUtf8(view)) this.#fail('string is not UTF-8');
    return view.toString('utf8');
  }

  /**
   * A singular embedded message that may occur more than once. Occurrences merge, which in protobuf equals decoding
   * their concatenated bytes, provided that each is complete.
   */
  message(before: Uint8Array | undefined): Uint8Array {
    const bytes = this.bytes();
    return before === undefined ? bytes : this.#merge(before, bytes);
  }

  uint64(): bigint {
    this.#varint();
    return (BigInt(this.#high) << 32n) | BigInt(this.#low);
  }

  /** int32 and enums: the low 32 bits, as in Go. */
  int32(): number {
    this.#varint();
    return this.#low | 0;
  }

  uint32(): number {
    this.#varint();
    return this.#low;
  }

  bool(): boolean {
    this.#varint();
    return this.#low !== 0 || this.#high !== 0;
  }

  /** Skips the current field. */
  skip(): void {
    this.#skipField(this.tag, 0);
  }

  /** Appends with doubling capacity, so that a message made of a million occurrences does not cost quadratic copying. */
  #merge(before: Uint8Array, bytes: Uint8Array): Uint8Array {
    const length = before.length + bytes.length;
    let room = this.#mergeRoom?.get(this.tag);
    if (room === undefined) this.#checkWhole(before);
    this.#checkWhole(bytes);
    if (room === undefined || room.length < length) {
      room = new Uint8Array(2 * length);
      room.set(before);
      (this.#mergeRoom ??= new Map<number, Uint8Array>()).set(this.tag, room);
    }
    room.set(bytes, before.length);
    return room.subarray(0, length);
  }

  #checkWhole(bytes: Uint8Array): void {
    const reader = new WireReader(bytes, this.#message);
    while (reader.next()) reader.skip();
  }

  #skipField(tag: number, depth: number): void {
    switch (tag & 7) {
      case 0:
        this.#varint();
        return;
      case 1:
        this.#advance(8);
        return;
      case 2:
        this.#length();
        return;
      case 3:
        this.#skipGroup(tag >>> 3, depth + 1);
        return;
      case 5:
        this.#advance(4);
        return;
      default:
        this.#fail('unknown wire type');
    }
  }

  #skipGroup(field: number, depth: number): void {
    if (depth > MAX_GROUP_DEPTH) this.#fail('groups nested too deep');
    for (;;) {
      if (!this.next()) this.#fail('group without an end');
      const tag = this.tag;
      if ((tag & 7) === 4) {
        if (tag >>> 3 !== field) this.#fail('group ends with another number');
        return;
      }
      this.#skipField(tag, depth);
    }
  }

  /** Reads a length and skips that many bytes; returns their start. */
  #length(): number {
    this.#varint();
    const length = this.#high === 0 ? this.#low : Infinity;
    const start = this.#position;
    this.#advance(length);
    return start;
  }

  #advance(count: number): void {
    if (count > this.#end - this.#position) this.#fail('truncated');
    this.#position += count;
  }

  #varint(): void {
    const first = this.#bytes[this.#position] ?? 0x80;
    if (first < 0x80) {
      this.#position += 1;
      this.#low = first;
      this.#high = 0;
      return;
    }
    this.#longVarint();
  }

  #longVarint(): void {
    let low = 0;
    let high = 0;
    for (let index = 0; index < MAX_VARINT_BYTES; index += 1) {
      const byte = this.#bytes[this.#position];
      if (byte === undefined) this.#fail('truncated');
      this.#position += 1;
      const bits = byte & 0x7f;
      if (index < 4) low |= bits << (7 * index);
      else if (index === 4) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (7 * index - 32);
      if (byte < 0x80) {
        if (index === MAX_VARINT_BYTES - 1 && byte > 1) break;
        this.#low = low >>> 0;
        this.#high = high >>> 0;
        return;
      }
    }
    this.#fail('varint of more than 64 bits');
  }

  #ascii(start: number, end: number): string | undefined {
    let text = '';
    for (let index = start; index < end; index += 1) {
      const code = this.#bytes[index] ?? 0xff;
      if (code > 0x7f) return undefined;
      text += String.fromCharCode(code);
    }
    return text;
  }

  #fail(why: string): never {
    throw malformed(this.#message, why, { offset: this.#position });
  }
}

/** The error for malformed protobuf bytes; `details.message` names the message. */
export function malformed(
  message: string,
  why: string,
  details: Readonly<Record<string, unknown>> = {},
): LedgerError {
  return new LedgerError('MALFORMED_BYTES', `${message}: ${why}`, {
    details: { message, ...details },
  });
}
