import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NetworkError } from '../../errors.js';
import type { Clock } from '../../clock.js';
import { ChainReader } from '../commit/chain-reader.js';
import { Committer, type CommittedBlock } from '../commit/committer.js';
import type { Followers } from '../commit/followers.js';
import { forgetState, recover, type RecoveryProgress } from '../commit/recover.js';
import type { OrdererIdentity } from '../commit/seal.js';
import { SignatureCache } from '../commit/signature-cache.js';
import { Staging } from '../commit/staging.js';
import { Orderer } from '../order/orderer.js';
import { BlockFiles } from '../storage/block-files.js';
import { errorCode } from '../storage/errors.js';
import { syncFolder } from '../storage/file-io.js';
import { StorageHealth } from '../storage/health.js';
import { LevelStore } from '../storage/level-store.js';
import { hasDiskSpace } from '../storage/disk-space.js';
import { readSavepoint } from '../storage/repositories/savepoint.js';
import { tablesOf, type Tables } from '../storage/repositories/tables.js';

export interface ChannelLedgerOptions {
  /** Contains `blocks/` and `level/`; created when absent. */
  readonly directory: string;
  readonly channel: string;
  /** `common.Block`; an empty folder is initialised with it, an existing chain must start with it. */
  readonly genesisBlock: Uint8Array;
  readonly orderer: OrdererIdentity;
  /** Called while the state catches up with the block files: after a crash, or from block 0 when `level/` was removed. */
  readonly onProgress?: ((progress: RecoveryProgress) => void) | undefined;
  /** Rebuilds state and indexes from the block files. Private cleartext, which is in no block, is kept. */
  readonly rebuild?: boolean | undefined;
  /** Size at which a block file is full; default 64 MiB. */
  readonly segmentBytes?: number | undefined;
}

/** The open resources of a ledger: its files, readers and writers. After a failed write all of them are reopened. */
export interface LedgerParts {
  readonly store: LevelStore;
  readonly files: BlockFiles;
  readonly tables: Tables;
  readonly chain: ChainReader;
  readonly staging: Staging;
  readonly committer: Committer;
  readonly signatures: SignatureCache;
  readonly orderer: Orderer;
  readonly health: StorageHealth;
}

interface LedgerPartsDependencies {
  readonly clock: Clock;
  readonly randomBytes?: ((length: number) => Uint8Array) | undefined;
  readonly followers: Followers;
  readonly onFailed: (failure: NetworkError) => void;
}

/** Opens the files and recovers: an unfinished record is cut off, blocks missing in the state are applied. */
export async function openParts(
  options: ChannelLedgerOptions,
  dependencies: LedgerPartsDependencies,
): Promise<LedgerParts> {
  const health = new StorageHealth(dependencies.onFailed);
  const store = await openStore(options.directory, health);
  let files: BlockFiles | undefined;
  try {
    if (options.rebuild === true) await forgetState(store);
    files = await openFiles(options, store, health);
    return await openOn({ store, files, health }, options, dependencies);
  } catch (error) {
    await files?.close();
    await store.close();
    throw error;
  }
}

/** Waits for the block being written; waiting envelopes are refused with CLOSED. */
export async function closeParts(parts: LedgerParts): Promise<void> {
  await parts.orderer.close();
  await parts.signatures.close();
  const closing = [parts.files.close(), parts.store.close()];
  await Promise.allSettled(closing);
  await Promise.all(closing);
}

/** Whether there is enough space for {@link openParts} to succeed. */
export async function hasSpaceForParts(directory: string): Promise<boolean> {
  const folders = [levelFolder(directory), blockFolder(directory)];
  const found = await Promise.all(folders.map((folder) => hasDiskSpace(folder)));
  return found.every((room) => room);
}

async function openOn(
  { store, files, health }: Pick<LedgerParts, 'store' | 'files' | 'health'>,
  options: ChannelLedgerOptions,
  { clock, followers, randomBytes: random = randomBytes }: LedgerPartsDependencies,
): Promise<LedgerParts> {
  const { genesisBlock, orderer: identity, onProgress } = options;
  const tables = tablesOf(store);
  const chain = new ChainReader(files, tables);
  const staging = await Staging.open(store);
  const isStaged = (txId: string) => staging.has(txId);
  const state = await recover({ store, files, tables, chain, genesisBlock, isStaged, onProgress });
  const signatures = new SignatureCache();
  const committer = new Committer(
    { store, files, tables, staging, signatures, orderer: identity, randomBytes: random },
    state,
  );
  const onBlock = (block: CommittedBlock) => {
    chain.remember(block.number, block.bytes);
    followers.publish(block);
  };
  const orderer = new Orderer({ committer, signatures, identity, clock, onBlock });
  return { store, files, tables, chain, staging, committer, signatures, orderer, health };
}

async function openStore(directory: string, health: StorageHealth): Promise<LevelStore> {
  const level = levelFolder(directory);
  try {
    await mkdir(level, { recursive: true });
    await syncFolder(directory);
  } catch (cause) {
    const reason = errorCode(cause);
    const words = {
      zh: `无法创建目录 ${directory}（${reason ?? '原因不明'}）。核对权限和磁盘空间，或者另选目录。`,
      en: `${directory} cannot be made.`,
    };
    throw new NetworkError('DATA_FOLDER_UNUSABLE', words, {
      details: { directory, reason },
      cause,
    });
  }
  return LevelStore.open(level, health);
}

function openFiles(
  { directory, segmentBytes }: ChannelLedgerOptions,
  store: LevelStore,
  health: StorageHealth,
): Promise<BlockFiles> {
  const savepoint = readSavepoint(store);
  const newest = savepoint && { number: savepoint.block, location: savepoint.location };
  return BlockFiles.open({ directory: blockFolder(directory), segmentBytes, newest, health });
}

const levelFolder = (directory: string): string => join(directory, 'level');
const blockFolder = (directory: string): string => join(directory, 'blocks');
