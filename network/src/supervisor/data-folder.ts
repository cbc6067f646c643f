import { accessSync, chmodSync, constants, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Sentence } from '@yici/ledger';
import { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import { NetworkError, unwritable } from '../errors.js';
import { writeAtomically } from '../atomic.js';
import { readJson } from '../read-json.js';

/** Paths of a data folder (`.yici/`). Keys are below `pki/`, see departmentPaths. */
export type DataFolder = Readonly<ReturnType<typeof dataFolder>>;

export function dataFolder(directory: string) {
  const root = resolve(directory);
  const run = join(root, 'run');
  return {
    root,
    topology: join(root, 'topology.yaml'),
    genesis: join(root, 'genesis.block'),
    embedded: join(root, 'embedded'),
    blocks: join(root, 'embedded', 'blocks'),
    /** Configuration and data of native nodes, one folder per department. */
    fabric: join(root, 'fabric'),
    identities: join(root, 'identities'),
    logs: join(root, 'logs'),
    lock: join(run, 'lock'),
    process: join(run, 'network.json'),
    /** The supervisor's records of its native processes. */
    nodes: join(run, 'nodes.json'),
  };
}

/** The record that a running network writes, for commands in other processes. */
const runningNetwork = z.strictObject({
  pid: z.int().positive(),
  engine: z.enum(['embedded', 'fabric']).default('embedded'),
  startedAt: z.iso.datetime(),
  channel: z.string(),
  genesisHash: z.string(),
  peers: z.record(z.string(), z.string()),
  orderers: z.array(z.string()),
});
export type RunningNetwork = z.output<typeof runningNetwork>;

export function writeRunning(folder: DataFolder, running: RunningNetwork): void {
  writeAtomically(folder.process, `${JSON.stringify(running, undefined, 2)}\n`);
}

export function clearRunning(folder: DataFolder): void {
  rmSync(folder.process, { force: true });
  rmSync(folder.nodes, { force: true });
}

/** The record of the network on this folder, if it runs; a record left by a killed process is ignored. */
export async function readRunning(folder: DataFolder): Promise<RunningNetwork | undefined> {
  if (!existsSync(folder.process) || !(await isLocked(folder))) return undefined;
  return readJson(runningNetwork, folder.process);
}

/** Keeps other processes out of a data folder until released; the system releases it when the process ends. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Like {@link lockFolder}, for a folder with keys: its mode is restricted to the owner first. */
export function lockPrivate(folder: DataFolder): Promise<FolderLock> {
  checkWritable(folder);
  restrictToOwner(folder.root);
  return lockFolder(folder);
}

/**
 * Locks the folder for this process by LevelDB's file lock, which, unlike a pid file, cannot be left behind.
 * @throws NetworkError DATA_FOLDER_LOCKED, DATA_FOLDER_UNUSABLE
 */
export async function lockFolder(folder: DataFolder): Promise<FolderLock> {
  checkWritable(folder);
  const level = new ClassicLevel(folder.lock);
  try {
    mkdirSync(folder.lock, { recursive: true, mode: 0o700 });
    await level.open();
  } catch (cause) {
    throw lockFailure(folder, cause);
  }
  return { release: () => level.close() };
}

/** Whether another process, or another network of this process, holds the folder. Writes nothing. */
export async function isLocked(folder: DataFolder): Promise<boolean> {
  if (!existsSync(folder.lock)) return false;
  try {
    const lock = await lockFolder(folder);
    await lock.release();
    return false;
  } catch (error) {
    if (error instanceof NetworkError && error.code === 'DATA_FOLDER_LOCKED') return true;
    throw error;
  }
}

/** @throws NetworkError DATA_FOLDER_LOCKED */
export async function refuseLocked(folder: DataFolder): Promise<void> {
  if (await isLocked(folder)) throw inUse(folder);
}

function inUse({ root }: DataFolder, cause?: unknown): NetworkError {
  const words = {
    zh: `数据目录 ${root} 正被其他进程使用。停止该进程（yici-network down；node up 用 Ctrl-C），或者使用其他目录。`,
    en: `Another process is using the data folder ${root}: stop it (yici-network down; Ctrl-C where node up runs), or name another folder.`,
  };
  return new NetworkError('DATA_FOLDER_LOCKED', words, { details: { folder: root }, cause });
}

/**
 * Creates a folder, or restricts an existing one, to its owner (0700): an older release or another umask may have left it open.
 * @throws NetworkError DATA_FOLDER_UNUSABLE also when it is a shared folder (/tmp), or belongs to another user
 */
export function restrictToOwner(root: string): void {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    const { mode } = statSync(root);
    if ((mode & 0o1000) !== 0) {
      throw unusable(root, {
        zh: '为所有用户共用，请指明其中的一个目录',
        en: 'is shared by all users: name one inside it',
      });
    }
    if ((mode & 0o777) !== 0o700) chmodSync(root, 0o700);
  } catch (cause) {
    if (cause instanceof NetworkError) throw cause;
    const open = {
      zh: '不能改为仅属主可用，请更换目录或者属主',
      en: 'cannot be made private to its owner',
    };
    throw unusable(root, open, cause);
  }
}

function unusable(folder: string, { zh, en }: Sentence, cause?: unknown): NetworkError {
  const words = { zh: `数据目录 ${folder} ${zh}。`, en: `The data folder ${folder} ${en}.` };
  return new NetworkError('DATA_FOLDER_UNUSABLE', words, { details: { folder }, cause });
}

/** @throws NetworkError DATA_FOLDER_UNUSABLE when the folder, or its parent, cannot be written. */
export function checkWritable(folder: DataFolder): void {
  let existing = folder.root;
  while (!existsSync(existing)) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw unwritable(existing, cause);
  }
}

function lockFailure(folder: DataFolder, cause: unknown): NetworkError {
  for (let each = cause; each instanceof Error; each = each.cause) {
    if ('code' in each && each.code === 'LEVEL_LOCKED') return inUse(folder, cause);
  }
  const words = { zh: '不能使用，请核对权限，或者另选目录', en: 'cannot be used' };
  return unusable(folder.root, words, cause);
}
