import { hash } from 'node:crypto';
import { canonicalJson } from '@yici/domain/model';
import { GatewayError } from '../errors.js';
import { KeyedQueue } from '../store/keyed-queue.js';
import type { CommandCall } from './transitions.js';
import type { PendingTransaction } from './pending-model.js';
import type { PendingStore } from './pending-store.js';
import { notFound } from './transaction-errors.js';

/** What an Idempotency-Key may be. */
export const acceptableKey = /^[\x21-\x7e]{1,200}$/;

/**
 * The value of an Idempotency-Key header.
 * @throws GatewayError IDEMPOTENCY_KEY_INVALID unless it is 1 to 200 printable ASCII characters without spaces.
 */
export function idempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (acceptableKey.test(header)) return header;
  throw new GatewayError(
    'IDEMPOTENCY_KEY_INVALID',
    'An Idempotency-Key is 1 to 200 printable ASCII characters without spaces.',
  );
}

/** Two requests are the same if their command and input are; the order of fields does not matter. */
function requestDigest(command: string, input: unknown, secret?: string): string {
  // Confidential values contain random salts, so the digest does not disclose them.
  const request = secret === undefined ? { command, input } : { command, input, secret };
  return hash('sha256', canonicalJson(request), 'hex');
}

/** The transaction of a command; `replayed`: it was started earlier with the same Idempotency-Key. */
export interface Started {
  readonly transaction: PendingTransaction;
  readonly replayed: boolean;
}

/** Starts a command once per Idempotency-Key of a caller, even if two requests arrive concurrently. */
export class Idempotency {
  readonly #pending: PendingStore;
  readonly #queue = new KeyedQueue();

  constructor(pending: PendingStore) {
    this.#pending = pending;
  }

  /**
   * Runs `start` unless there is an earlier transaction with the call's Idempotency-Key.
   * @throws GatewayError IDEMPOTENCY_KEY_REUSED
   */
  async once(
    { route, input, secret, caller, idempotencyKey: key }: CommandCall,
    start: (request: string) => Promise<PendingTransaction>,
  ): Promise<Started> {
    const request = requestDigest(route.name, input, secret);
    const begin = async () => ({ transaction: await start(request), replayed: false });
    if (key === null) return begin();
    return this.#queue.run(`${caller.fingerprint} ${key}`, async () => {
      const stored = this.#pending.findIdempotent(caller.fingerprint, key);
      if (stored === undefined) return begin();
      if (stored.request !== request) {
        const message = 'This Idempotency-Key was used for another request; choose a new key.';
        throw new GatewayError('IDEMPOTENCY_KEY_REUSED', message);
      }
      const transaction = this.#pending.find(stored.id);
      if (transaction === undefined) throw notFound(stored.id);
      return { transaction, replayed: true };
    });
  }
}
