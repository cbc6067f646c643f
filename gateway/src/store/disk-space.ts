import { open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** Free space required in addition to what opening a store writes. */
const spare = 4 * 1024 * 1024;
const probe = Buffer.alloc(1024 * 1024);

/**
 * Whether a folder's disk has space for reopening the store in it: LevelDB first writes its logs as tables. Some bytes
 * are written as a test, because quotas do not show in the file system's figures.
 */
export async function hasDiskSpace(directory: string): Promise<boolean> {
  const file = join(directory, '.room');
  try {
    const { bavail, bsize } = await statfs(directory);
    if (bavail * bsize < (await logBytes(directory)) + spare) return false;
    const handle = await open(file, 'w', 0o600);
    try {
      await handle.writeFile(probe);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    return true;
  } catch {
    return false;
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}

async function logBytes(directory: string): Promise<number> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.log'));
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(directory, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
