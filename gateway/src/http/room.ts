import { GatewayError } from '../errors.js';

interface RoomSize {
  /** Limits per caller and in total; 0 means no limit. */
  readonly each: number;
  readonly all: number;
}

/** Limits a resource that callers hold at the same time, e.g. open streams or bytes of incomplete bodies. */
export class Room {
  readonly #what: string;
  readonly #size: RoomSize;
  readonly #held = new Map<string, number>();
  #total = 0;

  constructor(what: string, size: RoomSize) {
    this.#what = what;
    this.#size = size;
  }

  /** Reserves an amount; call the result once to release it. @throws GatewayError TOO_MANY_AT_ONCE */
  take(caller: string, amount = 1): () => void {
    const held = (this.#held.get(caller) ?? 0) + amount;
    this.#check('caller', this.#size.each, held);
    this.#check('gateway', this.#size.all, this.#total + amount);
    this.#held.set(caller, held);
    this.#total += amount;
    return () => this.#giveBack(caller, amount);
  }

  #check(of: 'caller' | 'gateway', limit: number, wanted: number): void {
    if (limit === 0 || wanted <= limit) return;
    const message = `Too many ${this.#what} at the same time; wait until some have ended.`;
    throw new GatewayError('TOO_MANY_AT_ONCE', message, {
      details: { what: this.#what, of, limit },
    });
  }

  #giveBack(caller: string, amount: number): void {
    const left = (this.#held.get(caller) ?? 0) - amount;
    if (left > 0) this.#held.set(caller, left);
    else this.#held.delete(caller);
    this.#total -= amount;
  }
}
