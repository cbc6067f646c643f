import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  backupForeign,
  backupOlder,
  filesPrefix,
  genesisHashIn,
  readBackup,
  restoreFolder,
  treeMembers,
  type BackupManifest,
} from '@yici/network';
import { AuditJournal } from '../audit/journal.js';
import { assertSealing, type SealedBy } from '../custody/sealing-key.js';
import { verified, type StoredObject } from '../documents/objects.js';
import { S3Objects } from '../documents/s3-objects.js';
import type { DocumentSettings } from '../documents/store.js';
import { GatewayError } from '../errors.js';
import { IndexReader } from '../index-store/reader.js';
import { openLevelStore } from '../store/level-store.js';
import { documentObjects } from './take-backup.js';

interface Restore {
  readonly file: string;
  /** The data folder, whose `gateway/` is restored. */
  readonly state: string;
  readonly by: SealedBy;
  /** Judge alone, and write nothing. */
  readonly check: boolean;
  /** Where the gateway keeps documents from now on. */
  readonly store?: DocumentSettings['store'];
}

interface Restored {
  readonly manifest: BackupManifest;
  /** The folder with what was there before. */
  readonly before?: string;
  /** Documents that the backup counts on the object store for, and that are not there as they were. */
  readonly lacking: readonly string[];
}

/**
 * Puts a gateway's data back from a backup. What is there and has not come further is kept under another name.
 * @throws GatewayError STATE_FOLDER_LOCKED while the gateway runs, KEY_STORE_UNREADABLE without the key of what is sealed in it;
 * when it is checked, DOCUMENT_MISSING for what is not in the object store; NetworkError BACKUP_DAMAGED, BACKUP_FOREIGN, BACKUP_OLDER
 */
export async function restoreGateway(restore: Restore): Promise<Restored> {
  const { file, state, by, check, store } = restore;
  const directory = join(state, 'gateway');
  const manifest = await readBackup(file, ['gateway']);
  const genesis = genesisHashIn(state);
  if (genesis !== undefined) assertSame(manifest, genesis);
  assertSealing(manifest.sealing, join(directory, 'custody'), by);
  const index = join(directory, 'index');
  const lock = existsSync(index) ? await openLevelStore(index) : undefined;
  try {
    const checkpoint = lock && new IndexReader(lock).checkpoint();
    if (checkpoint !== undefined) assertSame(manifest, checkpoint.genesis);
    await assertNotOlder(directory, manifest);
    const objects = store?.kind === 's3' ? new S3Objects(store, process.env) : undefined;
    const lacking = await lackingIn(objects, manifest);
    if (check) return checked(manifest, lacking);
    const restored = await restoreFolder(file, 'gateway', directory, filled);
    await bringBack(objects, directory);
    await noteRestore(directory, manifest);
    return { ...restored, lacking };
  } finally {
    await lock?.close();
  }
}

/** Those that stayed in the store are read there. */
async function lackingIn(
  objects: S3Objects | undefined,
  { objects: listed = [] }: BackupManifest,
): Promise<readonly string[]> {
  const lacking: string[] = [];
  for (const { sha256, size } of listed) {
    const stored = await objects?.get(sha256).catch(unlessGone);
    if (stored?.size !== size || !(await isWhole(sha256, stored))) lacking.push(sha256);
  }
  return lacking;
}

function unlessGone(error: unknown): undefined {
  if (error instanceof GatewayError && error.code === 'DOCUMENT_MISSING') return undefined;
  throw error;
}

async function isWhole(name: string, stored: StoredObject): Promise<boolean> {
  try {
    await pipeline(verified(name, stored), new Writable({ write: (_piece, _as, next) => next() }));
    return true;
  } catch (error) {
    if (error instanceof GatewayError) return false;
    throw error;
  }
}

/** @throws GatewayError DOCUMENT_MISSING */
function checked(manifest: BackupManifest, lacking: readonly string[]): Restored {
  if (lacking.length === 0) return { manifest, lacking };
  const count = String(lacking.length);
  const words = {
    zh: `备份只登记、未复制的 ${count} 份文件，在对象存储中缺失或者已改变；先以该存储自己的副本恢复。`,
    en: `${count} documents that the backup lists but does not hold are gone from the object store, or are others: restore them from that store’s own copies first.`,
  };
  throw new GatewayError('DOCUMENT_MISSING', words, { details: { objects: lacking } });
}

/** Copies of what an object store held go there again: what is there under a name has its bytes. */
async function bringBack(objects: S3Objects | undefined, directory: string): Promise<void> {
  if (objects === undefined) return;
  for await (const { name, size } of treeMembers(directory, documentObjects)) {
    await objects.put(basename(name), join(directory, name.slice(filesPrefix.length)), size);
  }
}

async function noteRestore(directory: string, { takenAt }: BackupManifest): Promise<void> {
  const journal = await AuditJournal.open(join(directory, 'audit'), () => new Date());
  await journal.append({ kind: 'gateway.restore', takenAt });
  await journal.close();
}

function assertSame({ genesisHash }: BackupManifest, present: string): void {
  if (genesisHash !== present) throw backupForeign({ expected: present, found: genesisHash });
}

/** The journal only grows: where the present one is longer, lines would be lost. */
async function assertNotOlder(folder: string, manifest: BackupManifest): Promise<void> {
  const audit = join(folder, 'audit');
  if (!existsSync(audit)) return;
  const journal = await AuditJournal.open(audit, () => new Date());
  const present = journal.newest.seq + 1;
  await journal.close();
  const kept = (manifest.journal?.seq ?? -1) + 1;
  if (present <= kept) return;
  throw backupOlder({ folder, present: String(present), backup: String(kept) });
}

async function filled(directory: string) {
  const store = await openLevelStore(directory);
  return {
    put: (entries: Iterable<readonly [Buffer, Buffer]>) =>
      store.write(
        [...entries].map(([key, value]) => ({
          type: 'put' as const,
          key: key.toString('utf8'),
          value: value.toString('utf8'),
        })),
        true,
      ),
    close: () => store.close(),
  };
}
