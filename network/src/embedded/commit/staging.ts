import type { PrivateCollectionWrites } from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import { WriteBatch, type LevelStore } from '../storage/level-store.js';
import { StagedWrites } from '../storage/repositories/staged-writes.js';

/** Blocks after which a staged proposal that nobody submitted is dropped (core.yaml transientstoreMaxBlockRetention 1000). */
const RETENTION_BLOCKS = 1000n;

/** Cleartext that waits for its transaction: written at once, so that it is on the disk before the block that needs it. */
export class Staging {
  readonly #store: LevelStore;
  readonly #table: StagedWrites;
  readonly #ids: Set<string>;
  readonly #writing = new Map<string, Promise<void>>();

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

  add(txId: string, height: bigint, writes: readonly PrivateCollectionWrites[]): void {
    const batch = new WriteBatch();
    StagedWrites.write(batch, txId, height, inNamespaceOrder(writes));
    this.#ids.add(txId);
    const writing = this.#store.write(batch, { sync: true });
    this.#writing.set(txId, writing);
    // A failure is told to whoever submits the transaction, see durable().
    const done = () => this.#writing.delete(txId);
    writing.then(done, () => undefined);
  }

  /** Resolves when the transaction's cleartext, if there is any, is on the disk. Throws LEDGER_FAILED. */
  async durable(txId: string): Promise<void> {
    try {
      await this.#writing.get(txId);
    } catch (cause) {
      throw new NetworkError('LEDGER_FAILED', 'Private data could not be written.', {
        details: { txId },
        cause,
      });
    }
  }

  forget(txIds: Iterable<string>): void {
    if (this.#ids.size === 0) return;
    for (const txId of txIds) this.#ids.delete(txId);
  }

  /** Drops what has waited for too long. */
  async sweep(height: bigint): Promise<void> {
    if (this.#ids.size === 0 || height <= RETENTION_BLOCKS) return;
    const stale = await this.#table.stagedBelow(height - RETENTION_BLOCKS);
    if (stale.length === 0) return;
    const batch = new WriteBatch();
    for (const txId of stale) this.#table.remove(batch, txId);
    await this.#store.write(batch, { sync: false });
    this.forget(stale);
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#writing.values());
  }
}

/** The stored form keeps neighbours of one namespace together. */
function inNamespaceOrder(
  writes: readonly PrivateCollectionWrites[],
): readonly PrivateCollectionWrites[] {
  return [...writes].sort((a, b) =>
    Buffer.compare(Buffer.from(a.namespace), Buffer.from(b.namespace)),
  );
}
