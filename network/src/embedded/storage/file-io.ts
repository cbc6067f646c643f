import { open, type FileHandle } from 'node:fs/promises';
import { corrupt } from './errors.js';

/** Exactly `length` bytes at `offset`. Throws BLOCK_FILE_CORRUPT when the file ends earlier. */
export async function readFully(
  handle: FileHandle,
  file: string,
  offset: number,
  length: number,
): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, done, length - done, offset + done);
    if (bytesRead === 0) {
      throw corrupt(file, offset + done, {
        zh: '文件在记录结束之前中断',
        en: 'the file ends before its record does',
      });
    }
    done += bytesRead;
  }
  return buffer;
}

/** Writes all pieces consecutively from `offset` on; continues after a short write. */
export async function writeFully(
  handle: FileHandle,
  pieces: readonly Uint8Array[],
  offset: number,
): Promise<void> {
  let left = [...pieces];
  let at = offset;
  while (left.length > 0) {
    const { bytesWritten } = await handle.writev(left, at);
    at += bytesWritten;
    left = without(left, bytesWritten);
  }
}

/** Makes the names in a folder durable: without a folder sync a new file may be missing after a crash. */
export async function syncFolder(directory: string): Promise<void> {
  // Windows has no such call; its file system journals names.
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function without(pieces: readonly Uint8Array[], count: number): Uint8Array[] {
  let skip = count;
  const rest: Uint8Array[] = [];
  for (const piece of pieces) {
    if (skip >= piece.length) skip -= piece.length;
    else {
      rest.push(piece.subarray(skip));
      skip = 0;
    }
  }
  return rest;
}
