import { setTimeout as delay } from 'node:timers/promises';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/** Writes a group; one result for each item, in their order. */
type WriteGroup<Item, Result> = (group: readonly Item[]) => Promise<readonly Result[]>;

/**
 * Serialises writes; items that arrive during a write are combined into the next one and share its fsync. Each caller's
 * promise resolves when its own item is written. Concurrent writes would be unsafe: one beside a failing write could
 * follow a partial record and still be reported durable.
 */
export class GroupWriter<Item, Result> {
  readonly #write: WriteGroup<Item, Result>;
  readonly #gathering: number;
  #waiting: Waiting<Item, Result>[] = [];
  #running: Promise<void> | undefined;

  /** @param gathering milliseconds to wait for more items after a write that several shared; after one of a single item nobody waits */
  constructor(write: WriteGroup<Item, Result>, { gathering = 0 } = {}) {
    this.#write = write;
    this.#gathering = gathering;
  }

  write(item: Item): Promise<Result> {
    const done = new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
    });
    this.#running ??= this.#drain();
    return done;
  }

  /** Resolves when everything queued so far is written or has failed. */
  async settle(): Promise<void> {
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      await this.#writeGroup(group);
      if (group.length > 1 && this.#gathering > 0) await delay(this.#gathering);
    }
    this.#running = undefined;
  }

  async #writeGroup(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#write(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
