import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  parseBlock,
  parseEnvelope,
  type ChannelConfig,
  type PrivateCollectionWrites,
} from '@yici/ledger';
import { NetworkError } from '../errors.js';
import { systemClock, type Clock } from './clock.js';
import { ChainReader } from './commit/chain-reader.js';
import { Committer, type CommittedBlock } from './commit/committer.js';
import { Followers } from './commit/followers.js';
import { forgetState, recover, type RecoveryProgress } from './commit/recover.js';
import type { OrdererIdentity } from './commit/seal.js';
import { SignatureMemo } from './commit/signature-memo.js';
import { Staging } from './commit/staging.js';
import { openSnapshot } from './commit/state-view.js';
import { Orderer } from './order/orderer.js';
import type {
  ChainInfo,
  ChannelLedger,
  CommitResult,
  CommittedTransaction,
  StateSnapshot,
} from './ports.js';
import { BlockFiles } from './storage/block-files.js';
import { errorCode } from './storage/errors.js';
import { syncFolder } from './storage/file-io.js';
import { LevelStore } from './storage/level-store.js';
import { readSavepoint } from './storage/repositories/savepoint.js';
import { tablesOf, type Tables } from './storage/tables.js';

export interface ChannelLedgerOptions {
  /** Holds `blocks/` and `level/`; made when absent. */
  readonly directory: string;
  readonly channel: string;
  /** `common.Block`; an empty folder begins with it, a used one must have begun with it. */
  readonly genesisBlock: Uint8Array;
  readonly orderer: OrdererIdentity;
  /** Told while the state is brought up to the block files: after a crash, or all of it when `level/` was removed. */
  readonly onProgress?: ((progress: RecoveryProgress) => void) | undefined;
  /** Builds state and indexes anew from the block files; private cleartext, which is in no block, is kept. */
  readonly rebuild?: boolean | undefined;
  /** Size at which a block file is full; 64 MiB when absent. */
  readonly segmentBytes?: number | undefined;
}

export interface ChannelLedgerDependencies {
  readonly clock?: Clock;
  readonly randomBytes?: (length: number) => Uint8Array;
}

/**
 * Opens a channel's ledger, the only one on its folder, and recovers from a crash.
 * Throws NetworkError DATA_FOLDER_LOCKED, DATA_FOLDER_UNUSABLE, BLOCK_FILE_CORRUPT, GENESIS_MISMATCH; LedgerError when
 * the genesis block is none.
 */
export async function openChannelLedger(
  options: ChannelLedgerOptions,
  dependencies: ChannelLedgerDependencies = {},
): Promise<ChannelLedger> {
  checkChannel(options);
  const store = await openStore(options.directory);
  let files: BlockFiles | undefined;
  try {
    if (options.rebuild === true) await forgetState(store);
    files = await openFiles(options, store);
    return await openOn(store, files, options, dependencies);
  } catch (error) {
    await files?.close();
    await store.close();
    throw error;
  }
}

async function openOn(
  store: LevelStore,
  files: BlockFiles,
  options: ChannelLedgerOptions,
  { clock = systemClock, randomBytes: random = randomBytes }: ChannelLedgerDependencies,
): Promise<ChannelLedger> {
  const { genesisBlock, orderer, onProgress } = options;
  const tables = tablesOf(store);
  const chain = new ChainReader(files, tables);
  const staging = await Staging.open(store);
  const isStaged = (txId: string) => staging.has(txId);
  const state = await recover({ store, files, tables, chain, genesisBlock, isStaged, onProgress });
  const signatures = new SignatureMemo();
  const committer = new Committer(
    { store, files, tables, staging, signatures, orderer, randomBytes: random },
    state,
  );
  const followers = new Followers();
  const onBlock = (block: CommittedBlock) => {
    chain.remember(block.number, block.bytes);
    followers.publish(block);
  };
  const parts = { committer, staging, signatures, identity: orderer, clock, onBlock };
  return new EmbeddedLedger(options.channel, {
    store,
    files,
    tables,
    chain,
    staging,
    committer,
    signatures,
    followers,
    orderer: new Orderer(parts),
  });
}

interface LedgerParts {
  readonly store: LevelStore;
  readonly files: BlockFiles;
  readonly tables: Tables;
  readonly chain: ChainReader;
  readonly staging: Staging;
  readonly committer: Committer;
  readonly signatures: SignatureMemo;
  readonly followers: Followers;
  readonly orderer: Orderer;
}

class EmbeddedLedger implements ChannelLedger {
  readonly channel: string;
  readonly #parts: LedgerParts;
  #closing: Promise<void> | undefined;

  constructor(channel: string, parts: LedgerParts) {
    this.channel = channel;
    this.#parts = parts;
  }

