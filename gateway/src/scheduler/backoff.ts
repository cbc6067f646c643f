/** How long an item that keeps failing waits at most, in milliseconds. */
const longestPause = 3_600_000;

interface Known {
  readonly tries: number;
  /** Milliseconds of {@link BackoffOptions.elapsed}. */
  readonly notBefore: number;
}

interface BackoffOptions {
  /** The first pause after a try, doubled with each further one, in milliseconds. */
  readonly pause: number;
  /** A new item waits a random part of this first, in milliseconds: of several gateways one is usually ahead. */
  readonly spread: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsed: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

/** When each due item may be tried: not at the same moment as by other gateways, and ever less often while it fails. */
export class Backoff {
  readonly #options: BackoffOptions;
  readonly #known = new Map<string, Known>();

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** Whether its time has come; an item seen for the first time gets its random start. */
  mayTry(key: string): boolean {
    const { elapsed, random, spread } = this.#options;
    const known = this.#known.get(key) ?? { tries: 0, notBefore: elapsed() + random() * spread };
    this.#known.set(key, known);
    return known.notBefore <= elapsed();
  }

  /** After a try of an item that is still due: twice as long as before, a quarter more or less. */
  tried(key: string): void {
    const { elapsed, random, pause } = this.#options;
    const tries = (this.#known.get(key)?.tries ?? 0) + 1;
    const wait = Math.min(longestPause, pause * 2 ** Math.min(tries - 1, 20));
    this.#known.set(key, { tries, notBefore: elapsed() + wait * (0.75 + random() / 2) });
  }

  /** It is done: should the same become due again, it is new. */
  done(key: string): void {
    this.#known.delete(key);
  }

  /** Forgets what is due no more. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const key of this.#known.keys()) if (!keys.has(key)) this.#known.delete(key);
  }

  get size(): number {
    return this.#known.size;
  }
}
