/** Maximum pause for an item that keeps failing, in milliseconds. */
const maxPause = 3_600_000;

interface Known {
  readonly tries: number;
  /** Earliest time of the next attempt, in milliseconds of {@link BackoffOptions.elapsed}. */
  readonly notBefore: number;
}

interface BackoffOptions {
  /** The first pause after a try, doubled with each further one, in milliseconds. */
  readonly pause: number;
  /**
   * A new item first waits a random part of this, in milliseconds, so that several gateways seldom submit the same act at once.
   */
  readonly spread: number;
  /** A monotonic clock, in milliseconds. */
  readonly elapsed: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

/** When each due item may be attempted: at a different time than other gateways, and less often while it fails. */
export class Backoff {
  readonly #options: BackoffOptions;
  readonly #known = new Map<string, Known>();

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** Whether an item may be attempted now; a new item gets its random delay. */
  mayTry(key: string): boolean {
    const { elapsed, random, spread } = this.#options;
    const known = this.#known.get(key) ?? { tries: 0, notBefore: elapsed() + random() * spread };
    this.#known.set(key, known);
    return known.notBefore <= elapsed();
  }

  /** Call after an attempt of an item that is still due: doubles the pause, with 25% jitter. */
  tried(key: string): void {
    const { elapsed, random, pause } = this.#options;
    const tries = (this.#known.get(key)?.tries ?? 0) + 1;
    const wait = Math.min(maxPause, pause * 2 ** Math.min(tries - 1, 20));
    this.#known.set(key, { tries, notBefore: elapsed() + wait * (0.75 + random() / 2) });
  }

  /** Call when it is done: the same item is new if it becomes due again. */
  done(key: string): void {
    this.#known.delete(key);
  }

  /** Drops items that are no longer due. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const key of this.#known.keys()) if (!keys.has(key)) this.#known.delete(key);
  }

  get size(): number {
    return this.#known.size;
  }
}
