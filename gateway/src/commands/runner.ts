import type { Signer } from '@yici/ledger';
import type { ContractError } from '../errors.js';
import { GatewayError } from '../errors.js';
import type { TransactionRow } from '../index-store/model.js';
import { isConflict, validCode } from '../index-store/validation-codes.js';
import { KeyedQueue } from '../store/keyed-queue.js';
import type { PendingTransaction } from './pending-model.js';
import type { PendingStore } from './pending-store.js';
import { isTakenCaseNo } from './transaction-view.js';
import {
  asRefused,
  asSubmitted,
  refusal,
  type CommandCall,
  type Started,
  type Transactions,
} from './transactions.js';

export interface RunnerOptions {
  /** How often a conflict is simulated again. Default 5. */
  readonly attempts?: number;
  /** Told of every use of a key; no transaction is passed on before it has resolved. */
  readonly onUse?: (transaction: PendingTransaction) => Promise<unknown>;
}

/**
 * Makes a command one call for an account whose key the gateway keeps: propose, sign, endorse, sign, submit, wait. A
 * conflict is simulated again under a new id; a contract's refusal is final; nothing else is tried twice.
 */
export class CustodialRunner {
  readonly #transactions: Transactions;
  readonly #pending: PendingStore;
  readonly #attempts: number;
  readonly #onUse: (transaction: PendingTransaction) => Promise<unknown>;
  readonly #queue = new KeyedQueue();

  constructor(transactions: Transactions, pending: PendingStore, options: RunnerOptions = {}) {
    this.#transactions = transactions;
    this.#pending = pending;
    this.#attempts = options.attempts ?? 5;
    this.#onUse = options.onUse ?? (() => Promise.resolve());
  }

  /**
   * Runs a command to its end, or as far as `milliseconds` allow.
   * @throws ContractError when the contract refuses; GatewayError TRANSACTION_INVALID when the peers' validation did,
   * PEER_… when the peer cannot be reached (the same Idempotency-Key goes on with the same transaction).
   */
  async run(call: CommandCall, sign: Signer, milliseconds: number): Promise<Started> {
    const until = Date.now() + milliseconds;
    const started = await this.#transactions.once(call, async (request) => {
      const draft = this.#transactions.draft(call);
      return this.#attempt(draft, sign, (record) => this.#pending.create(record, request));
    });
    try {
      return await this.#settled(started, sign, until);
    } finally {
      this.#transactions.forget(started.transaction);
    }
  }

  async #settled(started: Started, sign: Signer, until: number): Promise<Started> {
    const transaction = started.replayed
      ? await this.#resume(started.transaction)
      : started.transaction;
    return { ...started, transaction: await this.#finish(transaction, sign, until) };
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
  async #attempt(
    draft: PendingTransaction,
    sign: Signer,
    store: (record: PendingTransaction) => Promise<void>,
  ): Promise<PendingTransaction> {
    const endorsed = await this.#endorse(draft, sign, store);
    if (endorsed.state === 'refused') return endorsed;
    const signature = await sign(Buffer.from(endorsed.payload ?? '', 'base64'));
    const submitted = asSubmitted(endorsed, signature);
    await store(submitted);
    await this.#passOn(submitted);
    return submitted;
  }

  /** A refused record is an outcome too: it is stored, so that a repeat is refused in the same words. */
  async #endorse(
    draft: PendingTransaction,
    sign: Signer,
    store: (record: PendingTransaction) => Promise<void>,
  ): Promise<PendingTransaction> {
    try {
      const signature = await sign(this.#transactions.signable(draft));
      const noted = this.#onUse(draft);
      const [endorsed] = await Promise.all([this.#transactions.endorsed(draft, signature), noted]);
      return endorsed;
    } catch (error) {
      const refused = asRefused(draft, error);
      if (refused === undefined) throw error;
      if (isTakenCaseNo(refused) && refused.attempt < this.#attempts) {
        return this.#endorse(this.#transactions.redraft(refused), sign, store);
      }
      await store(refused);
      return refused;
    }
  }

  /** Whether the peer took it is not known when this fails: the block stream will tell. */
  async #passOn(transaction: PendingTransaction): Promise<void> {
    try {
      await this.#transactions.passOn(transaction);
    } catch (error) {
      if (!isUncertain(error)) throw error;
    }
  }

  async #resume(transaction: PendingTransaction): Promise<PendingTransaction> {
    const view = this.#transactions.view(transaction);
    if (view.state === 'submitted') await this.#passOn(transaction);
    return transaction;
  }

  async #finish(
    transaction: PendingTransaction,
    sign: Signer,
    until: number,
  ): Promise<PendingTransaction> {
    if (transaction.state === 'refused') throw refusal(transaction);
    const left = Math.max(0, until - Date.now());
    const outcome = await this.#transactions.whenApplied(transaction.txId, left);
    if (outcome === undefined || outcome.code.number === validCode) return transaction;
    if (!isConflict(outcome.code.number) || transaction.attempt >= this.#attempts) {
      throw invalid(transaction, outcome);
    }
    return this.#finish(await this.#again(transaction, sign), sign, until);
  }

  /** One after the other: of two repeats that see the same conflict only the first may try again. */
  #again(transaction: PendingTransaction, sign: Signer): Promise<PendingTransaction> {
    return this.#queue.run(transaction.id, async () => {
      const newest = this.#pending.find(transaction.id);
      if (newest !== undefined && newest.attempt > transaction.attempt) return newest;
      const next = this.#transactions.redraft(transaction);
      return this.#attempt(next, sign, (record) => this.#pending.update(record));
    });
  }
}

const uncertain: ReadonlySet<string> = new Set([
  'PEER_UNAVAILABLE',
  'PEER_TIMEOUT',
  'ORDERERS_UNAVAILABLE',
]);

function isUncertain(error: unknown): boolean {
  return error instanceof GatewayError && uncertain.has(error.code);
}

function invalid(
  transaction: PendingTransaction,
  outcome: TransactionRow,
): GatewayError | ContractError {
  return new GatewayError(
    'TRANSACTION_INVALID',
    `The transaction was ordered and found invalid: ${outcome.code.name}.`,
    {
      details: {
        id: transaction.id,
        txId: transaction.txId,
        block: outcome.block,
        validation: outcome.code,
      },
    },
  );
}
