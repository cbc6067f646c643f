import { EventEmitter } from 'node:events';
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
  /** Emits {@link applied} of a transaction's id with its row; each of many requests waits with a listener of its own. */
  readonly #applied = new EventEmitter().setMaxListeners(0);

  /** Calls `listener` after each block; the returned function unsubscribes. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(block: Applied): void {
    for (const row of block.transactions) this.#applied.emit(applied(row), row);
    for (const listener of this.#listeners) listener(block);
  }

  /** The row of a transaction that the index does not have yet, once it has it; undefined after `milliseconds`. */
  whenApplied(txId: string, milliseconds: number): Promise<TransactionRow | undefined> {
    return new Promise((resolve) => {
      const done = (row?: TransactionRow) => {
        clearTimeout(timer);
        this.#applied.off(applied({ txId }), done);
        resolve(row);
      };
      const timer = setTimeout(done, milliseconds);
      this.#applied.once(applied({ txId }), done);
    });
  }
}

/** With a prefix: whoever makes a transaction chooses its id, and `error` is special to an emitter. */
const applied = ({ txId }: Pick<TransactionRow, 'txId'>): string => `applied ${txId}`;
