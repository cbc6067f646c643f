import type { IncrementResponse, Store } from 'express-rate-limit';

/** Counts requests by client in windows of one minute; shared by everything that counts them. */
export class RequestCounter implements Store {
  /** express-rate-limit asks: counts of one instance are no other's. */
  readonly localKeys = true;
  #hits = new Map<string, number>();
  #end: number;
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.#end = now() + 60_000;
  }

  increment(key: string): IncrementResponse {
    const now = this.#now();
    if (now >= this.#end) {
      this.#hits = new Map();
      this.#end = now + 60_000;
    }
    const totalHits = (this.#hits.get(key) ?? 0) + 1;
    this.#hits.set(key, totalHits);
    return { totalHits, resetTime: new Date(this.#end) };
  }

  decrement(key: string): void {
    const hits = this.#hits.get(key);
    if (hits !== undefined) this.#hits.set(key, hits - 1);
  }

  resetKey(key: string): void {
    this.#hits.delete(key);
  }
}
