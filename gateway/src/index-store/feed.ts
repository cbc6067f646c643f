import { EventEmitter, once } from 'node:events';
import type { EventRow, TransactionRow } from './model.js';

export interface Applied {
  readonly block: number;
  readonly transactions: readonly TransactionRow[];
  readonly events: readonly EventRow[];
}

type Listener = (applied: Applied) => void;

/** Notifies waiting event streams and requests when a block is indexed. */
export class IndexFeed {
  readonly #listeners = new Set<Listener>();
  /** Emits {@link applied} of a transaction's id; each of many requests waits with a listener of its own. */
  readonly #applied = new EventEmitter().setMaxListeners(0);

  /** Calls `listener` after each block; the returned function unsubscribes. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(block: Applied): void {
    for (const transaction of block.transactions) this.#applied.emit(applied(transaction));
    for (const listener of this.#listeners) listener(block);
  }

  /**
   * Resolves when the transaction is indexed or the signal aborts. Query the index after calling this and before awaiting
   * it: a block may have been indexed in between.
   */
  async whenApplied(txId: string, signal: AbortSignal): Promise<void> {
    await once(this.#applied, applied({ txId }), { signal }).catch(() => undefined);
  }
}

/** With a prefix: whoever makes a transaction chooses its id, and `error` is special to an emitter. */
const applied = ({ txId }: Pick<TransactionRow, 'txId'>): string => `applied ${txId}`;
