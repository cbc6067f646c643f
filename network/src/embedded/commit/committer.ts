import {
  buildBlock,
  commitHash,
  encodeBlock,
  headerHash,
  validateBlock,
  withCommitHash,
  withTransactionsFilter,
  type BlockVerdict,
  type ChannelConfig,
  type Halt,
  type Reading,
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
import { CollectionLives } from './collection-lives.js';
import { sealBlock, type OrdererIdentity } from './seal.js';
import type { SignatureMemo } from './signature-memo.js';
import type { Staging } from './staging.js';
import { StateView } from './state-view.js';

const LIFECYCLE_NAMESPACE = '_lifecycle';
/** How often stale staged writes are looked for, in blocks. */
const SWEEP_EVERY = 100n;

interface CommitterParts {
  readonly store: LevelStore;
  readonly files: BlockFiles;
  readonly tables: Tables;
  readonly staging: Staging;
  readonly signatures: SignatureMemo;
  readonly orderer: OrdererIdentity;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** Where the chain stands. */
export interface ChainState {
  readonly config: ChannelConfig;
  readonly savepoint: Savepoint;
  readonly previousHash: Uint8Array;
  readonly mayExpire: boolean;
}

/** An envelope on its way into a block. */
export interface Ordered {
  readonly envelope: Uint8Array;
  /** What it was found to hold, if it was read before. */
  readonly reading: Reading | undefined;
}

export interface CommittedBlock {
  readonly number: bigint;
  /** Raw `common.Block`. */
  readonly bytes: Uint8Array;
  readonly transactions: readonly TransactionOutcome[];
}

/**
 * Makes blocks out of envelopes, one at a time: validate, seal, append to the block files (durable), apply to the
 * store (one synced batch). When `commit` resolves, nothing of the block can be lost.
 */
export class Committer {
  readonly #parts: CommitterParts;
  readonly #state: StateView;
  readonly #lives: CollectionLives;
  #chain: ChainState;
  #compacting: Promise<void> = Promise.resolve();

  constructor(parts: CommitterParts, chain: ChainState) {
    this.#parts = parts;
    this.#chain = chain;
    this.#state = new StateView(parts.tables);
    this.#lives = new CollectionLives(this.#state);
  }

  /** The config in force after the newest block. */
  get config(): ChannelConfig {
    return this.#chain.config;
  }

  get savepoint(): Savepoint {
    return this.#chain.savepoint;
  }

  get previousHash(): Uint8Array {
    return this.#chain.previousHash;
  }

  /**
   * One block of these envelopes; or, when a Fabric peer would stop at one of them, nothing and which one it is.
   * After a rejection (a disk that fails) the ledger must be opened anew.
   */
  async commit(ordered: readonly Ordered[]): Promise<CommittedBlock | Halt> {
    const { config, savepoint } = this.#chain;
    const number = savepoint.block + 1n;
    const envelopes = ordered.map(({ envelope }) => envelope);
    const raw = buildBlock({ number, previousHash: savepoint.headerHash, envelopes });
    const verdict = await validateBlock(
      raw,
      { config, state: this.#state, verify: this.#parts.signatures.verify },
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

  /** Waits for work in the background. */
  async idle(): Promise<void> {
    await this.#compacting;
  }

  async #apply(block: AppliedBlock, config: ChannelConfig): Promise<void> {
    const { store, tables, staging } = this.#parts;
    const { mayExpire } = this.#chain;
    const batch = new WriteBatch();
    const { purged, scheduled } = await addBlock(batch, block, {
      tables,
      lives: this.#lives,
      mayExpire,
      isStaged: (txId) => staging.has(txId),
    });
    const savepoint = savepointOf(block);
    writeSavepoint(batch, savepoint);
    await store.write(batch, { sync: true });
    staging.forget(block.transactions.map(({ txId }) => txId));
    if (block.updates.writes.some(({ namespace }) => namespace === LIFECYCLE_NAMESPACE)) {
      this.#lives.forget();
    }
    this.#chain = {
      config,
      previousHash: block.previousHash,
      mayExpire: mayExpire || scheduled,
      savepoint,
    };
    if (purged) this.#compact();
    if (block.number % SWEEP_EVERY === 0n) await staging.sweep(block.number);
  }

  /** Deleted cleartext stays in level's files until they are rewritten: after a purge they are, in the background. */
  #compact(): void {
    const compact = () => this.#parts.store.compact('privateState', 'stagedByHeight');
    // Only tidiness is lost when it fails: what was purged stays invisible, and the next purge tries again.
    this.#compacting = this.#compacting.then(compact).catch(() => undefined);
  }
}

function codesOf(verdict: BlockVerdict): Uint8Array {
  return Uint8Array.from(verdict.transactions, ({ code }) => code);
}

/** As a peer chains it, so that departments can compare what they committed in 32 bytes. */
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
