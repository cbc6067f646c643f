import { GatewayError } from '../errors.js';
import type { Limits } from './limits.js';
import { RequestCounter } from './request-counter.js';

/** Requests are counted by authenticated caller, by address, or (logins) by certificate and address. */
type Budget = 'requests' | 'anonymous' | 'logins';

/** Limits of requests per minute. Each request is counted once. */
export class RateLimits {
  readonly #perMinute: Readonly<Record<Budget, number>>;
  readonly #counters: Readonly<Record<Budget, RequestCounter>> = {
    requests: new RequestCounter(),
    anonymous: new RequestCounter(),
    logins: new RequestCounter(),
  };

  constructor({ requestsPerMinute, anonymousPerMinute, loginsPerMinute }: Limits) {
    this.#perMinute = {
      requests: requestsPerMinute,
      anonymous: anonymousPerMinute,
      logins: loginsPerMinute,
    };
  }

  /** Counts a request; false when it exceeds its limit. */
  within(budget: Budget, client: string): boolean {
    const perMinute = this.#perMinute[budget];
    return perMinute === 0 || this.#counters[budget].increment(client) <= perMinute;
  }

  /** Counts a request. @throws GatewayError RATE_LIMITED */
  count(budget: Budget, client: string): void {
    if (this.within(budget, client)) return;
    const details = {
      perMinute: this.#perMinute[budget],
      retryAfter: this.#counters[budget].secondsLeft,
    };
    throw new GatewayError('RATE_LIMITED', 'Too many requests; wait a minute.', { details });
  }
}
