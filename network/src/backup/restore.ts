import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { syncFolder } from '../atomic.js';
import { readBackup } from './archive.js';
import { entriesOf, filesPrefix, storePrefix } from './members.js';
import type { Manifest } from './manifest.js';

/** A key-value store that is being filled. */
interface StoreSink {
  put(entries: Iterable<readonly [key: Buffer, value: Buffer]>): Promise<void>;
  close(): Promise<void>;
}

type OpenStore = (directory: string) => Promise<StoreSink>;

export interface Restored {
  readonly manifest: Manifest;
  /** Where what was there before has been moved; absent when nothing was. */
  readonly before?: string;
}

/**
 * Unpacks a backup beside `folder`, holds it to its manifest, and then puts it in the folder's place; what was there is kept beside
 * it under another name. An interruption leaves `folder` as it was; between the two renames it leaves both beside its name.
 * @param openStore opens the (empty) key-value store in a folder
 * @throws NetworkError BACKUP_DAMAGED, BACKUP_FOREIGN
 */
export async function restoreFolder(
  file: string,
  kind: 'gateway' | 'embedded' | 'peer',
  folder: string,
  openStore: OpenStore,
): Promise<Restored> {
  const fresh = `${folder}.restoring`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  try {
    const manifest = await unpack(file, kind, fresh, openStore);
    const before = existsSync(folder) ? `${folder}.before-${stampOf(new Date())}` : undefined;
    if (before !== undefined) await rename(folder, before);
    await rename(fresh, folder);
    syncFolder(dirname(folder));
    return { manifest, ...(before !== undefined && { before }) };
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

async function unpack(
  file: string,
  kind: Manifest['kind'],
  fresh: string,
  openStore: OpenStore,
): Promise<Manifest> {
  const stores = new Map<string, StoreSink>();
  const storeAt = async (path: string): Promise<StoreSink> => {
    const known = stores.get(path);
    if (known !== undefined) return known;
    const directory = join(fresh, path);
    await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
    const store = await openStore(directory);
    stores.set(path, store);
    return store;
  };
  try {
    return await readBackup(file, [kind], async (name, content) => {
      if (name.startsWith(filesPrefix)) {
        await writeFileSynced(join(fresh, name.slice(filesPrefix.length)), content);
      } else if (name.startsWith(storePrefix)) {
        const store = await storeAt(dirname(name.slice(storePrefix.length)));
        await store.put(entriesOf(await buffer(content)));
      }
    });
  } finally {
    for (const store of stores.values()) await store.close();
  }
}

const stampOf = (time: Date): string =>
  time
    .toISOString()
    .replace(/[^0-9]/g, '')
    .slice(0, 14);

async function writeFileSynced(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await open(path, 'wx', 0o600);
  try {
    for await (const piece of content) await handle.writeFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
