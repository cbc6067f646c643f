import type { HashedUpdate, Purge, StateUpdates } from '@yici/ledger';
import { getOrAdd } from '../../get-or-add.js';
import type { BlockLocation } from '../storage/block-files.js';
import type { WriteBatch } from '../storage/level-store.js';
import { BlockIndex } from '../storage/repositories/block-index.js';
import { HashedState } from '../storage/repositories/hashed-state.js';
import { HistoryIndex } from '../storage/repositories/history-index.js';
import { PublicState } from '../storage/repositories/public-state.js';
import type { Savepoint } from '../storage/repositories/savepoint.js';
import { TransactionIndex } from '../storage/repositories/transaction-index.js';
import type { Tables } from '../storage/repositories/tables.js';
import type { CollectionRetention } from './collection-retention.js';
import { PrivateBlock, type PrivateChanges, type PrivateContext } from './private-data.js';

export const VALID = 0;

export interface TransactionOutcome {
  readonly txId: string;
  /** Fabric's TxValidationCode. */
  readonly code: number;
}

/** A block as stored in the files, with the changes of its valid transactions. */
export interface AppliedBlock {
  readonly number: bigint;
  readonly location: BlockLocation;
  readonly previousHash: Uint8Array;
  readonly headerHash: Uint8Array;
  readonly commitHash: Uint8Array;
  readonly lastConfig: bigint;
  /** By position. */
  readonly transactions: readonly TransactionOutcome[];
  readonly updates: StateUpdates;
}

interface BatchContext {
  readonly tables: Tables;
  readonly lives: CollectionRetention;
  /** Whether any private key expires; only then blocks are checked for expired keys. */
  readonly mayExpire: boolean;
  /** Whether private cleartext is staged for the transaction. */
  isStaged(txId: string): boolean;
}

interface BlockEffects {
  /** Whether any private key got an expiry. */
  readonly scheduled: boolean;
}

/** Adds all store changes of one block to `batch`; the caller adds the savepoint. */
export async function addBlock(
  batch: WriteBatch,
  block: AppliedBlock,
  context: BatchContext,
): Promise<BlockEffects> {
  addTransactions(batch, block, context);
  const places = placesOf(block.transactions);
  const privateBlock = new PrivateBlock(privateContext(context), batch, block.number);
  if (context.mayExpire) await privateBlock.expire();
  addPublic(batch, block, places);
  await addHashed(batch, block, places, privateBlock);
  privateBlock.finish();
  BlockIndex.add(batch, block.number, block.headerHash, block.location);
  return { scheduled: privateBlock.scheduled };
}

/** The savepoint after the block is applied. */
export function savepointOf(block: AppliedBlock): Savepoint {
  const { number, location, lastConfig, headerHash, commitHash } = block;
  return { block: number, location, lastConfig, headerHash, commitHash };
}

/** The index keeps the first transaction with an id; a later one is only in the block. */
function addTransactions(batch: WriteBatch, block: AppliedBlock, context: BatchContext): void {
  const seen = new Set<string>();
  for (const [position, { txId, code }] of block.transactions.entries()) {
    if (txId === '' || seen.has(txId)) continue;
    seen.add(txId);
    if (context.isStaged(txId)) context.tables.staged.remove(batch, txId);
    if (code !== VALID && context.tables.transactions.has(txId)) continue;
    TransactionIndex.add(batch, txId, { block: block.number, position, code });
  }
}

/** Position of each valid transaction. */
function placesOf(transactions: readonly TransactionOutcome[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [position, { txId, code }] of transactions.entries()) {
    if (code === VALID) places.set(txId, position);
  }
  return places;
}

function addPublic(
  batch: WriteBatch,
  { number, updates }: AppliedBlock,
  places: ReadonlyMap<string, number>,
): void {
  for (const { namespace, key, next, txId } of updates.writes) {
    PublicState.write(batch, namespace, key, next);
    // The channel config is stored without a namespace and is read from the config blocks instead.
    if (namespace === '') continue;
    const position = places.get(txId) ?? 0;
    HistoryIndex.add(batch, namespace, key, { block: number, position });
  }
}

async function addHashed(
  batch: WriteBatch,
  { updates }: AppliedBlock,
  places: ReadonlyMap<string, number>,
  privateBlock: PrivateBlock,
): Promise<void> {
  for (const update of updates.hashes) HashedState.write(batch, update, update.next);
  const placed = [...byTransaction(updates)]
    .map(([txId, changes]) => ({ txId, changes, position: places.get(txId) ?? 0 }))
    .sort((one, other) => one.position - other.position);
  for (const { txId, position, changes } of placed) {
    await privateBlock.apply(txId, position, changes);
  }
}

function byTransaction({ hashes, purges }: StateUpdates): ReadonlyMap<string, PrivateChanges> {
  const groups = new Map<string, { updates: HashedUpdate[]; purges: Purge[] }>();
  const groupOf = (txId: string) => getOrAdd(groups, txId, () => ({ updates: [], purges: [] }));
  for (const update of hashes) groupOf(update.txId).updates.push(update);
  for (const purge of purges) groupOf(purge.txId).purges.push(purge);
  return groups;
}

function privateContext({ tables, lives }: BatchContext): PrivateContext {
  return {
    tables,
    // A rebuild finds only the staged writes that the block left when it was first committed.
    cleartext: (txId, height) => tables.staged.get(txId) ?? tables.privateWrites.get(height),
    blockToLive: (namespace, collection) => lives.blockToLive(namespace, collection),
  };
}
