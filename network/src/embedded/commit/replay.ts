import {
  CONFIG_KEY,
  commitHashOf,
  decodeTxWrites,
  headerHash,
  headerType,
  outlineOf,
  parseBlock,
  transactionResults,
  transactionsFilter,
  type StateReader,
  type TransactionOutline,
  type Version,
  type VersionedHash,
  type VersionedValue,
} from '@yici/ledger';
import type { StoredBlock } from '../storage/block-files.js';
import { VALID, type AppliedBlock, type TransactionOutcome } from './block-batch.js';
import { KeyMap, WriteSets, type EarlierState } from './write-set.js';

const NONE = new Uint8Array(0);

/** The state that blocks are replayed on: the store, and over it the newest block, which may still be on its way there. */
export class ReplayState implements EarlierState {
  readonly #store: Pick<StateReader, 'get' | 'getHash'>;
  /** Every key that ever had metadata, when all blocks are replayed: the store need not be asked for the others. */
  readonly #marked: KeyMap<true> | undefined;
  #newest: WriteSets | undefined;

  /** `fromStart`: block 0 is the first to be replayed. */
  constructor(store: Pick<StateReader, 'get' | 'getHash'>, fromStart: boolean) {
    this.#store = store;
    this.#marked = fromStart ? new KeyMap() : undefined;
  }

  metadata(namespace: string, key: string): VersionedValue['metadata'] {
    const unmarked = this.#marked?.has(namespace, key) === false;
    return unmarked ? undefined : this.get(namespace, key)?.metadata;
  }

  get(namespace: string, key: string): VersionedValue | undefined {
    const change = this.#newest?.change(namespace, key);
    return change === undefined ? this.#store.get(namespace, key) : change.next;
  }

  getHash(namespace: string, collection: string, keyHash: Uint8Array): VersionedHash | undefined {
    const change = this.#newest?.hashChange(namespace, collection, keyHash);
    return change === undefined ? this.#store.getHash(namespace, collection, keyHash) : change.next;
  }

  /** Takes in a block's changes; those of the block before are in the store by now. */
  advance(updates: WriteSets): void {
    this.#newest = updates;
    for (const { namespace, key, next } of updates.writes) {
      if (next?.metadata !== undefined) this.#marked?.set(namespace, key, true);
    }
  }
}

/**
 * What a block in the files changes, taken from the validation codes written in it: this node judged it before it
 * wrote it. Signatures and policies are not looked at again; the auditor does that.
 */
export function replayBlock(
  stored: StoredBlock,
  state: ReplayState,
  lastConfig: bigint,
): AppliedBlock {
  const block = parseBlock(stored.bytes);
  const codes = transactionsFilter(block);
  const updates = new WriteSets(state);
  let configAt = lastConfig;
  const transactions = block.envelopes.map((bytes, position): TransactionOutcome => {
    const code = codes?.[position] ?? VALID;
    const outline = readable(bytes, code);
    if (outline === undefined) return { txId: '', code };
    const { txId, type } = outline;
    if (code === VALID) {
      collect(outline, { block: block.number, tx: position }, updates);
      if (type === headerType.config) configAt = block.number;
    }
    return { txId, code };
  });
  state.advance(updates);
  return {
    number: stored.number,
    location: stored.location,
    previousHash: block.previousHash,
    headerHash: headerHash(block),
    commitHash: commitHashOf(block) ?? NONE,
    lastConfig: configAt,
    transactions,
    updates,
  };
}

function collect(
  { txId, type, data }: TransactionOutline,
  version: Version,
  updates: WriteSets,
): void {
  if (type === headerType.config) updates.put('', CONFIG_KEY, data, version, txId);
  if (type !== headerType.endorserTransaction) return;
  updates.add(decodeTxWrites(transactionResults(data)), version, txId);
}

/** An invalid transaction may be bytes that nobody can read; a valid one never is. */
function readable(bytes: Uint8Array, code: number): TransactionOutline | undefined {
  if (code === VALID) return outlineOf(bytes);
  try {
    return outlineOf(bytes);
  } catch {
    return undefined;
  }
}
