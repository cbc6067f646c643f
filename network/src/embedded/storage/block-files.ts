import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { blockIs, corrupt, noSegment, otherChecksum } from './errors.js';
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

/** Location of a block: segment number, offset of its record in the file, length of the raw block. */
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
  /** A segment of this size gets no further block; default 64 MiB. */
  readonly segmentBytes?: number | undefined;
  /** The newest block in the index, if any: all blocks up to it were durable and must be present. */
  readonly newest?: BlockPosition | undefined;
  /** Notified of a failed write; after one, no further writes are made. */
  readonly health?: StorageHealth | undefined;
}

const DEFAULT_SEGMENT_BYTES = 64 * 1024 * 1024;

/**
 * The chain on disk: append-only segment files of checksummed raw blocks. `append` resolves when the block is durable
 * (fdatasync). Opening repairs the effect of a crash, an unfinished last record; any other damage is BLOCK_FILE_CORRUPT
 * with file and offset. Single writer: LevelDB's lock keeps other processes out.
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
   * Opens the folder (created when absent), checks that `newest` exists and cuts off an unfinished last record. Blocks
   * beyond `newest` in earlier segments are checked when they are scanned. Throws BLOCK_FILE_CORRUPT.
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

  /** Number of blocks in the files; also the number of the next block. */
  get height(): bigint {
    return this.#next;
  }

  /** Appends a block; resolves when it is durable. Throws LEDGER_FAILED, also for every call after a failure. */
  append(number: bigint, block: Uint8Array): Promise<BlockLocation> {
    return this.#health.write(async () => {
      try {
        return await this.#append(number, block);
      } catch (error) {
        // Data that was not synced may be readable from cache and still be lost at a power cut: remove it.
        await this.#writer.truncate(this.#size).catch(() => undefined);
        throw error;
      }
    });
  }

  /** The block at a location from the index. Throws BLOCK_FILE_CORRUPT when the bytes are not that block. */
  read(number: bigint, location: BlockLocation): Promise<Buffer> {
    const { segment, offset, length } = location;
    return this.#readers.use(segment, async (handle, file) => {
      const record = await readFully(handle, file, offset, FRAME_HEADER_BYTES + length);
      const header = decodeFrameHeader(record);
      const bytes = record.subarray(FRAME_HEADER_BYTES);
      const same = header?.number === number && header.length === length;
      if (!same || crc32(bytes) !== header.checksum) {
        throw corrupt(file, offset, otherChecksum(number));
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
      throw corrupt(file, 0, {
        zh: `不以区块 ${next} 开头`,
        en: `does not begin with block ${next}`,
      });
    }
    const handle = await open(file, 'r');
    try {
      const size = segment === this.#segment ? this.#size : (await handle.stat()).size;
      const reader = new SegmentReader(handle, file, size, start ?? SEGMENT_HEADER_BYTES);
      let expected = next;
      for await (const record of readAhead(reader)) {
        if (record.kind === 'end') return;
        if (record.kind !== 'block') {
          throw corrupt(file, record.offset, { zh: '记录损坏', en: 'the record is damaged' });
        }
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

/** A reader's records up to the first that is no block; the next is read while the current one is processed. */
async function* readAhead(reader: SegmentReader): AsyncGenerator<SegmentRecord> {
  let next = reader.next();
  try {
    for (;;) {
      const record = await next;
      if (record.kind === 'block') {
        next = reader.next();
        // Awaited one record later; until then a rejection must not end the process as unhandled.
        next.catch(() => undefined);
      }
      yield record;
      if (record.kind !== 'block') return;
    }
  } finally {
    // The file is closed after this: no read may be in progress.
    await next.catch(() => undefined);
  }
}

interface Tail {
  readonly segment: number;
  readonly writer: FileHandle;
  readonly size: number;
  readonly next: bigint;
}

/** Opens the last segment for appending after its last complete record. */
async function openTail(options: BlockFilesOptions): Promise<Tail> {
  const { directory, newest } = options;
  const segment = await lastSegment(directory);
  if (newest !== undefined && segment < newest.location.segment) {
    throw corrupt(segmentPath(directory, newest.location.segment), 0, noSegment);
  }
  if (segment === 0) return freshTail(directory, 1, 0n);
  const first = await firstBlockOf(directory, segment);
  if (first !== undefined) return repairTail(options, segment, first);
  // A crash right after the file was created: nothing was written after the header.
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
    // Without an index an unfinished write cannot be distinguished from later damage: report it.
    if (last.kind === 'mismatch' && newest === undefined) {
      throw corrupt(file, last.offset, blockIs(last.number, '损坏', 'is damaged'));
    }
    if (last.kind !== 'end') await cut(writer, last.offset);
    return { segment, writer, size: last.offset, next };
  } catch (error) {
    await writer.close();
    throw error;
  }
}

interface End {
  /** The number after the last complete block. */
  readonly next: bigint;
  /** What follows it. */
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
  throw corrupt(file, offset, {
    zh: `此处应为区块 ${expected}，实为 ${found}`,
    en: `holds block ${found} where ${expected} belongs`,
  });
}

function endOf(location: BlockLocation): number {
  return location.offset + FRAME_HEADER_BYTES + location.length;
}
