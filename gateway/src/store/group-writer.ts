import type { StateStore, StoreChange } from './state-store.js';

interface Waiting {
  readonly changes: readonly StoreChange[];
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Durable writes that share one fsync: what arrives while a write is under way goes to disk together with the next one.
 * Each caller still learns of its own write only when it is on the disk.
 */
export class GroupWriter {
  readonly #store: StateStore;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(store: StateStore) {
    this.#store = store;
  }

  write(changes: readonly StoreChange[]): Promise<void> {
    const done = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ changes, resolve, reject });
    });
    this.#running ??= this.#drain();
    return done;
  }

  /** Resolves when everything handed in so far is on disk. */
  async settle(): Promise<void> {
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#store.write(
          group.flatMap((one) => one.changes),
          true,
        );
        for (const one of group) one.resolve();
      } catch (error) {
        for (const one of group) one.reject(error);
      }
    }
    this.#running = undefined;
  }
}
