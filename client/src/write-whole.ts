import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file that its owner alone can read, so that a reader, also after a power cut, sees the old content or the new,
 * never a part, and the new one once this returns: written beside it, synced, renamed over it, its folder synced.
 */
export function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`;
  try {
    writeSynced(openSync(temporary, 'wx', 0o600), text);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
  // A rename lasts only when the folder that holds the name is synced too. Windows syncs no folders.
  if (process.platform !== 'win32') writeSynced(openSync(dirname(path), 'r'));
}

function writeSynced(descriptor: number, text?: string): void {
  try {
    if (text !== undefined) writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
