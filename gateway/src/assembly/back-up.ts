import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { askBackup, readBackup, socketPath, writeBackup } from '@yici/network';
import { pino } from 'pino';
import { readAccounts } from '../custody/account-files.js';
import { isInToken } from '../custody/key-vault.js';
import type { SealedBy } from '../custody/sealing-key.js';
import { IndexReader } from '../index-store/reader.js';
import type { GatewayConfig } from './config.js';
import { noGateway } from './custody-of.js';
import { closeStores, openStores } from './stores.js';
import { takeBackup, type DocumentsOf } from './take-backup.js';

/** Where a running gateway hands out its backup: in its own folder, the only one that its service may write. */
export const backupSocket = (gateway: string): string =>
  socketPath(resolve(gateway, 'run', 'backup.sock'));

const asks = (documents: DocumentsOf): string => `/?documents=${documents}`;

/** What a backup that a running gateway is asked for does with documents in an object store. */
export const documentsAsked = (asked: string): DocumentsOf =>
  asked === asks('checked') ? 'checked' : 'copied';

/**
 * Writes a backup of a gateway: from the running one, or else from its folder. The file is read once more and held to its manifest.
 * @throws GatewayError STATE_FOLDER_UNUSABLE where no gateway has been; NetworkError NOT_RUNNING, DATA_FOLDER_UNUSABLE
 */
export async function backUp(
  config: GatewayConfig,
  by: SealedBy,
  file: string,
  documents: DocumentsOf,
) {
  const directory = join(config.state, 'gateway');
  const running = await askBackup(backupSocket(directory), asks(documents));
  const { bytes } = await (running === undefined
    ? ofStopped({ directory, config, by, file, documents })
    : writeBackup(file, running));
  const manifest = await readBackup(file, ['gateway']);
  const { takenAt, channel, height, genesisHash, journal, objects = [] } = manifest;
  const kept = readAccounts(join(directory, 'custody')).filter(({ key }) => isInToken(key));
  return {
    ...{ bytes, takenAt, channel, height, genesisHash, journal },
    ...{ objects: objects.length, keysInTokens: kept.length },
  };
}

interface Stopped {
  readonly directory: string;
  readonly config: GatewayConfig;
  readonly by: SealedBy;
  readonly file: string;
  readonly documents: DocumentsOf;
}

async function ofStopped({ directory, config, by, file, documents }: Stopped) {
  if (!existsSync(join(directory, 'index'))) throw noGateway(directory);
  const logger = pino({ level: 'silent' });
  const options = { directory, sealing: by, documents: config.documents };
  const stores = await openStores(options, () => new Date(), logger);
  try {
    const checkpoint = new IndexReader(stores.index).checkpoint();
    if (checkpoint === undefined) throw noGateway(directory);
    return await writeBackup(file, takeBackup({ directory, stores, checkpoint, documents }));
  } finally {
    await closeStores(stores);
  }
}
