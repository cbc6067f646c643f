import { writeFile } from 'node:fs/promises';
import { ClientError } from '../errors.js';

/** @throws ClientError USAGE when the file exists or cannot be written; files are never overwritten. */
export async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new ClientError(
      'USAGE',
      {
        zh: `${file} 已存在，或者目录不可写，未保存。`,
        en: `${file} is there already, or its folder cannot be written: nothing was kept.`,
      },
      { cause },
    );
  }
}
