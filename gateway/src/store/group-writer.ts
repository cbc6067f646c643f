interface Waiting<Change> {
  readonly changes: readonly Change[];
  readonly durable: boolean;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Writes one after the other; what arrives while one is under way goes to disk together with the next, and shares its fsync.
 * Each caller learns of its own write only when it is written. Never two at once: one beside another that fails could stand
 * behind half a record and be told to be durable.
 */
export class GroupWriter<Change> {
  readonly #write: (changes: readonly Change[], durable: boolean) => Promise<void>;
  #waiting: Waiting<Change>[] = [];
  #running: Promise<void> | undefined;

  constructor(write: (changes: readonly Change[], durable: boolean) => Promise<void>) {
    this.#write = write;
  }

  write(changes: readonly Change[], durable: boolean): Promise<void> {
    const done = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ changes, durable, resolve, reject });
    });
    this.#running ??= this.#drain();
    return done;
  }

  /** Resolves when everything handed in so far is written, or is not going to be. */
  async settle(): Promise<void> {
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        const [first] = group;
        await this.#write(
          group.length === 1 && first ? first.changes : group.flatMap(({ changes }) => changes),
          group.some(({ durable }) => durable),
        );
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#running = undefined;
  }
}
