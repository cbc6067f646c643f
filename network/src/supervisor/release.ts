import { join } from 'node:path';
import { versionIn } from '@yici/terminal';
import { z } from 'zod';
import { writeIfChanged } from '../atomic.js';
import { NetworkError } from '../errors.js';
import { readJson } from '../read-json.js';
import type { DataFolder } from './data-folder.js';

/** Which release a data folder was opened by, the newest of all; folders of before have no note. */
const note = z.object({ release: z.string().regex(/^\d+\.\d+\.\d+/) });
const noteOf = ({ root }: Pick<DataFolder, 'root'>): string => join(root, 'release.json');
const own = versionIn(new URL('../../package.json', import.meta.url));

/**
 * An older release does not know what a newer one wrote, and would take it for damaged, or leave it out.
 * @throws NetworkError DATA_FOLDER_NEWER
 */
export function refuseNewerRelease(folder: Pick<DataFolder, 'root'>): void {
  const found = readJson(note, noteOf(folder))?.release;
  if (found === undefined || compare(found, own) <= 0) return;
  const { root } = folder;
  const words = {
    zh: `${root} 已由版本 ${found} 打开过，本程序为 ${own}。请用 ${found} 或者更新的版本，或者以升级前的备份恢复到空目录。`,
    en: `${root} was opened by release ${found}; this is ${own}. Use ${found} or a newer one, or restore a backup of before the upgrade into an empty folder.`,
  };
  throw new NetworkError('DATA_FOLDER_NEWER', words, { details: { folder: root, found, own } });
}

/** Written under the folder's lock, once nothing refuses it. */
export function noteRelease(folder: Pick<DataFolder, 'root'>): void {
  writeIfChanged(noteOf(folder), `${JSON.stringify({ release: own })}\n`);
}

/** By major, minor and patch; what follows a hyphen is of the same release. */
function compare(one: string, other: string): number {
  const [left, right] = [one, other].map((text) => text.split('-')[0]?.split('.').map(Number));
  const differences = (left ?? []).map((part, index) => part - (right?.[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
