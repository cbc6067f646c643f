interface Waiting<Change> {
  readonly changes: readonly Change[];
  readonly durable: boolean;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Serialises writes; changes that arrive during a write are combined into the next one and share its fsync. Each
 * caller's promise resolves when its own change is written. Concurrent writes would be unsafe: one beside a failing
 * write could follow a partial record and still be reported durable.
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

  /** Resolves when everything queued so far is written or has failed. */
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
