import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file atomically and durably, readable by the owner only: a reader sees the old or the new content, also
 * after a power cut. Writes a temporary file beside it, syncs it, renames it, then syncs the folder.
 */
export function writeAtomically(path: string, text: string): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`;
  try {
    writeSynced(openSync(temporary, 'wx', 0o600), text);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
  // A rename is durable only after the containing folder is synced. Windows cannot sync folders.
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
