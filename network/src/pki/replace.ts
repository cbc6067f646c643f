import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { secretMode, writeAtomically } from '../atomic.js';
import { unreadable } from '../errors.js';

/** A file of a department's folder (`pki/<department>`), and what it is to hold. */
const newFile = z.strictObject({
  /** Relative to the department's folder. */
  path: z.string().min(1),
  content: z.string(),
  secret: z.boolean(),
});
export type NewFile = z.output<typeof newFile>;

/** Fabric reads every file of a folder such as `signcerts`, so what was replaced lies in a folder that no node reads. */
const previousIn = (root: string): string => join(root, '.previous');
const pendingIn = (root: string): string => join(root, '.replacing.json');

/**
 * Replaces files of a department together: a crash leaves all old, or what {@link finishReplacing} makes all new. Keys and
 * certificates that do not belong to each other would keep a node from starting. What was there is kept in `.previous`.
 */
export function replaceTogether(root: string, files: readonly NewFile[]): void {
  writeAtomically(pendingIn(root), JSON.stringify(files), secretMode);
  finishReplacing(root);
}

/** Goes on with a replacement that was interrupted; does nothing when there is none. @throws NetworkError DATA_FOLDER_UNUSABLE */
export function finishReplacing(root: string): void {
  if (!existsSync(pendingIn(root))) return;
  const files = readPending(pendingIn(root));
  for (const file of files) replace(root, file);
  rmSync(pendingIn(root));
}

function replace(root: string, { path, content, secret }: NewFile): void {
  const file = join(root, path);
  const mode = secret ? secretMode : undefined;
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (before === content) return;
  if (before !== undefined) writeAtomically(join(previousIn(root), path), before, mode);
  writeAtomically(file, content, mode);
}

function readPending(file: string): NewFile[] {
  try {
    return z.array(newFile).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** Removes what was replaced: the nodes have started with what replaced it. */
export function forgetPrevious(root: string): void {
  rmSync(previousIn(root), { recursive: true, force: true });
}
