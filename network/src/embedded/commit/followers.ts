import { EventEmitter, once } from 'node:events';
import { ledgerClosed, NetworkError } from '../../errors.js';
import type { CommitResult } from '../ports.js';
import type { CommittedBlock } from './committer.js';

const BLOCK = 'block';
/** A prefix, because clients choose the ids that they ask for. */
const TRANSACTION = 'transaction ';

/** Subscribers that wait for the next block or for a transaction. */
export class Followers {
  readonly #events = new EventEmitter().setMaxListeners(0);
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  /** Notifies the subscribers of a block. */
  publish({ number, transactions }: CommittedBlock): void {
    for (const { txId, code } of transactions) {
      this.#events.emit(TRANSACTION + txId, { txId, block: number, code });
    }
    this.#events.emit(BLOCK);
  }

  /** Notifies the subscribers of blocks that were committed without a notification. */
  publishMissed(find: (txId: string) => CommitResult | undefined): void {
    for (const name of this.#events.eventNames().map(String)) {
      const result = name === BLOCK ? undefined : find(name.slice(TRANSACTION.length));
      if (result !== undefined) this.#events.emit(name, result);
    }
    this.#events.emit(BLOCK);
  }

  /** Resolves at the next block, at the abort or at close, whichever is first. */
  async nextBlock(signal?: AbortSignal): Promise<void> {
    if (this.#closed) return;
    await once(this.#events, BLOCK, { signal }).catch(() => undefined);
  }

  /** Resolves when a block contains the transaction; rejects with the signal's reason, or CLOSED. */
  async transaction(txId: string, signal?: AbortSignal): Promise<CommitResult> {
    const [result] = this.#closed ? [] : await this.#resultOf(txId, signal);
    if (result !== undefined) return result;
    throw ledgerClosed();
  }

  close(): void {
    this.#closed = true;
    for (const name of this.#events.eventNames()) this.#events.emit(name);
  }

  /** Without a result when the ledger is closed first. */
  async #resultOf(txId: string, signal?: AbortSignal): Promise<[result?: CommitResult]> {
    try {
      return await (once(this.#events, TRANSACTION + txId, { signal }) as Promise<[CommitResult?]>);
    } catch {
      const reason: unknown = signal?.reason;
      if (reason instanceof Error) throw reason;
      throw new NetworkError('CLOSED', { zh: '等待已中止。', en: 'The wait was given up.' });
    }
  }
}
