import type { Transaction } from '@yici/api';
import type { Caller } from '../callers/caller.js';
import { checkSignature } from '../callers/signature-check.js';
import type { Target } from '../peer/port.js';
import { KeyedQueue } from '../store/keyed-queue.js';
import type { CommandCall } from './transitions.js';
import type { Started } from './idempotency.js';
import type { PendingTransaction, Proposed } from './pending-model.js';
import { mayRetry, type Standing } from './standing.js';
import { expired, notFound, refusal, wrongState } from './transaction-errors.js';
import { transactionView } from './transaction-view.js';
import { asRefused, asSubmitted } from './transitions.js';
import type { WriteParts } from './write-parts.js';

/**
 * The steps of a write: propose, endorse, submit. Before the peer is called the caller's signature is checked and the
 * record is on disk. The result after submission is read from the index.
 */
export class Transactions {
  readonly target: Target;
  readonly #parts: WriteParts;
  readonly #queue = new KeyedQueue();

  constructor(parts: WriteParts) {
    this.target = parts.target;
    this.#parts = parts;
  }

  /**
   * Creates the proposal for the caller to sign; with a known Idempotency-Key, returns the first one, or a new attempt of it
   * when it can be signed no more.
   */
  async propose(call: CommandCall): Promise<Started> {
    const { peer, idempotency, drafts, pending } = this.#parts;
    peer.assertClientKeys();
    const started = await idempotency.once(call, async (request) => {
      const transaction = drafts.first(call);
      await pending.create(transaction, request);
      return transaction;
    });
    if (!started.replayed) return started;
    return { ...started, transaction: await this.#signable(call, started.transaction.id) };
  }

  /**
   * Has the signed proposal endorsed; the answer contains the payload to sign next.
   * @throws ContractError when the contract refuses, which is final.
   */
  endorse(caller: Caller, id: string, signature: Uint8Array): Promise<Transaction> {
    return this.#step(caller, id, async (standing) => {
      const { state, transaction } = standing;
      if (state === 'expired') throw expired(transaction);
      if (transaction.privately && state !== 'proposed') return transaction;
      const signable = this.#parts.drafts.signable(transaction);
      await checkSignature(caller.publicKey, signable, signature);
      if (state === 'refused') throw refusal(transaction);
      return state === 'proposed' ? this.#endorsed(transaction, signature) : transaction;
    });
  }

  /** Submits the signed transaction. A repeat submits the same bytes again, which are ordered once. */
  submit(caller: Caller, id: string, signature: Uint8Array): Promise<Transaction> {
    return this.#step(caller, id, async ({ state, transaction }) => {
      if (state === 'expired') throw expired(transaction);
      if (!('payload' in transaction)) throw wrongState(transaction.id, state, 'submitted');
      await checkSignature(caller.publicKey, Buffer.from(transaction.payload, 'base64'), signature);
      if (state !== 'endorsed' && state !== 'submitted') return transaction;
      const submitted = asSubmitted(transaction, signature);
      await this.#parts.pending.update(submitted);
      await this.#parts.peer.submit(submitted);
      return submitted;
    });
  }

  /** A new signing request for a transaction that ended in a conflict or expired. */
  retry(caller: Caller, id: string): Promise<Transaction> {
    return this.#step(caller, id, async (standing) => {
      const next = this.#parts.drafts.next(retryable(standing));
      await this.#parts.pending.update(next);
      return next;
    });
  }

  /** The state of a transaction; waits up to `milliseconds` for its block if it was submitted. */
  async status(caller: Caller, id: string, milliseconds: number): Promise<Transaction> {
    const { state, transaction } = this.#owned(caller, id);
    if (state !== 'submitted' || milliseconds === 0) return this.view(transaction);
    await this.#parts.peer.submitLeftBehind(transaction);
    await this.#parts.outcomes.whenApplied(transaction.txId, milliseconds);
    return transactionView(this.#owned(caller, id));
  }

  /** Whether the transaction was created here for this caller. */
  owns(caller: Caller, id: string): boolean {
    return this.#parts.pending.find(id)?.owner === caller.fingerprint;
  }

  /** What became of the command with an owner's Idempotency-Key; undefined when none came, or it is long forgotten. */
  outcome(owner: string, key: string): { state: Transaction['state']; txId: string } | undefined {
    const found = this.#parts.pending.findIdempotent(owner, key);
    const transaction = found && this.#parts.pending.find(found.id);
    if (transaction === undefined) return undefined;
    return { state: this.#parts.outcomes.standing(transaction).state, txId: transaction.txId };
  }

  /** The caller's transaction, if it may be retried. @throws GatewayError TRANSACTION_STATE, TRANSACTION_NOT_FOUND */
  retryable(caller: Caller, id: string): PendingTransaction {
    return retryable(this.#owned(caller, id));
  }

  view(transaction: PendingTransaction): Transaction {
    return transactionView(this.#parts.outcomes.standing(transaction));
  }

  /** Serialises the steps of a transaction; each starts from the state that the previous one left. */
  async #step(
    caller: Caller,
    id: string,
    step: (standing: Standing) => Promise<PendingTransaction>,
  ): Promise<Transaction> {
    this.#parts.peer.assertClientKeys();
    return this.#queue.run(this.#owned(caller, id).transaction.id, async () =>
      this.view(await step(this.#owned(caller, id))),
    );
  }

  /** @throws GatewayError TRANSACTION_NOT_FOUND also for another caller's transaction */
  #owned(caller: Caller, id: string): Standing {
    const transaction = this.#parts.pending.find(id);
    if (transaction?.owner !== caller.fingerprint) throw notFound(id);
    return this.#parts.outcomes.standing(transaction);
  }

  /** The transaction of a repeated call; of one that expired, which nothing came of, the next attempt. */
  #signable({ caller, secret }: CommandCall, id: string): Promise<PendingTransaction> {
    return this.#queue.run(id, async () => {
      const { state, transaction } = this.#owned(caller, id);
      if (state !== 'expired') return transaction;
      const next = this.#parts.drafts.next(transaction, secret);
      await this.#parts.pending.update(next);
      return next;
    });
  }

  /** Both outcomes are stored, so that a repeat gives the same answer or error. */
  async #endorsed(transaction: Proposed, signature: Uint8Array): Promise<PendingTransaction> {
    const { peer, pending, drafts } = this.#parts;
    try {
      const endorsed = await peer.endorse(transaction, signature);
      await pending.update(endorsed);
      drafts.forget(endorsed);
      return endorsed;
    } catch (error) {
      const refused = asRefused(transaction, error);
      if (refused !== undefined) {
        await pending.update(refused);
        drafts.refused(refused);
      }
      throw error;
    }
  }
}

function retryable(standing: Standing): PendingTransaction {
  if (mayRetry(standing)) return standing.transaction;
  throw wrongState(standing.transaction.id, standing.state, 'retried');
}
