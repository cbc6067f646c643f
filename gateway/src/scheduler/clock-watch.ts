/** Less than this is a clock that is being set right bit by bit. */
const tolerated = 60_000;

/** Tells when the clock on the wall moved otherwise than time passed: it was set, or the machine slept. */
export class ClockWatch {
  readonly #now: () => Date;
  readonly #elapsed: () => number;
  #offset: number;

  /** `elapsed` gives milliseconds of a clock that only goes forward. */
  constructor(now: () => Date, elapsed: () => number) {
    this.#now = now;
    this.#elapsed = elapsed;
    this.#offset = now().getTime() - elapsed();
  }

  /** Seconds by which it jumped since the last look; undefined when it did not. */
  jump(): number | undefined {
    const offset = this.#now().getTime() - this.#elapsed();
    const moved = offset - this.#offset;
    this.#offset = offset;
    return Math.abs(moved) < tolerated ? undefined : Math.round(moved / 1000);
  }
}
