import { setTimeout as delay } from 'node:timers/promises';
import {
  parseBlock,
  parseEnvelope,
  type ChannelConfig,
  type PrivateCollectionWrites,
} from '@yici/ledger';
import { ledgerClosed, NetworkError } from '../../errors.js';
import { systemClock, type Clock } from '../../clock.js';
import { Followers } from '../commit/followers.js';
import { openSnapshot } from '../commit/state-view.js';
import {
  closeParts,
  openParts,
  hasSpaceForParts,
  type ChannelLedgerOptions,
  type LedgerParts,
} from './ledger-parts.js';
import { ledgerFiles } from './ledger-files.js';
import { silentLogger, type Logger } from '../../logger.js';
import type {
  ChainInfo,
  ChannelLedger,
  CommitResult,
  CommittedTransaction,
  StateSnapshot,
} from '../ports.js';

export interface ChannelLedgerDependencies {
  readonly clock?: Clock;
  readonly randomBytes?: (length: number) => Uint8Array;
  readonly logger?: Logger;
  /** Milliseconds between attempts to reopen files after a failed write. Default 1000. */
  readonly healEvery?: number;
}

/**
 * Opens a channel's ledger, exclusively for its folder, and recovers from a crash. When a write fails later, it refuses
 * transactions, continues to serve reads, and reopens its files as soon as there is space, without a restart of the
 * process. Throws NetworkError DATA_FOLDER_LOCKED, DATA_FOLDER_UNUSABLE, BLOCK_FILE_CORRUPT, GENESIS_MISMATCH,
 * LEDGER_FAILED; LedgerError when the genesis block is malformed.
 */
export async function openChannelLedger(
  options: ChannelLedgerOptions,
  dependencies: ChannelLedgerDependencies = {},
): Promise<ChannelLedger> {
  checkChannel(options);
  return EmbeddedLedger.open(options, dependencies);
}

