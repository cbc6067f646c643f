/** Numbers that one caller may hold of a code and day before the ledger has them. */
export const mostHeld = 1_000;

interface Hold {
  /** Who is to sign. */
  readonly owner: string;
  /** Until when it is held, in milliseconds. */
  readonly until: number;
  readonly now: number;
  /** Whether the ledger has a number. */
  readonly used: (sequence: number) => boolean;
  /** How many unused ones are passed over, which stay free; none unless told. */
  readonly apart?: number;
}

/**
 * The numbers of one code and day, counted in the gateway's own order of them: gives out the lowest that the ledger has not
 * used and that is not held. A number is used up by a committed act and by nothing else: what is not signed in its time is
 * given back, and so is what a caller held longest once it holds {@link mostHeld}. Each number is passed once on the way up, so a filing costs the same on a day of
 * ten cases and of a hundred thousand.
 */
export class NumberBook {
  #next = 1;
  /** Given back, ascending; the ledger may have some of them. */
  readonly #free: number[] = [];
  /** In the order in which they were given out, which is that in which their time ends. */
  readonly #held = new Map<number, Pick<Hold, 'owner' | 'until'>>();
  readonly #byOwner = new Map<string, Set<number>>();

  take({ owner, until, now, used, apart = 0 }: Hold): number {
    this.#expire(now);
    const own = this.#byOwner.get(owner) ?? new Set();
    const [longest] = own;
    if (own.size >= mostHeld && longest !== undefined) this.#giveBack(longest);
    const sequence = this.#unused(used, apart);
    this.#held.set(sequence, { owner, until });
    this.#byOwner.set(owner, own.add(sequence));
    return sequence;
  }

  #unused(used: Hold['used'], apart: number): number {
    const passed = Array.from({ length: apart }, () => this.#lowest(used));
    const sequence = this.#lowest(used);
    // Ascending, and below all that is free still.
    this.#free.unshift(...passed);
    return sequence;
  }

  #lowest(used: Hold['used']): number {
    for (let free = this.#free.shift(); free !== undefined; free = this.#free.shift()) {
      if (!used(free)) return free;
    }
    while (used(this.#next)) this.#next += 1;
    return this.#next++;
  }

  #expire(now: number): void {
    for (const [sequence, { until }] of this.#held) {
      if (until > now) return;
      this.#giveBack(sequence);
    }
  }

  #giveBack(sequence: number): void {
    const { owner = '' } = this.#held.get(sequence) ?? {};
    this.#held.delete(sequence);
    const own = this.#byOwner.get(owner);
    own?.delete(sequence);
    if (own?.size === 0) this.#byOwner.delete(owner);
    this.#free.splice(placeOf(this.#free, sequence), 0, sequence);
  }
}

/** Where a number belongs in an ascending list. */
function placeOf(list: readonly number[], value: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? value) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
