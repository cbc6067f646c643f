import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';

/** Mode for private keys: readable by the owner only. */
export const secretMode = 0o600;
const publicMode = 0o644;

/**
 * Writes a file atomically: a reader sees the old content, the new content or no file, also after a crash. Writes a
 * temporary file beside it, syncs it, renames it, then syncs the folder. Creates missing folders (0700).
 */
export function writeAtomically(
  file: string,
  content: string | Uint8Array,
  mode = publicMode,
): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(temporary, content, { flag: 'wx', mode, flush: true });
    renameSync(temporary, file);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
  syncFolder(dirname(file));
}

/** Writes the file only if it does not exist; returns whether it was written. */
export function writeOnce(file: string, content: () => string | Uint8Array): boolean {
  if (existsSync(file)) return false;
  writeAtomically(file, content());
  return true;
}

/** Writes the file only if its content differs; avoids a sync per file at every start. */
export function writeIfChanged(file: string, content: string, mode = publicMode): boolean {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return false;
  writeAtomically(file, content, mode);
  return true;
}

/** A rename is durable only after the containing folder is synced. Windows cannot sync folders. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
