import type { KeyObject } from 'node:crypto';
import { verifySignatureAsync, type SignedMessage } from '@yici/ledger';
import { CheckWorkers, type PendingCheck } from './check-workers.js';

/**
 * Checks handed to the thread pool at a time. Its queue is first in, first out, and blocks are written through it: a block
 * must not stand behind the checks of everything that waits to be in the next one.
 */
const POOL_AT_ONCE = 64;

const BATCH = 32;

/** So many waiting are a load that does not pass by itself: worth the threads that are then started. */
const WORKERS_FROM = 512;

/**
 * Signature checks away from this thread: on the thread pool while there are few, where each begins at once; on threads of
 * their own while there are many, which costs this thread a third of the work and keeps the pool free for the disk.
 */
export class SignatureChecks {
  #pooled = 0;
  /** First in, first out, from `#first` on: what stands before it has been started. */
  #waiting: PendingCheck[] = [];
  #first = 0;
  #workers: CheckWorkers | undefined;
  #closed = false;

  /** Whether the signature is this key's over the message, by the rules of `verifySignature`. */
  check(key: KeyObject, message: SignedMessage, signature: Uint8Array): Promise<boolean> {
    return new Promise((answer) => {
      const check = { key, message, signature, answer };
      if (this.#pooled < POOL_AT_ONCE && this.#left === 0) this.#pool(check);
      else this.#wait(check);
    });
  }

  /** Ends the threads; what they had is checked on the pool. */
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

  /** Whole batches to the workers; what is less than one, or everything where there are none, to the pool. */
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
