/** Maximum number of reserved numbers per caller, code and day. */
export const mostHeld = 1_000;

interface Hold {
  readonly owner: string;
  /** End of the reservation, in milliseconds. */
  readonly until: number;
  readonly now: number;
  /** Whether a number is used on the ledger. */
  readonly used: (sequence: number) => boolean;
  /** How many unused numbers to skip; they stay free. Default 0. */
  readonly apart?: number;
}

/**
 * Reserves numbers of one code and day: always the lowest that is neither used on the ledger nor reserved. Only a
 * committed act uses a number. A reservation ends when its act is refused, when its time is over, or when its caller
 * exceeds {@link mostHeld}; the number is then free again. The search position only moves forward, so a filing costs the same on a day of ten
 * cases and of a hundred thousand.
 */
export class NumberBook {
  #next = 1;
  /** Numbers whose reservation ended, ascending; some may be used on the ledger. */
  readonly #free: number[] = [];
  /** Reserved numbers in the order of reservation, in which they also expire. */
  readonly #held = new Map<number, Pick<Hold, 'owner' | 'until'>>();
  readonly #byOwner = new Map<string, Set<number>>();

  take({ owner, until, now, used, apart = 0 }: Hold): number {
    this.#expire(now);
    const own = this.#byOwner.get(owner) ?? new Set();
    const [longest] = own;
    if (own.size >= mostHeld && longest !== undefined) this.#end(longest);
    const sequence = this.#unused(used, apart);
    this.#held.set(sequence, { owner, until });
    this.#byOwner.set(owner, own.add(sequence));
    return sequence;
  }

  /** What was reserved for a caller is free again at once: the act with that number was refused. */
  giveBack(sequence: number, owner: string): void {
    if (this.#held.get(sequence)?.owner === owner) this.#end(sequence);
  }

  #unused(used: Hold['used'], apart: number): number {
    const passed = Array.from({ length: apart }, () => this.#lowest(used));
    const sequence = this.#lowest(used);
    // They are ascending and lower than all remaining free numbers.
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
      this.#end(sequence);
    }
  }

  #end(sequence: number): void {
    const { owner = '' } = this.#held.get(sequence) ?? {};
    this.#held.delete(sequence);
    const own = this.#byOwner.get(owner);
    own?.delete(sequence);
    if (own?.size === 0) this.#byOwner.delete(owner);
    const after = this.#free.findIndex((free) => free > sequence);
    this.#free.splice(after < 0 ? this.#free.length : after, 0, sequence);
  }
}
