import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  backupForeign,
  backupOlder,
  genesisHashIn,
  readBackup,
  restoreFolder,
  type BackupManifest,
} from '@yici/network';
import { AuditJournal } from '../audit/journal.js';
import { assertSealing, type SealedBy } from '../custody/sealing-key.js';
import { IndexReader } from '../index-store/reader.js';
import { openLevelStore } from '../store/level-store.js';

interface Restore {
  readonly file: string;
  /** The data folder, whose `gateway/` is restored. */
  readonly state: string;
  readonly by: SealedBy;
  /** Judge alone, and write nothing. */
  readonly check: boolean;
}

interface Restored {
  readonly manifest: BackupManifest;
  /** The folder with what was there before. */
  readonly before?: string;
}

/**
 * Puts a gateway's data back from a backup. What is there and has not come further is kept under another name.
 * @throws GatewayError STATE_FOLDER_LOCKED while the gateway runs, KEY_STORE_UNREADABLE without the key of what is sealed in it;
 * NetworkError BACKUP_DAMAGED, BACKUP_FOREIGN, BACKUP_OLDER
 */
export async function restoreGateway({ file, state, by, check }: Restore): Promise<Restored> {
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
    if (check) return { manifest };
    return await restoreFolder(file, 'gateway', directory, filled);
  } finally {
    await lock?.close();
  }
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
