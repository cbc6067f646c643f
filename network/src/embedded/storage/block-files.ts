import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { corrupt } from './errors.js';
import { readFully, syncFolder, writeFully } from './file-io.js';
import {
  FRAME_HEADER_BYTES,
  SEGMENT_HEADER_BYTES,
  decodeFrameHeader,
  encodeFrameHeader,
} from './frame.js';
import { StorageHealth } from './health.js';
import { SegmentReader, type SegmentRecord } from './segment-reader.js';
import {
  SegmentReaders,
  createSegment,
  firstBlockOf,
  lastSegment,
  removeSegment,
  segmentPath,
} from './segments.js';

/** Where a block stands: segment number, offset of its record in the file, length of the raw block. */
export interface BlockLocation {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
}

export interface BlockPosition {
  readonly number: bigint;
  readonly location: BlockLocation;
}

export interface StoredBlock extends BlockPosition {
  /** Raw `common.Block`. */
  readonly bytes: Buffer;
}

interface BlockFilesOptions {
  readonly directory: string;
  /** A segment that reached this size gets no further block; 64 MiB when absent. */
  readonly segmentBytes?: number | undefined;
  /** The newest block that the index knows, if there is one: everything up to it was durable and must be there. */
  readonly newest?: BlockPosition | undefined;
  /** Told of a write that failed; the files take no other behind it. */
  readonly health?: StorageHealth | undefined;
}

const DEFAULT_SEGMENT_BYTES = 64 * 1024 * 1024;

/**
 * The chain on disk: append-only segment files of checksummed raw blocks. `append` returns when the block is durable
 * (fdatasync). Opening repairs what a crash can leave behind, a last record that was never finished; any other damage
 * is BLOCK_FILE_CORRUPT with the file and the offset. One writer: the level lock beside it keeps other processes out.
 */
export class BlockFiles {
  readonly #directory: string;
  readonly #segmentBytes: number;
  readonly #readers: SegmentReaders;
  readonly #health: StorageHealth;
  #segment: number;
  #writer: FileHandle;
  #size: number;
  #next: bigint;

  private constructor(options: BlockFilesOptions, tail: Tail) {
    this.#directory = options.directory;
    this.#segmentBytes = options.segmentBytes ?? DEFAULT_SEGMENT_BYTES;
    this.#readers = new SegmentReaders(options.directory);
    this.#health = options.health ?? new StorageHealth();
    this.#segment = tail.segment;
    this.#writer = tail.writer;
    this.#size = tail.size;
    this.#next = tail.next;
  }

  /**
   * Opens the folder (made when absent), checks that `newest` is there, cuts a torn last record.
   * Blocks beyond `newest` in earlier segments are checked when they are scanned. Throws BLOCK_FILE_CORRUPT.
   */
  static async open(options: BlockFilesOptions): Promise<BlockFiles> {
    await mkdir(options.directory, { recursive: true });
    await syncFolder(dirname(options.directory));
    const files = new BlockFiles(options, await openTail(options));
    const { newest } = options;
    if (newest !== undefined) {
      try {
        await files.read(newest.number, newest.location);
      } catch (error) {
        await files.close();
        throw error;
      }
    }
    return files;
  }

  /** Number of blocks in the files; the number the next one must have. */
  get height(): bigint {
    return this.#next;
  }

