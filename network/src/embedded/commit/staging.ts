import type { PrivateCollectionWrites } from '@yici/ledger';
import { WriteBatch, type LevelStore } from '../storage/level-store.js';
import { StagedWrites } from '../storage/repositories/staged-writes.js';

/**
 * Number of blocks after which a staged proposal without a transaction is dropped (core.yaml
 * transientstoreMaxBlockRetention 1000).
 */
const RETENTION_BLOCKS = 1000n;

/** Cleartext that waits for its transaction; it is durable before the endorsement is returned. */
export class Staging {
  readonly #store: LevelStore;
  readonly #table: StagedWrites;
  readonly #ids: Set<string>;

  private constructor(store: LevelStore, table: StagedWrites, ids: readonly string[]) {
    this.#store = store;
    this.#table = table;
    this.#ids = new Set(ids);
  }

  static async open(store: LevelStore): Promise<Staging> {
    const table = new StagedWrites(store);
    return new Staging(store, table, await table.stagedBelow(2n ** 64n - 1n));
  }

  has(txId: string): boolean {
    return this.#ids.has(txId);
  }

  /** Resolves when it is durable. Throws LEDGER_FAILED. */
  async add(
    txId: string,
    height: bigint,
    writes: readonly PrivateCollectionWrites[],
  ): Promise<void> {
    const batch = new WriteBatch();
    StagedWrites.write(batch, txId, height, inNamespaceOrder(writes));
    await this.#store.write(batch, { sync: true });
    this.#ids.add(txId);
  }

  forget(txIds: Iterable<string>): void {
    if (this.#ids.size === 0) return;
    for (const txId of txIds) this.#ids.delete(txId);
  }

  /** Drops entries that are too old. */
  async sweep(height: bigint): Promise<void> {
    if (this.#ids.size === 0 || height <= RETENTION_BLOCKS) return;
    const stale = await this.#table.stagedBelow(height - RETENTION_BLOCKS);
    if (stale.length === 0) return;
    const batch = new WriteBatch();
    for (const txId of stale) this.#table.remove(batch, txId);
    await this.#store.write(batch, { sync: false });
    this.forget(stale);
  }
}

/** The stored form requires neighbouring entries of one namespace. */
function inNamespaceOrder(
  writes: readonly PrivateCollectionWrites[],
): readonly PrivateCollectionWrites[] {
  return [...writes].sort((a, b) =>
    Buffer.compare(Buffer.from(a.namespace), Buffer.from(b.namespace)),
  );
}
