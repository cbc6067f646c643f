import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, realpath, symlink } from 'node:fs/promises';
import { dirname, join, posix, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { readTar, type TarMember } from '../../archive/read-tar.js';
import { archiveInvalid, archiveUnsafe } from './archive-errors.js';
import { digestMismatch } from './digest.js';

/** Limits above any real release; they stop archives that expand without bound. */
export interface UnpackLimits {
  readonly bytes: number;
  readonly members: number;
}

export const releaseLimits: UnpackLimits = { bytes: 4 * 1024 ** 3, members: 10_000 };

/**
 * Unpacks a tar.gz into a new folder, syncs every file, and checks the digest again while reading, so that the verified
 * bytes are the unpacked ones. When it throws, the caller must remove the folder.
 * @throws NetworkError FABRIC_ARCHIVE_INVALID, FABRIC_ARCHIVE_UNSAFE, FABRIC_DIGEST_MISMATCH; and file system errors.
 */
export async function unpack(
  archive: string,
  digest: string,
  folder: string,
  limits: UnpackLimits = releaseLimits,
): Promise<void> {
  const hash = createHash('sha256');
  try {
    await mkdir(folder, { mode: 0o755 });
    await pipeline(
      createReadStream(archive),
      async function* (source: AsyncIterable<Uint8Array>) {
        for await (const chunk of source) {
          hash.update(chunk);
          yield chunk;
        }
      },
      createGunzip(),
      (source: AsyncIterable<Uint8Array>) =>
        writeMembers(readTar(source, refusals), folder, limits),
    );
  } catch (error) {
    throw isZlibError(error)
      ? archiveInvalid({ zh: '不是完整的 gzip 文件', en: 'it is no whole gzip file' }, error)
      : error;
  }
  const found = hash.digest('hex');
  if (found !== digest) throw digestMismatch(archive, digest, found);
}

const refusals = { invalid: archiveInvalid, unsafe: archiveUnsafe };

function isZlibError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('Z_')
  );
}

/** The kind of each unpacked path; keys are normalised for file systems that ignore case. */
type Tree = Map<string, 'file' | 'directory' | 'link'>;

interface Link {
  readonly path: string;
  readonly target: string;
  readonly kind: 'symbolicLink' | 'hardLink';
}

async function writeMembers(
  members: AsyncIterable<TarMember>,
  folder: string,
  limits: UnpackLimits,
): Promise<void> {
  const tree: Tree = new Map();
  const links: Link[] = [];
  let left = limits.bytes;
  const counted = async function* (content: AsyncIterable<Uint8Array>) {
    for await (const part of content) {
      left -= part.length;
      if (left < 0) {
        throw archiveInvalid({
          zh: '解压后超过发布包可能的大小',
          en: 'it unpacks to more than a release can be',
        });
      }
      yield part;
    }
  };
  for await (const member of members) {
    const path = safePath(member.name);
    // "./" is the archive's root folder.
    if (path === '') continue;
    if (tree.size >= limits.members) {
      throw archiveInvalid({
        zh: '其中的文件多于发布包',
        en: 'it has more members than a release has',
      });
    }
    await makeFolders(dirname(path), tree, folder);
    if (member.kind === 'directory') await makeFolders(path, tree, folder);
    else {
      claim(path, member.kind === 'file' ? 'file' : 'link', tree);
      if (member.kind === 'file') await writeFile(join(folder, path), member, counted);
      else links.push({ path, target: member.target, kind: member.kind });
    }
  }
  await makeLinks(links, tree, folder);
}

/** A member's path within the folder. @throws NetworkError FABRIC_ARCHIVE_UNSAFE */
function safePath(name: string): string {
  const refuse = (zh: string, en: string) => archiveUnsafe(name, { zh, en });
  if (/^[/\\]|^[A-Za-z]:/.test(name)) throw refuse('是绝对路径', 'is an absolute path');
  if (/[\0\\]/.test(name)) {
    throw refuse('含有路径中不允许的字符', 'has a character that no path here has');
  }
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw refuse('指向目录之外', 'leaves the folder');
  return parts.join('/');
}

function keyOf(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function claim(path: string, kind: 'file' | 'link', tree: Tree): void {
  const key = keyOf(path);
  if (tree.has(key)) throw archiveUnsafe(path, { zh: '出现两次', en: 'is in it twice' });
  tree.set(key, kind);
}

/** Creates a folder and its parents; never through a link, because links are created last. */
async function makeFolders(path: string, tree: Tree, folder: string): Promise<void> {
  if (path === '.') return;
  await makeFolders(dirname(path), tree, folder);
  const found = tree.get(keyOf(path));
  if (found === 'directory') return;
  if (found !== undefined) {
    throw archiveUnsafe(path, {
      zh: '既是目录，又是文件或者链接',
      en: `is a ${found} and a folder`,
    });
  }
  tree.set(keyOf(path), 'directory');
  await mkdir(join(folder, path), { mode: 0o755 });
}

async function writeFile(
  file: string,
  { content, executable }: TarMember,
  counted: (content: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
): Promise<void> {
  // 'wx' neither follows links nor overwrites. Modes are set here: no set-user-id, not writable for others.
  const handle = await open(file, 'wx', executable ? 0o755 : 0o644);
  try {
    for await (const part of counted(content)) await handle.writeFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const pointsTo = (path: string, target: string) =>
  archiveUnsafe(path, { zh: `指向 ${target}`, en: `points to ${target}` });

async function makeLinks(links: readonly Link[], tree: Tree, folder: string): Promise<void> {
  for (const { path, target, kind } of links) {
    if (kind === 'symbolicLink') {
      if (posix.isAbsolute(target)) throw pointsTo(path, target);
      await symlink(target, join(folder, path));
    } else {
      const file = safePath(target);
      if (tree.get(keyOf(file)) !== 'file') throw pointsTo(path, target);
      await link(join(folder, file), join(folder, path));
    }
  }
  // All links exist now: realpath tells whether each leads to a place inside the folder.
  const root = await realpath(folder);
  for (const { path, target } of links) {
    const end = await realpath(join(folder, path)).catch(() => '');
    if (!end.startsWith(root + sep)) throw pointsTo(path, target);
  }
}