  get height(): bigint {
    return this.#parts.committer.savepoint.block + 1n;
  }

  config(): ChannelConfig {
    return this.#parts.committer.config;
  }

  snapshot(): StateSnapshot {
    this.#checkOpen();
    return openSnapshot(this.#parts.store, this.#parts.chain);
  }

  chainInfo(): ChainInfo {
    const { savepoint, previousHash } = this.#parts.committer;
    return {
      height: savepoint.block + 1n,
      currentBlockHash: savepoint.headerHash,
      previousBlockHash: previousHash,
    };
  }

  async blockByNumber(number: bigint): Promise<Uint8Array | undefined> {
    this.#checkOpen();
    return this.#parts.chain.byNumber(number);
  }

  async blockByHash(hash: Uint8Array): Promise<Uint8Array | undefined> {
    this.#checkOpen();
    return this.#parts.chain.byHash(hash);
  }

  async blockByTxId(txId: string): Promise<Uint8Array | undefined> {
    this.#checkOpen();
    return this.#parts.chain.byTxId(txId);
  }

  async transaction(txId: string): Promise<CommittedTransaction | undefined> {
    this.#checkOpen();
    return this.#parts.chain.transaction(txId);
  }

  hasTransaction(txId: string): boolean {
    this.#checkOpen();
    return this.#parts.tables.transactions.has(txId);
  }

  async *blocks(from: bigint, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const { followers } = this.#parts;
    let next = from;
    while (signal?.aborted !== true && !followers.closed) {
      const block = await this.#blockIfThere(next);
      if (block === undefined) await followers.nextBlock(signal);
      else {
        next += 1n;
        yield block;
      }
    }
  }

  async privateWrites(
    block: bigint,
  ): Promise<ReadonlyMap<number, readonly PrivateCollectionWrites[]>> {
    this.#checkOpen();
    return this.#parts.tables.privateWrites.ofBlock(block);
  }

  stagePrivate(txId: string, writes: readonly PrivateCollectionWrites[]): void {
    this.#checkOpen();
    this.#parts.staging.add(txId, this.height, writes);
  }

  order(envelope: Uint8Array): Promise<CommitResult> {
    return this.#parts.orderer.order(envelope);
  }

  whenCommitted(txId: string, signal?: AbortSignal): Promise<CommitResult> {
    const { tables, followers } = this.#parts;
    if (followers.closed) return followers.transaction(txId, signal);
    const place = tables.transactions.get(txId);
    if (place === undefined) return followers.transaction(txId, signal);
    return Promise.resolve({ txId, block: place.block, code: place.code });
  }

  /** Waits for the block being written; what still waits is refused with CLOSED. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { orderer, followers, staging, committer, signatures, files, store } = this.#parts;
    followers.close();
    await orderer.close();
    await staging.settled();
    await committer.idle();
    await signatures.close();
    await files.close();
    await store.close();
  }

  /** Undefined when there is none yet, or when the ledger was closed under the read. */
  async #blockIfThere(number: bigint): Promise<Uint8Array | undefined> {
    if (number >= this.height) return undefined;
    try {
      return await this.#parts.chain.byNumber(number);
    } catch (error) {
      if (this.#parts.followers.closed) return undefined;
      throw error;
    }
  }

  #checkOpen(): void {
    if (this.#parts.followers.closed) throw new NetworkError('CLOSED', 'The ledger is closed.');
  }
}

function checkChannel({ channel, genesisBlock }: ChannelLedgerOptions): void {
  const [envelope] = parseBlock(genesisBlock).envelopes;
  const found = envelope && parseEnvelope(envelope).channelHeader.channelId;
  if (found === channel) return;
  throw new NetworkError(
    'GENESIS_MISMATCH',
    `The genesis block is of channel "${found ?? ''}", not "${channel}".`,
    { details: { channel, found } },
  );
}

async function openStore(directory: string): Promise<LevelStore> {
  const level = join(directory, 'level');
  try {
    await mkdir(level, { recursive: true });
    await syncFolder(directory);
  } catch (cause) {
    throw new NetworkError('DATA_FOLDER_UNUSABLE', `${directory} cannot be made.`, {
      details: { directory, reason: errorCode(cause) },
      cause,
    });
  }
  return LevelStore.open(level);
}

function openFiles(
  { directory, segmentBytes }: ChannelLedgerOptions,
  store: LevelStore,
): Promise<BlockFiles> {
  const savepoint = readSavepoint(store);
  const newest = savepoint && { number: savepoint.block, location: savepoint.location };
  return BlockFiles.open({ directory: join(directory, 'blocks'), segmentBytes, newest });
}
