interface Waiting<Change> {
  readonly changes: readonly Change[];
  readonly sync: boolean;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * One write at a time; what comes meanwhile goes together with the next. A write that was under way beside one that fails
 * could be behind half a record and be told to be durable.
 */
export class WriteQueue<Change> {
  readonly #write: (changes: readonly Change[], sync: boolean) => Promise<void>;
  #waiting: Waiting<Change>[] = [];
  #running: Promise<void> | undefined;

  constructor(write: (changes: readonly Change[], sync: boolean) => Promise<void>) {
    this.#write = write;
  }

  add(changes: readonly Change[], sync: boolean): Promise<void> {
    const done = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ changes, sync, resolve, reject });
    });
    this.#running ??= this.#drain();
    return done;
  }

  /** Resolves when everything handed in so far is written, or is not going to be. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(
          group.length === 1 ? (group[0]?.changes ?? []) : group.flatMap(({ changes }) => changes),
          group.some(({ sync }) => sync),
        );
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#running = undefined;
  }
}
