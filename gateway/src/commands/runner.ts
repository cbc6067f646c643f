import { isConflictCode, type Signer } from '@yici/ledger';
import { GatewayError } from '../errors.js';
import { validCode } from '../index-store/validation-codes.js';
import { KeyedQueue } from '../store/keyed-queue.js';
import type { CommandCall } from './transitions.js';
import type { Started } from './idempotency.js';
import type {
  Endorsed,
  PendingTransaction,
  Proposed,
  Refused,
  Submitted,
} from './pending-model.js';
import { invalid, refusal } from './transaction-errors.js';
import { asRefused, asSubmitted, isTakenCaseNo } from './transitions.js';
import type { WriteParts } from './write-parts.js';

export interface RunnerOptions {
  /** Maximum number of attempts. Default 5. */
  readonly attempts?: number;
  /** Records each use of a key; nothing is submitted before it has resolved. */
  readonly onUse?: (transaction: Proposed) => Promise<unknown>;
}

/**
 * Runs a command for a custodial account in one call: propose, sign, endorse, sign, submit, wait. A conflict is retried
 * with a new Fabric id; nothing else is. A refusal by the contract is final.
 */
export class CustodialRunner {
  readonly #parts: WriteParts;
  readonly #attempts: number;
  readonly #onUse: (transaction: Proposed) => Promise<unknown>;
  readonly #queue = new KeyedQueue();

  constructor(parts: WriteParts, options: RunnerOptions = {}) {
    this.#parts = parts;
    this.#attempts = options.attempts ?? 5;
    this.#onUse = options.onUse ?? (() => Promise.resolve());
  }

  /**
   * Runs a command until it is committed or `milliseconds` have passed.
   * @throws ContractError when the contract refuses; GatewayError TRANSACTION_INVALID when the peers found it invalid,
   * PEER_… when the peer cannot be reached (a repeat with the same Idempotency-Key continues the same transaction).
   */
  async run(call: CommandCall, sign: Signer, milliseconds: number): Promise<Started> {
    const { idempotency, drafts, pending } = this.#parts;
    const until = Date.now() + milliseconds;
    const started = await idempotency.once(call, (request) =>
      this.#attempt(drafts.first(call), sign, (record) => pending.create(record, request)),
    );
    try {
      if (started.replayed) await this.#resume(started.transaction);
      return { ...started, transaction: await this.#finish(started.transaction, sign, until) };
    } finally {
      drafts.forget(started.transaction);
    }
  }

  /** Retries a transaction whose conflict became known after its call had timed out. */
  async retry(
    transaction: PendingTransaction,
    sign: Signer,
    milliseconds: number,
  ): Promise<PendingTransaction> {
    const next = await this.#again(transaction, sign);
    return this.#finish(next, sign, Date.now() + milliseconds);
  }

  /**
   * One attempt, up to its submission. The record is stored before the envelope is submitted: after a crash the same
   * bytes are submitted again, and the ledger commits them once.
   */
  async #attempt(draft: Proposed, sign: Signer, store: Store): Promise<Submitted | Refused> {
    const endorsed = await this.#endorse(draft, sign, store);
    if (endorsed.state === 'refused') return endorsed;
    const signature = await sign(Buffer.from(endorsed.payload, 'base64'));
    const submitted = asSubmitted(endorsed, signature);
    await store(submitted);
    await this.#passOn(submitted);
    return submitted;
  }

  /** A refusal is stored too, so that a repeat gives the same error. */
  async #endorse(draft: Proposed, sign: Signer, store: Store): Promise<Endorsed | Refused> {
    const { drafts, peer } = this.#parts;
    try {
      const signature = await sign(drafts.signable(draft));
      const noted = this.#onUse(draft);
      const [endorsed] = await Promise.all([peer.endorse(draft, signature), noted]);
      return endorsed;
    } catch (error) {
      const refused = asRefused(draft, error);
      if (refused === undefined) throw error;
      if (isTakenCaseNo(refused) && refused.attempt < this.#attempts) {
        return this.#endorse(drafts.next(refused), sign, store);
      }
      await store(refused);
      drafts.refused(refused);
      return refused;
    }
  }

  /** After an uncertain failure the block stream shows whether the transaction was ordered. */
  async #passOn(transaction: Submitted): Promise<void> {
    try {
      await this.#parts.peer.submit(transaction);
    } catch (error) {
      if (!isUncertain(error)) throw error;
    }
  }

  async #resume(transaction: PendingTransaction): Promise<void> {
    const standing = this.#parts.outcomes.standing(transaction);
    if (standing.state === 'submitted') await this.#passOn(standing.transaction);
  }

  async #finish(
    transaction: PendingTransaction,
    sign: Signer,
    until: number,
  ): Promise<PendingTransaction> {
    if (transaction.state === 'refused') throw refusal(transaction);
    const left = Math.max(0, until - Date.now());
    const outcome = await this.#parts.outcomes.whenApplied(transaction.txId, left);
    if (outcome === undefined || outcome.code.number === validCode) return transaction;
    if (!isConflictCode(outcome.code.number) || transaction.attempt >= this.#attempts) {
      throw invalid(transaction, outcome);
    }
    return this.#finish(await this.#again(transaction, sign), sign, until);
  }

  /** Serialised per transaction: of two repeats that see the same conflict only the first makes a new attempt. */
  #again(transaction: PendingTransaction, sign: Signer): Promise<PendingTransaction> {
    const { drafts, pending } = this.#parts;
    return this.#queue.run(transaction.id, async () => {
      const newest = pending.find(transaction.id);
      if (newest !== undefined && newest.attempt > transaction.attempt) return newest;
      return this.#attempt(drafts.next(transaction), sign, (record) => pending.update(record));
    });
  }
}

type Store = (record: PendingTransaction) => Promise<void>;

const uncertain: ReadonlySet<string> = new Set([
  'PEER_UNAVAILABLE',
  'PEER_TIMEOUT',
  'ORDERERS_UNAVAILABLE',
]);

function isUncertain(error: unknown): boolean {
  return error instanceof GatewayError && uncertain.has(error.code);
}
