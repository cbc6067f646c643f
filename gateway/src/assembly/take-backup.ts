import { basename, join } from 'node:path';
import {
  backupArchive,
  filesPrefix,
  storeMembers,
  treeMembers,
  type BackupManifest,
  type BackupMember,
} from '@yici/network';
import { lineHead, noLines, type JournalHead } from '../audit/journal.js';
import { apiKeysFile } from '../custody/ensure-accounts.js';
import { sealingProof } from '../custody/sealing-key.js';
import { verified } from '../documents/objects.js';
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
export const documentObjects = join('documents', 'objects');

/** What becomes of documents in an object store: they are copied, or read there, listed, and left to that store's own copies. */
export type DocumentsOf = 'copied' | 'checked';
type Objects = NonNullable<BackupManifest['objects']>;

interface BackupSource {
  /** The gateway's own folder. */
  readonly directory: string;
  readonly stores: Pick<Stores, 'audit' | 'documents' | 'levels' | 'key'>;
  /** How far the index has come. */
  readonly checkpoint: Checkpoint;
  readonly documents: DocumentsOf;
}

/**
 * A backup of a gateway while it works: everything that it acknowledged before the call is in it. The databases are shown as they are
 * at the call; files are read after it, so that whatever a record names is there. Left out: the index, which is read anew from the
 * blocks; API keys in the clear, of which the accounts have the digests; documents on their way in; sessions, which are in memory.
 * That it was taken is the newest line of the journal in it.
 */
export async function* takeBackup(source: BackupSource): AsyncGenerator<Uint8Array> {
  const { stores, checkpoint, directory } = source;
  const height = checkpoint.block + 1;
  await stores.audit.append({ kind: 'gateway.backup', height });
  const copied = new Set<string>();
  let journal = noLines;
  const snapshots = {
    audit: noting(stores.audit.entries(), (head) => (journal = head)),
    pending: stores.levels.pending.entries(),
    journal: stores.levels.journal.entries(),
    records: stores.documents.entries(copied),
  };
  const objects: Objects = [];
  yield* backupArchive(members(source, snapshots, copied, objects), () => ({
    kind: 'gateway',
    channel: checkpoint.channel,
    genesisHash: checkpoint.genesis,
    ...{ height, journal },
    ...(objects.length > 0 && { objects }),
    sealing: sealingProof(join(directory, 'custody'), stores.key),
  }));
}

async function* members(
  { directory, stores, documents }: BackupSource,
  snapshots: Readonly<Record<'audit' | 'pending' | 'journal' | 'records', Entries>>,
  copied: Set<string>,
  objects: Objects,
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
  if (stores.documents.inFolder) yield* treeMembers(directory, documentObjects);
  else {
    for await (const member of elsewhere(stores.documents, copied)) {
      if (documents === 'copied') yield member;
      else objects.push({ sha256: basename(member.name), size: await lengthOf(member) });
    }
  }
  yield* storeMembers('documents/records', asBytes(snapshots.records));
}

/** The documents in an object store, as members where a folder would have them. */
async function* elsewhere(
  documents: BackupSource['stores']['documents'],
  ids: ReadonlySet<string>,
): AsyncGenerator<BackupMember> {
  for (const id of ids) {
    const stored = await documents.stored(id);
    if (stored === undefined) continue;
    const { name, size } = stored;
    const path = join(documentObjects, name.slice(0, 2), name);
    yield { name: filesPrefix + path, size, content: verified(name, stored) };
  }
}

async function lengthOf({ content }: BackupMember): Promise<number> {
  let length = 0;
  for await (const piece of content) length += piece.length;
  return length;
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
