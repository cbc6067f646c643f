import {
  hashKey,
  isDeleteWrite,
  sha256,
  type HashedUpdate,
  type KvWrite,
  type PrivateCollectionWrites,
  type Purge,
  type VersionedHash,
  type VersionedValue,
} from '@yici/ledger';
import type { WriteBatch } from '../storage/level-store.js';
import { ExpirySchedule } from '../storage/repositories/expiry.js';
import { HashedState } from '../storage/repositories/hashed-state.js';
import { PrivateState } from '../storage/repositories/private-state.js';
import { PrivateWrites } from '../storage/repositories/private-writes.js';
import type { HashedKey, Height } from '../storage/repositories/table.js';
import type { Tables } from '../storage/repositories/tables.js';
import { PrivateEdits } from './private-edits.js';

export interface PrivateContext {
  readonly tables: Tables;
  /** Cleartext of a transaction of the block, if it was staged on this node. */
  cleartext(txId: string, height: Height): readonly PrivateCollectionWrites[] | undefined;
  /** Number of blocks that a collection's data are kept after their own; 0n: unlimited. */
  blockToLive(namespace: string, collection: string): bigint;
}

/** Changes of one transaction to the private keys. */
export interface PrivateChanges {
  readonly updates: readonly HashedUpdate[];
  readonly purges: readonly Purge[];
}

/** A key in the block being written: its cleartext after the transactions so far. */
interface Current {
  readonly key: string;
  readonly value: VersionedValue | undefined;
}

/**
 * Converts one block's hashed updates into changes of the private tables. Invariant after every block: cleartext is
 * held only if its hash is in the hashed state, so a reader never gets an outdated value.
 */
export class PrivateBlock {
  readonly #context: PrivateContext;
  readonly #batch: WriteBatch;
  readonly #block: bigint;
  readonly #edits: PrivateEdits;
  readonly #current = new Map<string, Current>();
  /** Whether a key got an expiry: from then on blocks are checked for expired keys. */
  scheduled = false;

  constructor(context: PrivateContext, batch: WriteBatch, block: bigint) {
    this.#context = context;
    this.#batch = batch;
    this.#block = block;
    this.#edits = new PrivateEdits(context.tables.privateWrites);
  }

  /**
   * Removes the keys that expire with this block. Must run before the block's own updates, which take precedence
   * (pvtstatepurgemgmt/purge_mgr.go AddExpiredEntriesToUpdateBatch).
   */
  async expire(): Promise<void> {
    const { tables } = this.#context;
    for (const entry of await tables.expiry.at(this.#block)) {
      const { namespace, collection, keyHash, written } = entry;
      ExpirySchedule.remove(this.#batch, this.#block, entry);
      this.#edits.remove(this.#batch, written, entry);
      const now = tables.hashes.get(namespace, collection, keyHash);
      if (now?.version.block !== written.block || now.version.tx !== written.position) continue;
      HashedState.write(this.#batch, entry, undefined);
      const key = tables.privateState.keyOfHash(entry);
      if (key !== undefined) PrivateState.write(this.#batch, namespace, collection, key, undefined);
    }
  }

  /** Stores the cleartext of one valid transaction as far as it matches the block's hashes. */
  async apply(txId: string, position: number, changes: PrivateChanges): Promise<void> {
    const height = { block: this.#block, position };
    const cleartext = this.#context.cleartext(txId, height) ?? [];
    const matching = new MatchingWrites(cleartext, changes);
    if (matching.accepted.length > 0) {
      this.#edits.add(height, matching.accepted);
      PrivateWrites.index(this.#batch, height, matching.accepted);
    }
    for (const purge of changes.purges) await this.#purge(purge);
    for (const update of changes.updates) {
      this.#update(update, matching.find(update));
      this.#schedule(update, height);
    }
  }

  finish(): void {
    this.#edits.flush(this.#batch);
  }

  #update(update: HashedUpdate, write: KvWrite | undefined): void {
    const { namespace, collection, next } = update;
    const before = this.#read(update);
    const key = write?.key ?? before?.key;
    if (key === undefined) return;
    const after = next && currentValue(next, write, before?.value);
    PrivateState.write(this.#batch, namespace, collection, key, after);
    this.#current.set(idOf(update), { key, value: after });
  }

  async #purge(purge: Purge): Promise<void> {
    this.#batch.erase();
    const stored = await this.#context.tables.privateWrites.holding(purge);
    for (const holder of [...stored, ...this.#edits.holding(purge)]) {
      this.#edits.remove(this.#batch, holder, purge);
    }
  }

  #read(hashed: HashedKey): Current | undefined {
    const inBlock = this.#current.get(idOf(hashed));
    if (inBlock !== undefined) return inBlock;
    const { privateState } = this.#context.tables;
    const key = privateState.keyOfHash(hashed);
    return key === undefined
      ? undefined
      : { key, value: privateState.get(hashed.namespace, hashed.collection, key) };
  }

  #schedule({ namespace, collection, keyHash, next }: HashedUpdate, written: Height): void {
    if (next === undefined) return;
    const life = this.#context.blockToLive(namespace, collection);
    if (life === 0n) return;
    // pvtdatapolicy/btlpolicy.go GetExpiringBlock
    const ends = this.#block + life + 1n;
    this.scheduled = true;
    ExpirySchedule.add(this.#batch, ends, { namespace, collection, keyHash, written });
  }
}

/** The staged writes of a transaction whose hashes match the block; others never become state. */
class MatchingWrites {
  readonly accepted: readonly PrivateCollectionWrites[];
  readonly #byKey = new Map<string, KvWrite>();
  readonly #purged: ReadonlySet<string>;

  constructor(cleartext: readonly PrivateCollectionWrites[], { updates, purges }: PrivateChanges) {
    const confirmed = new Map(updates.map((each) => [idOf(each), each]));
    this.#purged = new Set(purges.map(idOf));
    this.accepted = cleartext.flatMap((each) => {
      const writes = each.writes.filter((write) => this.#accept(each, write, confirmed));
      if (writes.length === 0 && each.metadataWrites.length === 0) return [];
      return [{ ...each, writes }];
    });
  }

  find(key: HashedKey): KvWrite | undefined {
    return this.#byKey.get(idOf(key));
  }

  #accept(
    { namespace, collection }: PrivateCollectionWrites,
    write: KvWrite,
    confirmed: ReadonlyMap<string, HashedUpdate>,
  ): boolean {
    const id = idOf({ namespace, collection, keyHash: hashKey(write.key) });
    const update = confirmed.get(id);
    if (update === undefined) return false;
    const isDelete = isDeleteWrite(write);
    if (update.next === undefined ? !isDelete : isDelete || !holds(update.next, write.value)) {
      return false;
    }
    this.#byKey.set(id, write);
    // A purge removes the key as well as the value.
    return !this.#purged.has(id);
  }
}

/** The cleartext of a hash: newly written, or kept when only metadata changed; undefined when it is not held. */
function currentValue(
  next: VersionedHash,
  write: KvWrite | undefined,
  before: VersionedValue | undefined,
): VersionedValue | undefined {
  const value = write?.value ?? before?.value;
  return value !== undefined && holds(next, value) ? { value, version: next.version } : undefined;
}

function holds(hash: VersionedHash, value: Uint8Array): boolean {
  return Buffer.compare(hash.valueHash, sha256(value)) === 0;
}

function idOf({ namespace, collection, keyHash }: HashedKey): string {
  return `${namespace}\0${collection}\0${Buffer.from(keyHash).toString('latin1')}`;
}
