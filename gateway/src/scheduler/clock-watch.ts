/** Smaller differences are gradual clock corrections. */
const tolerated = 60_000;

/** Detects jumps of the system clock relative to a monotonic clock: it was set, or the machine was suspended. */
export class ClockWatch {
  readonly #now: () => Date;
  readonly #elapsed: () => number;
  #offset: number;

  /** `elapsed` is a monotonic clock, in milliseconds. */
  constructor(now: () => Date, elapsed: () => number) {
    this.#now = now;
    this.#elapsed = elapsed;
    this.#offset = now().getTime() - elapsed();
  }

  /** Seconds by which the clock jumped since the last call; undefined when it did not. */
  jump(): number | undefined {
    const offset = this.#now().getTime() - this.#elapsed();
    const moved = offset - this.#offset;
    this.#offset = offset;
    return Math.abs(moved) < tolerated ? undefined : Math.round(moved / 1000);
  }
}
