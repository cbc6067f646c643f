import { GatewayError } from '../errors.js';
import type { Limits } from './limits.js';

/** Requests are counted by authenticated caller, by address, or (logins) by certificate and address. */
type Budget = 'requests' | 'anonymous' | 'logins' | 'enrolments';

/** Limits of requests per minute. Each request is counted once. */
export class RateLimits {
  readonly #counters: Readonly<Record<Budget, RequestCounter>>;

  constructor(limits: Limits) {
    const { requestsPerMinute, anonymousPerMinute, loginsPerMinute, enrolmentsPerMinute } = limits;
    this.#counters = {
      requests: new RequestCounter(requestsPerMinute),
      anonymous: new RequestCounter(anonymousPerMinute),
      logins: new RequestCounter(loginsPerMinute),
      enrolments: new RequestCounter(enrolmentsPerMinute),
    };
  }

  /** Counts a request; false when it exceeds its limit. */
  within(budget: Budget, client: string): boolean {
    return this.#counters[budget].within(client);
  }

  /** Counts a request. @throws GatewayError RATE_LIMITED */
  count(budget: Budget, client: string): void {
    if (this.within(budget, client)) return;
    const { perMinute, secondsLeft: retryAfter } = this.#counters[budget];
    const details = { perMinute, retryAfter };
    throw new GatewayError('RATE_LIMITED', 'Too many requests; wait a minute.', { details });
  }
}

/** Counts requests by client in windows of one minute. */
class RequestCounter {
  readonly perMinute: number;
  #hits = new Map<string, number>();
  #end = Date.now() + 60_000;

  constructor(perMinute: number) {
    this.perMinute = perMinute;
  }

  within(client: string): boolean {
    if (this.perMinute === 0) return true;
    const now = Date.now();
    if (now >= this.#end) {
      this.#hits = new Map();
      this.#end = now + 60_000;
    }
    const key = this.#hits.size < mostClients || this.#hits.has(client) ? client : others;
    const hits = (this.#hits.get(key) ?? 0) + 1;
    this.#hits.set(key, hits);
    return hits <= this.perMinute;
  }

  /** Whole seconds until the window ends. */
  get secondsLeft(): number {
    return Math.max(1, Math.ceil((this.#end - Date.now()) / 1_000));
  }
}

/** Further clients share one count, so that memory is bounded. */
const mostClients = 50_000;
const others = 'others';
