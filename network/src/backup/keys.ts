import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { isTokenUri } from '@yici/keys';
import { Decrypter, Encrypter } from 'age-encryption';
import { secretMode, writeAtomically } from '../atomic.js';
import { NetworkError } from '../errors.js';
import { departmentPaths } from '../pki/layout.js';
import { usersOf } from '../topology/nodes.js';
import type { Topology } from '../topology/schema.js';
import { backupArchive, readBackup, writeBackup } from './archive.js';
import { filesPrefix, fileMember, treeMembers, type BackupMember } from './members.js';
import type { BackupFacts, Manifest } from './manifest.js';

/** scrypt with N = 2^16, r = 8, p = 1: 64 MiB; twice what a custody passphrase takes (`key-vault.ts` of the gateway). */
const workFactor = 16;

/** Folders and files of a data folder without which its data are of no use to it. */
const folders = ['pki', 'identities', 'keys'] as const;
const files = ['topology.yaml', 'genesis.block', 'department.json', 'gateway.yaml'] as const;

/**
 * Writes the keys of a data folder, and what goes with them, into one file under a passphrase (age, age-encryption.org/v1, scrypt).
 * @throws NetworkError DATA_FOLDER_UNUSABLE
 */
export async function writeKeys(
  root: string,
  facts: Pick<BackupFacts, 'channel' | 'genesisHash'>,
  passphrase: string,
  file: string,
): Promise<void> {
  const plain = await buffer(backupArchive(members(root), () => ({ kind: 'keys', ...facts })));
  const age = new Encrypter();
  age.setScryptWorkFactor(workFactor);
  age.setPassphrase(passphrase);
  const sealed = await age.encrypt(plain);
  await writeBackup(file, Readable.from([sealed]));
}

/** How many signing keys of a folder lie in tokens: of those a backup has no more than where they are. */
export function keysInTokens(root: string, { departments }: Topology): number {
  const files = departments.flatMap((department) => {
    const paths = departmentPaths(root, department.id);
    const users = usersOf(department).map(({ name }) => paths.user(name));
    return [paths.peer, paths.orderer, ...users].map(({ msp }) => msp.key);
  });
  return files.filter((file) => existsSync(file) && isTokenUri(readFileSync(file, 'utf8'))).length;
}

/** Files of a backup of keys by their path in the data folder. */
interface OpenedKeys {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** @throws NetworkError BACKUP_LOCKED for another passphrase, BACKUP_DAMAGED, BACKUP_FOREIGN */
export async function openKeys(file: string, passphrase: string): Promise<OpenedKeys> {
  const found = new Map<string, Buffer>();
  const manifest = await readBackup(
    Readable.from([await opened(file, passphrase)]),
    ['keys'],
    async (name, content) => {
      found.set(name.slice(filesPrefix.length), await buffer(content));
    },
  );
  return { manifest, files: found };
}

async function opened(file: string, passphrase: string): Promise<Uint8Array> {
  const sealed = await readFile(file);
  const age = new Decrypter();
  age.addPassphrase(passphrase);
  try {
    return await age.decrypt(sealed);
  } catch (cause) {
    const words = {
      zh: `${file} 不能用该口令打开，或者文件已损坏。`,
      en: `${file} does not open with this passphrase, or is damaged.`,
    };
    throw new NetworkError('BACKUP_LOCKED', words, { details: { file }, cause });
  }
}

/** Where a file of the folder is another one than in the backup; those are not replaced. @throws NetworkError KEYS_DIFFER */
export async function assertNoOther(root: string, { files }: OpenedKeys): Promise<void> {
  const other: string[] = [];
  for (const [name, content] of files) {
    const path = join(root, name);
    if (existsSync(path) && !content.equals(await readFile(path))) other.push(name);
  }
  if (other.length === 0) return;
  const words = {
    zh: `${root} 中已有另外的密钥或者设置：${other.join('、')}。`,
    en: `${root} has other keys or settings already: ${other.join(', ')}.`,
  };
  throw new NetworkError('KEYS_DIFFER', words, { details: { files: other } });
}

export function putKeys(root: string, { files }: OpenedKeys): void {
  for (const [name, content] of files) {
    const path = join(root, name);
    if (!existsSync(path)) writeAtomically(path, content, secretMode);
  }
}

async function* members(root: string): AsyncGenerator<BackupMember> {
  for (const folder of folders) yield* treeMembers(root, folder);
  for (const file of files) yield* fileMember(join(root, file), file);
}
