import { open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { corrupt, errorCode, noSegment } from './errors.js';
import { readFully, syncFolder, writeFully } from './file-io.js';
import { SEGMENT_HEADER_BYTES, decodeSegmentHeader, encodeSegmentHeader } from './frame.js';

const SEGMENT_NAME = /^(\d{6})\.seg$/;
/** Read handles kept open for random access. */
const MAX_IDLE_READERS = 32;

export function segmentPath(directory: string, segment: number): string {
  return join(directory, `${String(segment).padStart(6, '0')}.seg`);
}

/** The highest segment number in the folder, 0 when there is none. Throws BLOCK_FILE_CORRUPT when one is missing below it. */
export async function lastSegment(directory: string): Promise<number> {
  const names = await readdir(directory);
  const numbers = names
    .flatMap((name) => SEGMENT_NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  const gap = numbers.findIndex((number, index) => number !== index + 1);
  if (gap !== -1) throw corrupt(segmentPath(directory, gap + 1), 0, noSegment);
  return numbers.length;
}

/** Creates a segment file; header and name are durable. */
export async function createSegment(
  directory: string,
  segment: number,
  firstBlock: bigint,
): Promise<FileHandle> {
  const handle = await open(segmentPath(directory, segment), 'wx+', 0o600);
  try {
    await writeFully(handle, [encodeSegmentHeader(firstBlock)], 0);
    await handle.datasync();
    await syncFolder(directory);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return handle;
}

/** The number of the segment's first block; `undefined` when a crash left the header unfinished. Throws BLOCK_FILE_CORRUPT. */
export async function firstBlockOf(
  directory: string,
  segment: number,
): Promise<bigint | undefined> {
  const file = segmentPath(directory, segment);
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size < SEGMENT_HEADER_BYTES) return undefined;
    const header = await readFully(handle, file, 0, SEGMENT_HEADER_BYTES);
    const first = decodeSegmentHeader(header);
    if (first === undefined && header.some((byte) => byte !== 0)) {
      throw corrupt(file, 0, {
        zh: '文件头与其校验和不符',
        en: 'the segment header does not match its checksum',
      });
    }
    return first;
  } finally {
    await handle.close();
  }
}

export async function removeSegment(directory: string, segment: number): Promise<void> {
  await rm(segmentPath(directory, segment));
  await syncFolder(directory);
}

interface Reader {
  readonly opened: Promise<FileHandle>;
  users: number;
}

/** Read handles by segment; the least recently used are closed. */
export class SegmentReaders {
  readonly #directory: string;
  readonly #readers = new Map<number, Reader>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  async use<T>(
    segment: number,
    work: (handle: FileHandle, file: string) => Promise<T>,
  ): Promise<T> {
    const file = segmentPath(this.#directory, segment);
    const reader = this.#readers.get(segment) ?? { opened: open(file, 'r'), users: 0 };
    this.#readers.delete(segment);
    this.#readers.set(segment, reader);
    reader.users += 1;
    try {
      return await work(await reader.opened, file);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') throw corrupt(file, 0, noSegment);
      throw error;
    } finally {
      reader.users -= 1;
      await this.#retire();
    }
  }

  async close(): Promise<void> {
    const readers = [...this.#readers.values()];
    this.#readers.clear();
    const opened = await Promise.allSettled(readers.map((reader) => reader.opened));
    for (const each of opened) if (each.status === 'fulfilled') await each.value.close();
  }

  async #retire(): Promise<void> {
    if (this.#readers.size <= MAX_IDLE_READERS) return;
    for (const [segment, reader] of this.#readers) {
      if (reader.users > 0) continue;
      this.#readers.delete(segment);
      await (await reader.opened).close();
      return;
    }
  }
}
