import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { ClientError } from '../errors.js';

/** SHA-256 of salt || content of a file, read as a stream. @throws ClientError USAGE when it cannot be read. */
export async function digestOfFile(file: string, salt: Uint8Array): Promise<string> {
  const hash = createHash('sha256').update(salt);
  try {
    for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  } catch (cause) {
    throw new ClientError(
      'USAGE',
      { zh: `${file} 无法读取。`, en: `${file} cannot be read.` },
      { cause },
    );
  }
  return hash.digest('hex');
}

/**
 * Writes a new file, which is kept only if its content came to its end.
 * @throws ClientError USAGE when the file exists or cannot be written; what the content throws
 */
export async function saveAs(file: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const reserved = await open(file, 'wx', 0o600).catch((cause: unknown) => {
    throw new ClientError(
      'USAGE',
      {
        zh: `${file} 已存在，或者目录不可写，未保存。`,
        en: `${file} is there already, or its folder cannot be written: nothing was kept.`,
      },
      { cause },
    );
  });
  await reserved.close();
  const part = `${file}.part`;
  try {
    await writeAll(part, content);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    await rm(file, { force: true });
    throw error;
  }
}

async function writeAll(file: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    for await (const piece of content) await handle.write(piece);
  } finally {
    await handle.close();
  }
}
