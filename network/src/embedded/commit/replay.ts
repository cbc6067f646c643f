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
  UpdateBatch,
  type EarlierState,
  type StateReader,
  type TransactionOutline,
  type Version,
  type VersionedHash,
  type VersionedValue,
} from '@yici/ledger';
import { getOrAdd } from '../../get-or-add.js';
import type { StoredBlock } from '../storage/block-files.js';
import { VALID, type AppliedBlock, type TransactionOutcome } from './block-batch.js';

const NONE = new Uint8Array(0);

/** The state on which blocks are replayed: the store, overlaid with the newest block, which may still be being written. */
export class ReplayState implements EarlierState {
  readonly #store: Pick<StateReader, 'get' | 'getHash'>;
  /** Every key that ever had metadata, known when all blocks are replayed: others need no store lookup. */
  readonly #marked: Map<string, Set<string>> | undefined;
  #newest: UpdateBatch | undefined;

  /** `fromStart`: replay begins at block 0. */
  constructor(store: Pick<StateReader, 'get' | 'getHash'>, fromStart: boolean) {
    this.#store = store;
    this.#marked = fromStart ? new Map<string, Set<string>>() : undefined;
  }

  metadata(namespace: string, key: string): VersionedValue['metadata'] {
    if (this.#marked !== undefined && this.#marked.get(namespace)?.has(key) !== true) {
      return undefined;
    }
    return this.get(namespace, key)?.metadata;
  }

  get(namespace: string, key: string): VersionedValue | undefined {
    const change = this.#newest?.change(namespace, key);
    return change === undefined ? this.#store.get(namespace, key) : change.next;
  }

  getHash(namespace: string, collection: string, keyHash: Uint8Array): VersionedHash | undefined {
    const change = this.#newest?.hashChange(namespace, collection, keyHash);
    return change === undefined ? this.#store.getHash(namespace, collection, keyHash) : change.next;
  }

  /** Adds a block's changes; those of the previous block are in the store by now. */
  advance(newest: UpdateBatch): void {
    this.#newest = newest;
    if (this.#marked === undefined) return;
    for (const { namespace, key, next } of newest.updates.writes) {
      if (next?.metadata === undefined) continue;
      getOrAdd(this.#marked, namespace, () => new Set<string>()).add(key);
    }
  }
}

/**
 * The changes of a stored block by the validation codes in it: this node validated it before writing. Signatures and
 * policies are not verified again; that is the auditor's task.
 */
export function replayBlock(
  stored: StoredBlock,
  state: ReplayState,
  lastConfig: bigint,
): AppliedBlock {
  const block = parseBlock(stored.bytes);
  const codes = transactionsFilter(block);
  const batch = new UpdateBatch(state);
  let configAt = lastConfig;
  const transactions = block.envelopes.map((bytes, position): TransactionOutcome => {
    const code = codes?.[position] ?? VALID;
    const outline = readable(bytes, code);
    if (outline === undefined) return { txId: '', code };
    const { txId, type } = outline;
    if (code === VALID) {
      collect(outline, { block: block.number, tx: position }, batch);
      if (type === headerType.config) configAt = block.number;
    }
    return { txId, code };
  });
  state.advance(batch);
  return {
    number: stored.number,
    location: stored.location,
    previousHash: block.previousHash,
    headerHash: headerHash(block),
    commitHash: commitHashOf(block) ?? NONE,
    lastConfig: configAt,
    transactions,
    updates: batch.updates,
  };
}

function collect(
  { txId, type, data }: TransactionOutline,
  version: Version,
  batch: UpdateBatch,
): void {
  if (type === headerType.config) batch.put('', CONFIG_KEY, data, version, txId);
  if (type !== headerType.endorserTransaction) return;
  // The result cannot be a halt: the committer left such transactions out.
  batch.apply(decodeTxWrites(transactionResults(data)), version, txId);
}

/** An invalid transaction may be malformed, a valid one never is. */
function readable(bytes: Uint8Array, code: number): TransactionOutline | undefined {
  if (code === VALID) return outlineOf(bytes);
  try {
    return outlineOf(bytes);
  } catch {
    return undefined;
  }
}
