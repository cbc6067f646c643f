import type { StateReader, VersionedValue } from '@yici/ledger';
import { getOrAdd } from '../../get-or-add.js';
import type { StateSnapshot } from '../ports.js';
import type { LevelStore } from '../storage/level-store.js';
import { readSavepoint } from '../storage/repositories/savepoint.js';
import { tablesOf, type Tables } from '../storage/repositories/tables.js';
import type { ChainReader } from './chain-reader.js';
import { keyHistory } from './history.js';

/** The committed state as the validator reads it. */
export function stateView({ state, hashes, transactions }: Tables): StateReader {
  return {
    get: (namespace, key) => state.get(namespace, key),
    getHash: (namespace, collection, keyHash) => hashes.get(namespace, collection, keyHash),
    range: (namespace, start, end) => state.range(namespace, start, end),
    hasTransaction: (txId) => transactions.has(txId),
  };
}

/**
 * A state that does not change while it is used, with each public key read once: a simulation and the checks of a block
 * ask for the same keys several times, for value, version and metadata.
 */
export function readOnce(state: StateReader): StateReader {
  const known = new Map<string, VersionedValue | null>();
  const get: StateReader['get'] = (namespace, key) =>
    getOrAdd(known, `${namespace}\0${key}`, () => state.get(namespace, key) ?? null) ?? undefined;
  return { ...state, get };
}

/** The current state, unaffected by later blocks. */
export function openSnapshot(store: LevelStore, chain: ChainReader): StateSnapshot {
  const snapshot = store.snapshot();
  const tables = tablesOf(snapshot);
  const { privateState, history } = tables;
  return {
    ...readOnce(stateView(tables)),
    // Not the ledger's own height: a block may be in the store a moment before the ledger's height changes.
    height: (readSavepoint(snapshot)?.block ?? -1n) + 1n,
    getPrivate: (namespace, collection, key) => privateState.get(namespace, collection, key),
    rangePrivate: (namespace, collection, start, end) =>
      privateState.range(namespace, collection, start, end),
    history: (namespace, key) => keyHistory(history, chain, namespace, key),
    close: () => snapshot.close(),
  };
}