class EmbeddedLedger implements ChannelLedger {
  readonly channel: string;
  readonly #options: ChannelLedgerOptions;
  readonly #dependencies: ChannelLedgerDependencies;
  readonly #followers = new Followers();
  readonly #stop = new AbortController();
  #parts!: LedgerParts;
  #opened = false;
  #failure: NetworkError | undefined;
  /** True between closing the files and having reopened them: reads fail too. */
  #shut = false;
  #healing: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  private constructor(options: ChannelLedgerOptions, dependencies: ChannelLedgerDependencies) {
    this.channel = options.channel;
    this.#options = options;
    this.#dependencies = dependencies;
  }

  static async open(
    options: ChannelLedgerOptions,
    dependencies: ChannelLedgerDependencies,
  ): Promise<EmbeddedLedger> {
    const ledger = new EmbeddedLedger(options, dependencies);
    ledger.#parts = await ledger.#openParts(options);
    ledger.#opened = true;
    return ledger;
  }

  get failure(): NetworkError | undefined {
    return this.#failure;
  }

  get height(): bigint {
    return this.#parts.committer.savepoint.block + 1n;
  }

  get definedAt(): bigint {
    return this.#parts.committer.definedAt;
  }

  config(): ChannelConfig {
    return this.#parts.committer.config;
  }

  snapshot(): StateSnapshot {
    const { store, chain } = this.#readable;
    return openSnapshot(store, chain);
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
    return this.#readable.chain.byNumber(number);
  }

  async blockByHash(hash: Uint8Array): Promise<Uint8Array | undefined> {
    return this.#readable.chain.byHash(hash);
  }

  async blockByTxId(txId: string): Promise<Uint8Array | undefined> {
    return this.#readable.chain.byTxId(txId);
  }

  async transaction(txId: string): Promise<CommittedTransaction | undefined> {
    return this.#readable.chain.transaction(txId);
  }

  hasTransaction(txId: string): boolean {
    return this.#readable.tables.transactions.has(txId);
  }

  async *blocks(from: bigint, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const followers = this.#followers;
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

  async privateWrites(block: bigint): ReturnType<ChannelLedger['privateWrites']> {
    return this.#readable.tables.privateWrites.ofBlock(block);
  }

  async stagePrivate(txId: string, writes: readonly PrivateCollectionWrites[]): Promise<void> {
    await this.#readable.staging.add(txId, this.height, writes);
  }

  async order(envelope: Uint8Array): Promise<CommitResult> {
    const { orderer, health } = this.#readable;
    health.check();
    return orderer.order(envelope);
  }

  async whenCommitted(txId: string, signal?: AbortSignal): Promise<CommitResult> {
    const found = this.#followers.closed || this.#shut ? undefined : this.#committed(txId);
    if (found !== undefined) return found;
    return this.#followers.transaction(txId, signal);
  }

  files(height: (blocks: bigint) => void): ReturnType<ChannelLedger['files']> {
    return ledgerFiles(this.#readable.store, this.#options.directory, height);
  }

  /** Waits for the block being written; waiting envelopes are refused with CLOSED. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#stop.abort();
    this.#followers.close();
    await this.#healing;
    if (!this.#shut) await closeParts(this.#parts);
  }

  #openParts(options: ChannelLedgerOptions): Promise<LedgerParts> {
    const { clock = systemClock, randomBytes } = this.#dependencies;
    const onFailed = (failure: NetworkError) => this.#onFailed(failure);
    return openParts(options, { clock, randomBytes, followers: this.#followers, onFailed });
  }

  /** Failures while the files are being opened are reported to the opener. */
  #onFailed(failure: NetworkError): void {
    if (!this.#opened || this.#failure !== undefined) return;
    this.#failure = failure;
    const { logger = silentLogger } = this.#dependencies;
    logger.error({ err: failure }, 'the ledger cannot be written and takes no transactions');
    this.#healing = this.#heal();
  }

  /** Retries until the files are open and consistent. */
  async #heal(): Promise<void> {
    const { healEvery = 1_000 } = this.#dependencies;
    const { signal } = this.#stop;
    do {
      await delay(healEvery, undefined, { signal, ref: false }).catch(() => undefined);
    } while (!signal.aborted && !(await this.#isHealed()));
  }

  async #isHealed(): Promise<boolean> {
    const { logger = silentLogger } = this.#dependencies;
    if (!(await hasSpaceForParts(this.#options.directory))) return false;
    try {
      await this.#reopen();
      logger.info({ height: String(this.height) }, 'the ledger was opened anew and can be written');
      return true;
    } catch (error) {
      logger.warn({ err: error }, 'the ledger could not be opened anew yet');
      return false;
    }
  }

  async #reopen(): Promise<void> {
    if (!this.#shut) {
      this.#shut = true;
      await closeParts(this.#parts);
    }
    this.#parts = await this.#openParts({ ...this.#options, rebuild: false });
    this.#shut = false;
    this.#failure = undefined;
    // A block that had already reached the block files is now in the chain, and its followers were not notified.
    this.#followers.publishMissed((txId) => this.#committed(txId));
  }

  #committed(txId: string): CommitResult | undefined {
    const place = this.#parts.tables.transactions.get(txId);
    return place && { txId, block: place.block, code: place.code };
  }

  /** Undefined when the block does not exist or the ledger was closed during the read. */
  async #blockIfThere(number: bigint): Promise<Uint8Array | undefined> {
    if (number >= this.height) return undefined;
    try {
      return await this.#readable.chain.byNumber(number);
    } catch (error) {
      if (this.#followers.closed) return undefined;
      throw error;
    }
  }

  /** The parts while they are open; otherwise throws CLOSED, or LEDGER_FAILED while the files are being reopened. */
  get #readable(): LedgerParts {
    if (this.#followers.closed) throw ledgerClosed();
    if (this.#shut && this.#failure !== undefined) throw this.#failure;
    return this.#parts;
  }
}

function checkChannel({ channel, genesisBlock }: ChannelLedgerOptions): void {
  const [envelope] = parseBlock(genesisBlock).envelopes;
  const found = envelope && parseEnvelope(envelope).channelHeader.channelId;
  if (found === channel) return;
  throw new NetworkError(
    'GENESIS_MISMATCH',
    {
      zh: `创世区块属于通道“${found ?? ''}”，不是“${channel}”。使用该通道的创世区块，或者换一个目录。`,
      en: `The genesis block is of channel "${found ?? ''}", not "${channel}".`,
    },
    { details: { channel, found } },
  );
}
