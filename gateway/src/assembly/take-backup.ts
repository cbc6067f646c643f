import { join } from 'node:path';
import { backupArchive, storeMembers, treeMembers, type BackupMember } from '@yici/network';
import { lineHead, noLines, type JournalHead } from '../audit/journal.js';
import { apiKeysFile } from '../custody/ensure-accounts.js';
import { sealingProof } from '../custody/sealing-key.js';
import type { Checkpoint } from '../index-store/model.js';
import type { Stores } from './stores.js';

type Entries = AsyncIterable<readonly [key: string, value: string]>;

/** What a gateway's folder holds as files, beside documents: sealed, or without secrets. */
const folders = [
  'audit-archive',
  'custody',
  'drafts',
  'signoff',
  'channel-changes',
  'enrolments',
] as const;
const documentKeys = join('documents', 'keys');

interface BackupSource {
  /** The gateway's own folder. */
  readonly directory: string;
  readonly stores: Pick<Stores, 'audit' | 'documents' | 'levels' | 'key'>;
  /** How far the index has come. */
  readonly checkpoint: Checkpoint;
}

/**
 * A backup of a gateway while it works: everything that it acknowledged before the call is in it. The databases are shown as they are
 * at the call; files are read after it, so that whatever a record names is there. Left out: the index, which is read anew from the
 * blocks; API keys in the clear, of which the accounts have the digests; documents on their way in; sessions, which are in memory.
 */
export function takeBackup(source: BackupSource): AsyncGenerator<Uint8Array> {
  const { stores, checkpoint, directory } = source;
  const copied = new Set<string>();
  let journal = noLines;
  const snapshots = {
    audit: noting(stores.audit.entries(), (head) => (journal = head)),
    pending: stores.levels.pending.entries(),
    journal: stores.levels.journal.entries(),
    records: stores.documents.entries(copied),
  };
  return backupArchive(members(directory, snapshots, copied), () => ({
    kind: 'gateway',
    channel: checkpoint.channel,
    genesisHash: checkpoint.genesis,
    height: checkpoint.block + 1,
    journal,
    sealing: sealingProof(join(directory, 'custody'), stores.key),
  }));
}

async function* members(
  directory: string,
  snapshots: Readonly<Record<'audit' | 'pending' | 'journal' | 'records', Entries>>,
  copied: Set<string>,
): AsyncGenerator<BackupMember> {
  yield* storeMembers('audit', asBytes(snapshots.audit));
  yield* storeMembers('pending', asBytes(snapshots.pending));
  yield* storeMembers('journal', asBytes(snapshots.journal));
  for (const folder of folders) {
    yield* treeMembers(directory, folder, (path) => !path.endsWith(apiKeysFile));
  }
  for await (const member of treeMembers(directory, documentKeys)) {
    yield member;
    copied.add(/([^/]+)\.json$/.exec(member.name)?.[1] ?? '');
  }
  yield* treeMembers(directory, join('documents', 'objects'));
  yield* storeMembers('documents/records', asBytes(snapshots.records));
}

async function* asBytes(entries: Entries) {
  for await (const [key, value] of entries) yield [Buffer.from(key), Buffer.from(value)] as const;
}

/** Tells the journal's newest line among the entries. */
async function* noting(entries: Entries, tell: (head: JournalHead) => void) {
  for await (const entry of entries) {
    const head = lineHead(...entry);
    if (head !== undefined) tell(head);
    yield entry;
  }
}
