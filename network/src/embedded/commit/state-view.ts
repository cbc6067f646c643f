import type { StateReader, VersionedHash, VersionedValue } from '@yici/ledger';
import type { HistoryEntry, StateSnapshot } from '../ports.js';
import type { KeyValueSnapshot, LevelStore } from '../storage/level-store.js';
import type { StateEntry } from '../storage/repositories/public-state.js';
import { readSavepoint } from '../storage/repositories/savepoint.js';
import { tablesOf, type Tables } from '../storage/repositories/tables.js';
import type { ChainReader } from './chain-reader.js';
import { keyHistory } from './history.js';

/** The committed state as the validator reads it. */
export class StateView implements StateReader {
  protected readonly tables: Tables;

  constructor(tables: Tables) {
    this.tables = tables;
  }

  get(namespace: string, key: string): VersionedValue | undefined {
    return this.tables.state.get(namespace, key);
  }

  getHash(namespace: string, collection: string, keyHash: Uint8Array): VersionedHash | undefined {
    return this.tables.hashes.get(namespace, collection, keyHash);
  }

  range(namespace: string, start: string, end: string): AsyncIterable<StateEntry> {
    return this.tables.state.range(namespace, start, end);
  }

  hasTransaction(txId: string): boolean {
    return this.tables.transactions.has(txId);
  }
}

class SnapshotView extends StateView implements StateSnapshot {
  readonly height: bigint;
  readonly #snapshot: KeyValueSnapshot;
  readonly #chain: ChainReader;

  constructor(snapshot: KeyValueSnapshot, chain: ChainReader) {
    super(tablesOf(snapshot));
    this.#snapshot = snapshot;
    this.#chain = chain;
    // Not the ledger's own height: a block may be in the store a moment before the ledger's height changes.
    this.height = (readSavepoint(snapshot)?.block ?? -1n) + 1n;
  }

  getPrivate(namespace: string, collection: string, key: string): VersionedValue | undefined {
    return this.tables.privateState.get(namespace, collection, key);
  }

  rangePrivate(
    namespace: string,
    collection: string,
    start: string,
    end: string,
  ): AsyncIterable<StateEntry> {
    return this.tables.privateState.range(namespace, collection, start, end);
  }

  history(namespace: string, key: string): AsyncIterable<HistoryEntry> {
    return keyHistory(this.tables.history, this.#chain, namespace, key);
  }

  close(): Promise<void> {
    return this.#snapshot.close();
  }
}

/** The current state, unaffected by later blocks. */
export function openSnapshot(store: LevelStore, chain: ChainReader): StateSnapshot {
  return new SnapshotView(store.snapshot(), chain);
}
