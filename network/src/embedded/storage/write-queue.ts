interface Waiting<Change> {
  readonly changes: readonly Change[];
  readonly sync: boolean;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Serialises writes; changes that arrive during a write are combined into the next one. Concurrent writes would be
 * unsafe: one beside a failing write could follow a partial record and still be reported durable.
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

  /** Resolves when everything queued so far is written or has failed. */
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
