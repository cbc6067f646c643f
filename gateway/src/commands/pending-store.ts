import { z } from 'zod';
import { putJson, readJson } from '../store/json-values.js';
import { keyOf, under, type StateStore, type StoreChange } from '../store/state-store.js';
import {
  idempotencySchema,
  pendingTransactionSchema,
  type IdempotencyRecord,
  type PendingTransaction,
} from './pending-model.js';

/** Every key of the pending-transaction store, by its prefix. */
const pendingKeys = {
  /** gateway id -> PendingTransaction */
  transaction: (id: string) => keyOf('t', id),
  /** Fabric transaction id -> gateway id */
  fabricId: (txId: string) => keyOf('x', txId),
  /** owner, Idempotency-Key -> IdempotencyRecord */
  idempotency: (owner: string, key: string) => keyOf('k', owner, key),
  /** expiry (ISO), gateway id -> gateway id; its Fabric ids and Idempotency-Key expire with it */
  sweep: (at: string, id: string) => keyOf('e', at, id),
  sweepAll: () => under('e'),
} as const;

/** How long a transaction is kept, in milliseconds: seven days. */
const retention = 7 * 86_400_000;

/**
 * Transactions between their steps. Each record is on disk before the step that it precedes, so a repeat after `kill -9`
 * uses the same bytes and Fabric id, and the ledger's duplicate check prevents a second commit.
 */
export class PendingStore {
  readonly #store: StateStore;

  constructor(store: StateStore) {
    this.#store = store;
  }

  /** By the gateway's own id, or by the Fabric id of one of its attempts. */
  find(id: string): PendingTransaction | undefined {
    const own = readJson(this.#store, pendingKeys.fabricId(id), z.string()) ?? id;
    return readJson(this.#store, pendingKeys.transaction(own), pendingTransactionSchema);
  }

  findIdempotent(owner: string, key: string): IdempotencyRecord | undefined {
    return readJson(this.#store, pendingKeys.idempotency(owner, key), idempotencySchema);
  }

  /** Writes a new record and the keys by which it is found; `request` is the digest for its Idempotency-Key. */
  async create(transaction: PendingTransaction, request: string): Promise<void> {
    const end = new Date(new Date(transaction.createdAt).getTime() + retention);
    const changes: StoreChange[] = [
      ...this.#recordChanges(transaction),
      putJson(pendingKeys.sweep(end.toISOString(), transaction.id), [transaction.id]),
    ];
    if (transaction.idempotencyKey !== null) {
      const key = pendingKeys.idempotency(transaction.owner, transaction.idempotencyKey);
      changes.push(putJson(key, { request, id: transaction.id }));
    }
    await this.#store.write(changes, true);
  }

  async update(transaction: PendingTransaction): Promise<void> {
    await this.#store.write(this.#recordChanges(transaction), true);
  }

  /** Removes transactions older than the retention time. */
  async sweep(now: Date): Promise<number> {
    const range = { ...pendingKeys.sweepAll(), lt: pendingKeys.sweep(now.toISOString(), '') };
    const changes: StoreChange[] = [];
    for await (const [key, value] of this.#store.range({ ...range, limit: 10_000 })) {
      const [id] = z.tuple([z.string()]).parse(JSON.parse(value));
      changes.push({ type: 'del', key }, ...this.#removal(id));
    }
    if (changes.length > 0) await this.#store.write(changes);
    return changes.length;
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #recordChanges(transaction: PendingTransaction): StoreChange[] {
    return [
      putJson(pendingKeys.transaction(transaction.id), transaction),
      putJson(pendingKeys.fabricId(transaction.txId), transaction.id),
    ];
  }

  #removal(id: string): StoreChange[] {
    const transaction = this.find(id);
    if (transaction === undefined) return [];
    const keys = [
      pendingKeys.transaction(id),
      ...[...transaction.earlier, transaction.txId].map((txId) => pendingKeys.fabricId(txId)),
    ];
    if (transaction.idempotencyKey !== null) {
      keys.push(pendingKeys.idempotency(transaction.owner, transaction.idempotencyKey));
    }
    return keys.map((key) => ({ type: 'del', key }));
  }
}
