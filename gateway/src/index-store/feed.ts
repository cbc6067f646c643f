import type { EventRow, TransactionRow } from './model.js';

/** The content of one block, once it is indexed. */
export interface Applied {
  readonly block: number;
  readonly transactions: readonly TransactionRow[];
  readonly events: readonly EventRow[];
}

type Listener = (applied: Applied) => void;

/** Notifies waiting event streams and requests when a block is indexed. */
export class IndexFeed {
  readonly #listeners = new Set<Listener>();
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Calls `listener` after each block; the returned function unsubscribes. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(applied: Applied): void {
    for (const transaction of applied.transactions) this.#release(transaction.txId);
    for (const listener of this.#listeners) listener(applied);
  }

  /**
   * Resolves true when the transaction is indexed, false after `milliseconds` or when the signal aborts. Query the
   * index after calling this and before awaiting it: a block may have been indexed in between.
   */
  whenApplied(txId: string, milliseconds: number, signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (found: boolean) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', give);
        this.#forget(txId, release);
        resolve(found);
      };
      const release = () => {
        finish(true);
      };
      const give = () => {
        finish(false);
      };
      const timer = setTimeout(give, milliseconds);
      signal?.addEventListener('abort', give, { once: true });
      const waiting = this.#waiting.get(txId) ?? new Set();
      this.#waiting.set(txId, waiting.add(release));
    });
  }

  #release(txId: string): void {
    for (const release of [...(this.#waiting.get(txId) ?? [])]) release();
  }

  #forget(txId: string, release: () => void): void {
    const waiting = this.#waiting.get(txId);
    waiting?.delete(release);
    if (waiting?.size === 0) this.#waiting.delete(txId);
  }
}
