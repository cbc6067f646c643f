import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One file in a backup; `content` has exactly `size` bytes and is read to its end before the next member is asked for. */
export interface BackupMember {
  readonly name: string;
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Members below it are files of the restored folder. */
export const filesPrefix = 'files/';
/** Members below it are the entries of a key-value store in the restored folder: `store/<folder>/<part>`. */
export const storePrefix = 'store/';

/** A part of a store is held in memory as a whole. */
const partBytes = 4 * 1024 * 1024;
/** Left by a write that has not come to its end, or belonging to the process that has the folder open. */
const passing = /(\.new|\.tmp|(^|\/)LOCK|\.sock)$/;

/**
 * The files below `root`/`path` that `taken` wants, as they are when their turn comes; one that is gone by then is left out. Their
 * writers replace files as a whole or only append.
 */
export async function* treeMembers(
  root: string,
  path: string,
  taken: (path: string) => boolean = () => true,
): AsyncGenerator<BackupMember> {
  const below = await readdir(join(root, path), { recursive: true, withFileTypes: true }).catch(
    unlessMissing([]),
  );
  for (const entry of below) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const name = file.slice(root.length + 1);
    if (!passing.test(name) && taken(name)) yield* fileMember(file, name);
  }
}

/** One file, or its first `limit` bytes; nothing when it is not there. */
export async function* fileMember(
  file: string,
  name: string,
  limit = Infinity,
): AsyncGenerator<BackupMember> {
  const handle = await open(file, 'r').catch(unlessMissing(undefined));
  if (handle === undefined) return;
  try {
    const size = Math.min((await handle.stat()).size, limit);
    const content =
      size === 0 ? [] : handle.createReadStream({ start: 0, end: size - 1, autoClose: false });
    yield { name: filesPrefix + name, size, content };
  } finally {
    await handle.close();
  }
}

const unlessMissing =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return instead;
    throw error;
  };

export type StoreEntry = readonly [key: Uint8Array, value: Uint8Array];

/** A store's entries, in parts: length u32, key, length u32, value; big endian. */
export async function* storeMembers(
  folder: string,
  entries: AsyncIterable<StoreEntry>,
): AsyncGenerator<BackupMember> {
  let [part, size] = [0, 0];
  let held: Uint8Array[] = [];
  const flush = (): BackupMember => {
    part += 1;
    const name = `${storePrefix}${folder}/${String(part).padStart(6, '0')}`;
    const member = { name, size, content: held };
    [held, size] = [[], 0];
    return member;
  };
  for await (const entry of entries) {
    for (const bytes of entry) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      held.push(length, bytes);
      size += 4 + bytes.length;
    }
    if (size >= partBytes) yield flush();
  }
  // A store without entries is restored too.
  if (size > 0 || part === 0) yield flush();
}

/** The entries in a part of a store. */
export function* entriesOf(part: Buffer): Generator<readonly [key: Buffer, value: Buffer]> {
  let at = 0;
  const next = () => {
    const start = at + 4;
    at = start + part.readUInt32BE(at);
    return part.subarray(start, at);
  };
  while (at < part.length) yield [next(), next()];
}
