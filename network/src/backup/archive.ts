import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Sentence } from '@yici/ledger';
import { syncFolder } from '../atomic.js';
import { readTar, type TarMember } from '../archive/read-tar.js';
import { tarEnd, tarHeader, tarPadding } from '../archive/write-tar.js';
import { NetworkError } from '../errors.js';
import { manifestName, manifestSchema, type BackupFacts, type Manifest } from './manifest.js';
import type { BackupMember } from './members.js';
import { backupForeign } from './refusals.js';

/** A backup as a tar file, the manifest last: without it the file is not whole. `facts` are asked for when all members are read. */
export async function* backupArchive(
  members: AsyncIterable<BackupMember>,
  facts: () => BackupFacts,
): AsyncGenerator<Uint8Array> {
  const takenAt = new Date().toISOString();
  const listed: Manifest['members'] = [];
  for await (const { name, size, content } of members) {
    const digest = createHash('sha256');
    let length = 0;
    yield tarHeader(name, size);
    for await (const piece of content) {
      digest.update(piece);
      length += piece.length;
      yield piece;
    }
    if (length !== size) {
      throw damaged(name, {
        zh: '在读取期间长度有变',
        en: 'it changed its length while it was read',
      });
    }
    yield tarPadding(size);
    listed.push({ name, size, sha256: digest.digest('hex') });
  }
  const manifest: Manifest = { v: 1, takenAt, ...facts(), members: listed };
  const last = Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`);
  yield tarHeader(manifestName, last.length);
  yield last;
  yield tarPadding(last.length);
  yield tarEnd;
}

/** Writes a file that is there whole or not at all, for its owner alone; an existing one is not replaced. */
export async function writeBackup(
  file: string,
  archive: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: number }> {
  const partial = `${file}.partial`;
  const claimed = await open(file, 'wx', 0o600).catch((cause: unknown) => {
    throw new NetworkError(
      'DATA_FOLDER_UNUSABLE',
      {
        zh: `${file} 已存在，或者无法写入。另取文件名，或者核对权限。`,
        en: `${file} exists already, or cannot be written.`,
      },
      { details: { file }, cause },
    );
  });
  try {
    const handle = await open(partial, 'w', 0o600);
    try {
      let bytes = 0;
      for await (const piece of archive) {
        await handle.writeFile(piece);
        bytes += piece.length;
      }
      await handle.sync();
      await rename(partial, file);
      syncFolder(dirname(file));
      return { bytes };
    } finally {
      await handle.close();
    }
  } catch (error) {
    await Promise.all([partial, file].map((path) => rm(path, { force: true })));
    throw error;
  } finally {
    await claimed.close();
  }
}

/** Called with each member before the manifest is known; what it does not read is read for the digest. */
type Take = (name: string, content: AsyncIterable<Uint8Array>) => Promise<void>;

/**
 * Reads a backup (a file, or its bytes) to its end and holds every member to the manifest.
 * @throws NetworkError BACKUP_DAMAGED naming the member, BACKUP_FOREIGN when it is of another kind
 */
export async function readBackup(
  source: string | AsyncIterable<Uint8Array>,
  kinds: readonly Manifest['kind'][],
  take?: Take,
): Promise<Manifest> {
  const found = new Map<string, string>();
  let manifest: Manifest | undefined;
  for await (const member of membersOf(source)) {
    if (manifest !== undefined) {
      throw damaged(member.name, { zh: '在清单之后', en: 'it comes after the manifest' });
    }
    if (member.name === manifestName) manifest = await manifestIn(member);
    else found.set(member.name, await digestOf(member, take));
  }
  if (manifest === undefined) {
    throw damaged(manifestName, {
      zh: '缺失，文件不完整',
      en: 'it is missing: the file is not whole',
    });
  }
  for (const { name, sha256 } of manifest.members) {
    if (found.get(name) !== sha256) {
      throw damaged(name, { zh: '与写入时不同', en: 'it is not what was written' });
    }
  }
  if (found.size !== manifest.members.length) {
    throw damaged(manifestName, { zh: '有未列入的文件', en: 'it misses members' });
  }
  if (kinds.includes(manifest.kind)) return manifest;
  throw backupForeign({ expected: kinds.join(', '), found: manifest.kind });
}

function membersOf(source: string | AsyncIterable<Uint8Array>): AsyncGenerator<TarMember> {
  const bytes = typeof source === 'string' ? createReadStream(source) : source;
  return readTar(bytes, {
    invalid: (why, cause) => damaged(manifestName, why, cause),
    unsafe: (member, why) => damaged(member, why),
  });
}

async function digestOf({ name, kind, content }: TarMember, take?: Take): Promise<string> {
  const parts = name.split('/');
  if (kind !== 'file' || parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw damaged(name, { zh: '不是备份中的文件', en: 'it is no file of a backup' });
  }
  const digest = createHash('sha256');
  const read = async function* () {
    for await (const piece of content) {
      digest.update(piece);
      yield piece;
    }
  };
  const bytes = read();
  await take?.(name, bytes);
  let rest = await bytes.next();
  while (rest.done !== true) rest = await bytes.next();
  return digest.digest('hex');
}

async function manifestIn({ name, content }: TarMember): Promise<Manifest> {
  const read = await text(content);
  try {
    return manifestSchema.parse(JSON.parse(read));
  } catch (cause) {
    throw damaged(name, { zh: '不是备份清单', en: 'it is no manifest' }, cause);
  }
}

function damaged(member: string, { zh, en }: Sentence, cause?: unknown): NetworkError {
  const words = {
    zh: `备份文件损坏或者不完整：${member} ${zh}。使用另一份备份。`,
    en: `The backup is damaged or not whole: ${member}: ${en}.`,
  };
  return new NetworkError('BACKUP_DAMAGED', words, { details: { member, why: en }, cause });
}
