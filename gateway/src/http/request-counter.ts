/** Counts requests by client in windows of one minute. */
export class RequestCounter {
  #hits = new Map<string, number>();
  #end = Date.now() + 60_000;

  /** Counts a request of a client; returns its number of requests in this minute. */
  increment(client: string): number {
    const now = Date.now();
    if (now >= this.#end) {
      this.#hits = new Map();
      this.#end = now + 60_000;
    }
    const key = this.#hits.size < mostClients || this.#hits.has(client) ? client : others;
    const hits = (this.#hits.get(key) ?? 0) + 1;
    this.#hits.set(key, hits);
    return hits;
  }

  /** Whole seconds until the window ends. */
  get secondsLeft(): number {
    return Math.max(1, Math.ceil((this.#end - Date.now()) / 1_000));
  }
}

/** Further clients share one count, so that memory is bounded. */
const mostClients = 50_000;
const others = 'others';