  /** Writes a block behind the last one; resolves when it is on the disk. Throws LEDGER_FAILED, then and ever after. */
  append(number: bigint, block: Uint8Array): Promise<BlockLocation> {
    return this.#health.write(async () => {
      try {
        return await this.#append(number, block);
      } catch (error) {
        // What was not synced may be read back from memory and yet not be there after a power cut: it goes.
        await this.#writer.truncate(this.#size).catch(() => undefined);
        throw error;
      }
    });
  }

  /** The block at a location the index gave. Throws BLOCK_FILE_CORRUPT when the bytes there are not that block. */
  read(number: bigint, location: BlockLocation): Promise<Buffer> {
    const { segment, offset, length } = location;
    return this.#readers.use(segment, async (handle, file) => {
      const record = await readFully(handle, file, offset, FRAME_HEADER_BYTES + length);
      const header = decodeFrameHeader(record);
      const bytes = record.subarray(FRAME_HEADER_BYTES);
      const same = header?.number === number && header.length === length;
      if (!same || crc32(bytes) !== header.checksum) {
        throw corrupt(file, offset, `block ${String(number)} does not match its checksum`);
      }
      return bytes;
    });
  }

  /** Every block after `after` (from block 0 when absent), in order. Throws BLOCK_FILE_CORRUPT. */
  async *scan(after?: BlockPosition): AsyncGenerator<StoredBlock> {
    const first = after?.location.segment ?? 1;
    let next = after === undefined ? 0n : after.number + 1n;
    for (let segment = first; segment <= this.#segment; segment++) {
      const start = after !== undefined && segment === first ? endOf(after.location) : undefined;
      for await (const block of this.#scanSegment(segment, start, next)) {
        next = block.number + 1n;
        yield block;
      }
    }
  }

  async close(): Promise<void> {
    await this.#readers.close();
    await this.#writer.close();
  }

  async #append(number: bigint, block: Uint8Array): Promise<BlockLocation> {
    if (this.#size >= this.#segmentBytes && this.#size > SEGMENT_HEADER_BYTES) await this.#roll();
    const offset = this.#size;
    await writeFully(this.#writer, [encodeFrameHeader(number, block), block], offset);
    await this.#writer.datasync();
    this.#size = offset + FRAME_HEADER_BYTES + block.length;
    this.#next = number + 1n;
    return { segment: this.#segment, offset, length: block.length };
  }

  async *#scanSegment(
    segment: number,
    start: number | undefined,
    next: bigint,
  ): AsyncGenerator<StoredBlock> {
    const file = segmentPath(this.#directory, segment);
    if (start === undefined && (await firstBlockOf(this.#directory, segment)) !== next) {
      throw corrupt(file, 0, `does not begin with block ${String(next)}`);
    }
    const handle = await open(file, 'r');
    try {
      const size = segment === this.#segment ? this.#size : (await handle.stat()).size;
      const reader = new SegmentReader(handle, file, size, start ?? SEGMENT_HEADER_BYTES);
      let expected = next;
      for await (const record of readAhead(reader)) {
        if (record.kind === 'end') return;
        if (record.kind !== 'block') throw corrupt(file, record.offset, 'the record is damaged');
        const { number, bytes, offset } = record;
        checkOrder(file, offset, number, expected);
        expected += 1n;
        yield { number, bytes, location: { segment, offset, length: bytes.length } };
      }
    } finally {
      await handle.close();
    }
  }

  async #roll(): Promise<void> {
    const next = await createSegment(this.#directory, this.#segment + 1, this.#next);
    await this.#writer.close();
    this.#writer = next;
    this.#segment += 1;
    this.#size = SEGMENT_HEADER_BYTES;
  }
}

/** A reader's records to the first that is no block; each is read from the disk while its user has the one before. */
async function* readAhead(reader: SegmentReader): AsyncGenerator<SegmentRecord> {
  let next = reader.next();
  try {
    for (;;) {
      const record = await next;
      if (record.kind === 'block') {
        next = reader.next();
        // Awaited a record later; until then its failure is nobody's and must not end the process.
        next.catch(() => undefined);
      }
      yield record;
      if (record.kind !== 'block') return;
    }
  } finally {
    // The file is closed behind this: no read may be under way.
    await next.catch(() => undefined);
  }
}

interface Tail {
  readonly segment: number;
  readonly writer: FileHandle;
  readonly size: number;
  readonly next: bigint;
}

/** The last segment, ready to be written behind its last whole record. */
async function openTail(options: BlockFilesOptions): Promise<Tail> {
  const { directory, newest } = options;
  const segment = await lastSegment(directory);
  if (newest !== undefined && segment < newest.location.segment) {
    throw corrupt(
      segmentPath(directory, newest.location.segment),
      0,
      'the segment file is missing',
    );
  }
  if (segment === 0) return freshTail(directory, 1, 0n);
  const first = await firstBlockOf(directory, segment);
  if (first !== undefined) return repairTail(options, segment, first);
  // A crash right after the file was made: nothing was ever written behind that header.
  await removeSegment(directory, segment);
  return openTail(options);
}

async function freshTail(directory: string, segment: number, next: bigint): Promise<Tail> {
  const writer = await createSegment(directory, segment, next);
  return { segment, writer, size: SEGMENT_HEADER_BYTES, next };
}

async function repairTail(
  options: BlockFilesOptions,
  segment: number,
  first: bigint,
): Promise<Tail> {
  const { directory, newest } = options;
  const file = segmentPath(directory, segment);
  const writer = await open(file, 'r+');
  try {
    const known = newest?.location.segment === segment ? newest : undefined;
    const { size } = await writer.stat();
    const start = known === undefined ? SEGMENT_HEADER_BYTES : endOf(known.location);
    const reader = new SegmentReader(writer, file, size, start);
    const { next, last } = await readToTheEnd(reader, file, known ? known.number + 1n : first);
    // Without an index nothing tells a write that never finished from a record damaged later: it is reported.
    if (last.kind === 'mismatch' && newest === undefined) {
      throw corrupt(file, last.offset, `block ${String(last.number)} is damaged`);
    }
    if (last.kind !== 'end') await cut(writer, last.offset);
    return { segment, writer, size: last.offset, next };
  } catch (error) {
    await writer.close();
    throw error;
  }
}

interface End {
  /** The number after the last whole block. */
  readonly next: bigint;
  /** What stands behind it. */
  readonly last: Exclude<SegmentRecord, { kind: 'block' }>;
}

async function readToTheEnd(reader: SegmentReader, file: string, first: bigint): Promise<End> {
  let next = first;
  for (;;) {
    const record = await reader.next();
    if (record.kind !== 'block') return { next, last: record };
    checkOrder(file, record.offset, record.number, next);
    next += 1n;
  }
}

async function cut(writer: FileHandle, offset: number): Promise<void> {
  await writer.truncate(offset);
  await writer.sync();
}

function checkOrder(file: string, offset: number, found: bigint, expected: bigint): void {
  if (found === expected) return;
  throw corrupt(file, offset, `holds block ${String(found)} where ${String(expected)} belongs`);
}

function endOf(location: BlockLocation): number {
  return location.offset + FRAME_HEADER_BYTES + location.length;
}
