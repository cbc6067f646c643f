import type { KeyObject } from 'node:crypto';
import { verifySignatureAsync, type SignedMessage } from '@yici/ledger';
import { CheckWorkers, type PendingCheck } from './check-workers.js';

/**
 * Checks queued in the thread pool at a time. The pool is first in, first out and is used to write blocks: a block must
 * not wait for the checks of all envelopes of the next block.
 */
const POOL_AT_ONCE = 64;

const BATCH = 32;

/** Queue length that indicates lasting load and justifies starting the worker threads. */
const WORKERS_FROM = 512;

/**
 * Verifies signatures off this thread: on the libuv pool while there are few, which has no delay; on worker threads
 * while there are many, which costs this thread a third of the work and keeps the pool free for disk writes.
 */
export class SignatureChecks {
  #pooled = 0;
  /** First in, first out, starting at `#first`; earlier entries have been started. */
  #waiting: PendingCheck[] = [];
  #first = 0;
  #workers: CheckWorkers | undefined;
  #closed = false;

  /** Verifies a signature by the rules of `verifySignature`. */
  check(key: KeyObject, message: SignedMessage, signature: Uint8Array): Promise<boolean> {
    return new Promise((answer) => {
      const check = { key, message, signature, answer };
      if (this.#pooled < POOL_AT_ONCE && this.#left === 0) this.#pool(check);
      else this.#wait(check);
    });
  }

  /** Ends the threads; their pending checks are done on the pool. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#workers?.close();
  }

  get #left(): number {
    return this.#waiting.length - this.#first;
  }

  #wait(check: PendingCheck): void {
    this.#waiting.push(check);
    if (this.#left >= WORKERS_FROM && !this.#closed) {
      this.#workers ??= new CheckWorkers({
        onRoom: this.#startNext,
        giveBack: (checks) => {
          for (const each of checks) this.#pool(each);
        },
      });
    }
    this.#startNext();
  }

  /** Sends whole batches to the workers, and the rest, or everything if there are no workers, to the pool. */
  readonly #startNext = (): void => {
    const workers = this.#workers?.running === true ? this.#workers : undefined;
    while (workers !== undefined && this.#left >= BATCH) {
      if (!workers.send(() => this.#take(BATCH))) return;
    }
    while (this.#pooled < POOL_AT_ONCE && this.#left > 0) {
      for (const check of this.#take(1)) this.#pool(check);
    }
  };

  #take(count: number): readonly PendingCheck[] {
    const taken = this.#waiting.slice(this.#first, this.#first + count);
    this.#first += taken.length;
    if (this.#first === this.#waiting.length) {
      this.#waiting = [];
      this.#first = 0;
    }
    return taken;
  }

  #pool({ key, message, signature, answer }: PendingCheck): void {
    this.#pooled += 1;
    void verifySignatureAsync(key, message, signature).then((valid) => {
      this.#pooled -= 1;
      answer(valid);
      this.#startNext();
    });
  }
}
