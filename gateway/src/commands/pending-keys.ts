import { keyOf, under } from '../store/state-store.js';

/** Every key prefix of the pending-transaction store. */
const pendingPrefixes = {
  /** gateway id -> PendingTransaction */
  transaction: 't',
  /** Fabric transaction id -> gateway id */
  fabricId: 'x',
  /** owner, Idempotency-Key -> IdempotencyRecord */
  idempotency: 'k',
  /** expiry (ISO), gateway id -> gateway id; its Fabric ids and Idempotency-Key expire with it */
  sweep: 'e',
} as const;

export const pendingKeys = {
  transaction: (id: string) => keyOf(pendingPrefixes.transaction, id),
  fabricId: (txId: string) => keyOf(pendingPrefixes.fabricId, txId),
  idempotency: (owner: string, key: string) => keyOf(pendingPrefixes.idempotency, owner, key),
  sweep: (at: string, id: string) => keyOf(pendingPrefixes.sweep, at, id),
  sweepAll: () => under(pendingPrefixes.sweep),
} as const;
