import { open } from 'node:fs/promises';

/** Writes a file that only its owner may read; resolves when its content is on disk. */
export async function writeSynced(path: string, text: string, flags = 'w'): Promise<void> {
  const handle = await open(path, flags, 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
