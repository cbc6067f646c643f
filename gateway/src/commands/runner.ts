import type { Signer } from '@yici/ledger';
import { GatewayError } from '../errors.js';
import { isConflict, validCode } from '../index-store/validation-codes.js';
import { KeyedQueue } from '../store/keyed-queue.js';
import type { CommandCall } from './drafts.js';
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
  /** How often a conflict is simulated again. Default 5. */
  readonly attempts?: number;
  /** Told of every use of a key; no transaction is passed on before it has resolved. */
  readonly onUse?: (transaction: Proposed) => Promise<unknown>;
}

/**
 * Makes a command one call for an account whose key the gateway keeps: propose, sign, endorse, sign, submit, wait. A
 * conflict is simulated again under a new id; a contract's refusal is final; nothing else is tried twice.
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
   * Runs a command to its end, or as far as `milliseconds` allow.
   * @throws ContractError when the contract refuses; GatewayError TRANSACTION_INVALID when the peers' validation did,
   * PEER_… when the peer cannot be reached (the same Idempotency-Key goes on with the same transaction).
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

  /** Runs a conflicted transaction again, when the caller stopped waiting before the conflict was known. */
  async retry(
    transaction: PendingTransaction,
    sign: Signer,
    milliseconds: number,
  ): Promise<PendingTransaction> {
    const next = await this.#again(transaction, sign);
    return this.#finish(next, sign, Date.now() + milliseconds);
  }

  /**
   * One attempt up to the point where its envelope is with the orderers. The record goes to disk before the envelope
   * leaves: after a crash the same bytes are passed on again, and the ledger takes them once.
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

  /** A refused record is an outcome too: it is stored, so that a repeat is refused in the same words. */
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
      return refused;
    }
  }

  /** Whether the peer took it is not known when this fails: the block stream will tell. */
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
    if (!isConflict(outcome.code.number) || transaction.attempt >= this.#attempts) {
      throw invalid(transaction, outcome);
    }
    return this.#finish(await this.#again(transaction, sign), sign, until);
  }

  /** One after the other: of two repeats that see the same conflict only the first may try again. */
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
