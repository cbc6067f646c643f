import { NetworkError } from '../../errors.js';
import { getOrAdd } from '../../get-or-add.js';
import type { CommitResult } from '../ports.js';
import type { CommittedBlock } from './committer.js';

interface Watcher {
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (reason: unknown) => void;
}

/** Subscribers that wait for the next block or for a transaction. */
export class Followers {
  readonly #byTxId = new Map<string, Set<Watcher>>();
  readonly #next = new Set<() => void>();
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  /** Notifies the subscribers of a block. */
  publish({ number, transactions }: CommittedBlock): void {
    for (const { txId, code } of transactions) {
      if (this.#byTxId.has(txId)) this.#settle({ txId, block: number, code });
    }
    this.#wake();
  }

  /** Notifies the subscribers of blocks that were committed without a notification. */
  publishMissed(find: (txId: string) => CommitResult | undefined): void {
    for (const txId of [...this.#byTxId.keys()]) {
      const result = find(txId);
      if (result !== undefined) this.#settle(result);
    }
    this.#wake();
  }

  #settle(result: CommitResult): void {
    const watchers = this.#byTxId.get(result.txId);
    this.#byTxId.delete(result.txId);
    for (const { resolve } of watchers ?? []) resolve(result);
  }

  /** Resolves at the next block, at the abort or at close, whichever is first. */
  nextBlock(signal?: AbortSignal): Promise<void> {
    if (this.#closed || signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#next.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#next.add(wake);
      signal?.addEventListener('abort', wake);
    });
  }

  /** Resolves when a block contains the transaction; rejects with the signal's reason, or CLOSED. */
  transaction(txId: string, signal?: AbortSignal): Promise<CommitResult> {
    if (this.#closed) return Promise.reject(closed());
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#forget(txId, watcher);
        reject(abortReason(signal));
      };
      const done = () => signal?.removeEventListener('abort', stop);
      const watcher: Watcher = {
        resolve: (result) => {
          done();
          resolve(result);
        },
        reject: (reason) => {
          done();
          reject(reason instanceof Error ? reason : closed());
        },
      };
      if (signal?.aborted === true) {
        stop();
        return;
      }
      signal?.addEventListener('abort', stop);
      getOrAdd(this.#byTxId, txId, () => new Set<Watcher>()).add(watcher);
    });
  }

  close(): void {
    this.#closed = true;
    for (const watchers of this.#byTxId.values()) {
      for (const { reject } of watchers) reject(closed());
    }
    this.#byTxId.clear();
    this.#wake();
  }

  #forget(txId: string, watcher: Watcher): void {
    const watchers = this.#byTxId.get(txId);
    watchers?.delete(watcher);
    if (watchers?.size === 0) this.#byTxId.delete(txId);
  }

  #wake(): void {
    for (const wake of [...this.#next]) wake();
  }
}

function closed(): NetworkError {
  return new NetworkError('CLOSED', 'The ledger is closed.');
}

function abortReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new NetworkError('CLOSED', 'The wait was given up.');
}
