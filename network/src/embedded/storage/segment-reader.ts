import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { corrupt, otherChecksum } from './errors.js';
import { readFully } from './file-io.js';
import { FRAME_HEADER_BYTES, decodeFrameHeader, type FrameHeader } from './frame.js';

/** Large enough that the number of reads does not matter. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/** The content at an offset of a segment. */
export type SegmentRecord =
  | {
      readonly kind: 'block';
      readonly number: bigint;
      readonly offset: number;
      readonly bytes: Buffer;
    }
  /** The end of the file. */
  | { readonly kind: 'end'; readonly offset: number }
  /** The file ends inside a record, or contains only zeros from here on: an unfinished write. */
  | { readonly kind: 'torn'; readonly offset: number }
  /** A complete record at the end of the file with a wrong checksum: unfinished or damaged, which the caller decides. */
  | { readonly kind: 'mismatch'; readonly number: bigint; readonly offset: number };

/** Reads the records of one segment file in order, in large pieces. */
export class SegmentReader {
  readonly #handle: FileHandle;
  readonly #file: string;
  readonly #size: number;
  #buffer: Buffer = Buffer.alloc(0);
  #bufferAt = 0;
  #offset: number;

  constructor(handle: FileHandle, file: string, size: number, offset: number) {
    this.#handle = handle;
    this.#file = file;
    this.#size = size;
    this.#offset = offset;
  }

  /** The record at the reader's offset; advances only past a complete block. Throws BLOCK_FILE_CORRUPT. */
  async next(): Promise<SegmentRecord> {
    const offset = this.#offset;
    const left = this.#size - offset;
    if (left <= 0) return { kind: 'end', offset };
    if (left < FRAME_HEADER_BYTES) return { kind: 'torn', offset };
    const header = decodeFrameHeader(await this.#peek(FRAME_HEADER_BYTES));
    if (header === undefined) {
      if (await this.#onlyZerosFrom(offset)) return { kind: 'torn', offset };
      throw corrupt(this.#file, offset, {
        zh: '记录头与其校验和不符',
        en: 'the record header does not match its checksum',
      });
    }
    if (left < FRAME_HEADER_BYTES + header.length) return { kind: 'torn', offset };
    return this.#block(header);
  }

  async #block(header: FrameHeader): Promise<SegmentRecord> {
    const offset = this.#offset;
    const whole = FRAME_HEADER_BYTES + header.length;
    const bytes = (await this.#peek(whole)).subarray(FRAME_HEADER_BYTES, whole);
    const { number } = header;
    if (crc32(bytes) !== header.checksum) {
      if (offset + whole === this.#size) return { kind: 'mismatch', number, offset };
      throw corrupt(this.#file, offset, otherChecksum(number));
    }
    this.#offset += whole;
    return { kind: 'block', number, offset, bytes };
  }

  /** At least `length` bytes from the reader's offset; the caller has checked that the file has them. */
  async #peek(length: number): Promise<Buffer> {
    const start = this.#offset - this.#bufferAt;
    if (start + length <= this.#buffer.length) return this.#buffer.subarray(start);
    // A new buffer each time: blocks already returned are views of the earlier ones.
    const want = Math.min(Math.max(length, CHUNK_BYTES), this.#size - this.#offset);
    this.#buffer = await readFully(this.#handle, this.#file, this.#offset, want);
    this.#bufferAt = this.#offset;
    return this.#buffer;
  }

  async #onlyZerosFrom(offset: number): Promise<boolean> {
    for (let at = offset; at < this.#size; at += CHUNK_BYTES) {
      const length = Math.min(CHUNK_BYTES, this.#size - at);
      const piece = await readFully(this.#handle, this.#file, at, length);
      if (piece.some((byte) => byte !== 0)) return false;
    }
    return true;
  }
}
