import { join } from 'node:path';
import type { Logger } from 'pino';
import { AuditJournal } from '../audit/journal.js';
import { RefusalNotes } from '../audit/refusals.js';
import { PendingStore } from '../commands/pending-store.js';
import { keyEncryptionKey } from '../custody/sealing-key.js';
import { DocumentStore } from '../documents/store.js';
import { DraftStore } from '../drafts/store.js';
import { compactQueues } from '../index-store/queues.js';
import { UsageLog } from '../stats/usage-log.js';
import { StoreHealth } from '../store/health.js';
import { openLevelStore } from '../store/level-store.js';
import { defaultDocuments, type GatewayOptions } from './options.js';

/**
 * `key`: 32 bytes that seal custodial keys, the keys of documents, and drafts. `levels`: what lies under those stores that do not
 * open their own.
 */
export type Stores = Awaited<ReturnType<typeof openStores>>;

/**
 * Of an index that is built from block 0: fewer, larger tables take a tenth less processor time. The next start reads up to
 * this much of the log again.
 */
const rebuildBuffer = 64 * 1024 * 1024;

export async function openStores(
  options: Pick<GatewayOptions, 'directory' | 'sealing' | 'rebuildIndex' | 'documents'>,
  now: () => Date,
  logger: Logger,
) {
  const { directory, sealing, rebuildIndex, documents = defaultDocuments } = options;
  const opened: { close(): Promise<void> }[] = [];
  const health = new StoreHealth({ logger });
  const level = (name: string, writeBuffer?: number) =>
    openLevelStore(join(directory, name), { health, writeBuffer });
  const keep = <T extends { close(): Promise<void> }>(store: T): T => {
    opened.unshift(store);
    return store;
  };
  try {
    const index = keep(await level('index', rebuildIndex === true ? rebuildBuffer : undefined));
    if (rebuildIndex === true) await emptied(index, logger);
    const pendingLevel = await level('pending');
    const pending = keep(new PendingStore(pendingLevel));
    const onLost = (error: unknown) =>
      logger.error({ err: error }, 'the journal could not be written');
    const audit = keep(await AuditJournal.open(join(directory, 'audit'), now, health));
    const refusals = keep(new RefusalNotes(audit, onLost));
    const journalLevel = await level('journal');
    const journal = keep(new UsageLog(journalLevel, { now, onLost }));
    const key = keyEncryptionKey(join(directory, 'custody'), sealing);
    const drafts = keep(await DraftStore.open(join(directory, 'drafts'), key, now, health));
    const folder = join(directory, 'documents');
    return {
      ...{ health, index, pending, audit, refusals, journal, drafts, key },
      levels: { pending: pendingLevel, journal: journalLevel },
      documents: await DocumentStore.open(folder, key, documents, audit, now, health),
    };
  } catch (error) {
    for (const store of opened) await store.close();
    throw error;
  }
}

async function emptied(index: { clear(): Promise<void> }, logger: Logger): Promise<void> {
  await index.clear();
  logger.warn('the index was emptied as asked: made anew from block 0');
}

export async function closeStores(stores: Stores): Promise<void> {
  await stores.documents.close();
  await stores.drafts.close();
  await stores.refusals.close();
  await stores.audit.close();
  await stores.journal.close();
  await stores.pending.close();
  await stores.index.close();
}

export async function sweepStores(stores: Stores, now: Date): Promise<void> {
  const { pending, journal, drafts, index } = stores;
  const swept = [pending.sweep(now), journal.sweep(now), drafts.sweep(), compactQueues(index)];
  await Promise.all(swept);
}
