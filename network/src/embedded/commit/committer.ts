import {
  buildBlock,
  commitHash,
  encodeBlock,
  headerHash,
  LIFECYCLE_NAMESPACE,
  validateBlock,
  withCommitHash,
  withTransactionsFilter,
  type BlockVerdict,
  type ChannelConfig,
  type Halt,
  type Reading,
  type StateReader,
  type StateUpdates,
  type Version,
} from '@yici/ledger';
import type { BlockFiles } from '../storage/block-files.js';
import { WriteBatch, type LevelStore } from '../storage/level-store.js';
import { writeSavepoint, type Savepoint } from '../storage/repositories/savepoint.js';
import type { Tables } from '../storage/repositories/tables.js';
import {
  VALID,
  addBlock,
  savepointOf,
  type AppliedBlock,
  type TransactionOutcome,
} from './block-batch.js';
import { CollectionRetention } from './collection-retention.js';
import { sealBlock, type OrdererIdentity } from './seal.js';
import type { SignatureCache } from './signature-cache.js';
import type { Staging } from './staging.js';
import { readOnce, stateView } from './state-view.js';

/** Interval, in blocks, of removing stale staged writes. */
const SWEEP_EVERY = 100n;

interface CommitterParts {
  readonly store: LevelStore;
  readonly files: BlockFiles;
  readonly tables: Tables;
  readonly staging: Staging;
  readonly signatures: SignatureCache;
  readonly orderer: OrdererIdentity;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** The end of the chain. */
export interface ChainState {
  readonly config: ChannelConfig;
  readonly savepoint: Savepoint;
  readonly previousHash: Uint8Array;
  readonly mayExpire: boolean;
}

/** An envelope that is to be put into a block. */
export interface Ordered {
  readonly envelope: Uint8Array;
  /** Its decoded form, if it was decoded before. */
  readonly reading: Reading | undefined;
}

export interface CommittedBlock {
  readonly number: bigint;
  /** Raw `common.Block`. */
  readonly bytes: Uint8Array;
  readonly transactions: readonly TransactionOutcome[];
}

/**
 * Builds blocks from envelopes, one at a time: validate, seal, append to the block files (durable), apply to the store
 * (one synced batch). When `commit` resolves, the block is durable.
 */
export class Committer {
  readonly #parts: CommitterParts;
  readonly #state: StateReader;
  readonly #lives: CollectionRetention;
  #chain: ChainState;
  #definedAt: bigint;

  constructor(parts: CommitterParts, chain: ChainState) {
    this.#parts = parts;
    this.#chain = chain;
    this.#definedAt = chain.savepoint.block;
    this.#state = stateView(parts.tables);
    this.#lives = new CollectionRetention(this.#state);
  }

  /** The config in force after the newest block. */
  get config(): ChannelConfig {
    return this.#chain.config;
  }

  /** Number of the newest block that changed the config or a chaincode's definition; until one does, the newest at opening. */
  get definedAt(): bigint {
    return this.#definedAt;
  }

  get savepoint(): Savepoint {
    return this.#chain.savepoint;
  }

  get previousHash(): Uint8Array {
    return this.#chain.previousHash;
  }

  /**
   * Commits one block of these envelopes; if a Fabric peer would stop at one of them, commits nothing and returns which
   * one. After a rejection (disk failure) the ledger must be reopened.
   */
  async commit(ordered: readonly Ordered[]): Promise<CommittedBlock | Halt> {
    const { config, savepoint } = this.#chain;
    const number = savepoint.block + 1n;
    const envelopes = ordered.map(({ envelope }) => envelope);
    const raw = buildBlock({ number, previousHash: savepoint.headerHash, envelopes });
    const verdict = await validateBlock(
      raw,
      { config, state: readOnce(this.#state), verify: this.#parts.signatures.verify },
      ordered.map(({ reading }) => reading),
    );
    if (verdict.halt !== undefined) return verdict.halt;
    const lastConfig = verdict.config === undefined ? savepoint.lastConfig : number;
    const hash = commitHashAfter(number, verdict, savepoint);
    const judged = withCommitHash(withTransactionsFilter(raw, codesOf(verdict)), hash);
    const nonce = this.#parts.randomBytes(24);
    const bytes = encodeBlock(await sealBlock(judged, this.#parts.orderer, lastConfig, nonce));
    const location = await this.#parts.files.append(number, bytes);
    const applied: AppliedBlock = {
      number,
      location,
      previousHash: raw.previousHash,
      headerHash: headerHash(raw),
      commitHash: hash,
      lastConfig,
      transactions: verdict.transactions,
      updates: verdict.updates,
    };
    await this.#apply(applied, verdict.config ?? config);
    return { number, bytes, transactions: verdict.transactions };
  }

  async #apply(block: AppliedBlock, config: ChannelConfig): Promise<void> {
    const { store, tables, staging } = this.#parts;
    const { mayExpire } = this.#chain;
    const batch = new WriteBatch();
    const { scheduled } = await addBlock(batch, block, {
      tables,
      lives: this.#lives,
      mayExpire,
      isStaged: (txId) => staging.has(txId),
    });
    const savepoint = savepointOf(block);
    writeSavepoint(batch, savepoint);
    await store.write(batch, { sync: true });
    staging.forget(block.transactions.map(({ txId }) => txId));
    const defines = definesChaincodes(block.updates);
    if (defines) this.#lives.forget();
    if (defines || config !== this.#chain.config) this.#definedAt = block.number;
    this.#chain = {
      config,
      previousHash: block.previousHash,
      mayExpire: mayExpire || scheduled,
      savepoint,
    };
    if (block.number % SWEEP_EVERY === 0n) await staging.sweep(block.number);
  }
}

/** A definition is public; what departments approve of it is known by its hashes. */
function definesChaincodes({ writes, hashes }: StateUpdates): boolean {
  return [writes, hashes].some((updates) =>
    updates.some(({ namespace }) => namespace === LIFECYCLE_NAMESPACE),
  );
}

function codesOf(verdict: BlockVerdict): Uint8Array {
  return Uint8Array.from(verdict.transactions, ({ code }) => code);
}

/** Chained as by a Fabric peer, so that departments can compare their committed state by 32 bytes. */
function commitHashAfter(number: bigint, verdict: BlockVerdict, before: Savepoint): Uint8Array {
  const heights = new Map<string, Version>();
  for (const [tx, { txId, code }] of verdict.transactions.entries()) {
    if (code === VALID) heights.set(txId, { block: number, tx });
  }
  return commitHash({
    codes: codesOf(verdict),
    updates: verdict.updates,
    heightOf: (txId) => heights.get(txId) ?? { block: number, tx: 0 },
    previous: before.commitHash.length === 0 ? undefined : before.commitHash,
  });
}
