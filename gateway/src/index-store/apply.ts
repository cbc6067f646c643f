import { contractEvent } from '@yici/chaincode/model';
import type { StateStore, StoreChange } from '../store/state-store.js';
import type { DecodedBlock, DecodedTransaction, DecodedWrite } from './decode.js';
import { indexers, type IndexEntry } from './entries.js';
import type { Applied } from './feed.js';
import { indexKeys, paddedBlock, paddedPosition, splitCompositeKey } from './keys.js';
import type { BlockRow, EventRow, TransactionRow } from './model.js';
import { validCode, validationCode } from './validation-codes.js';

/** What a block changes in the index, and what to tell about it. */
export interface BlockChanges {
  readonly changes: readonly StoreChange[];
  readonly applied: Applied;
  /** The store as these changes leave it, also before they are written. */
  readonly after: Overlay;
}

/**
 * Computes a block's batch: the records its valid transactions wrote, their index entries (old ones removed), and the
 * rows of block, transactions and events. Reads the store, writes nothing: the caller adds the checkpoint and writes.
 */
export function blockChanges(
  block: DecodedBlock,
  store: Pick<StateStore, 'get'>,
  chaincode: string,
): BlockChanges {
  const overlay = new Overlay(store);
  const transactions: TransactionRow[] = [];
  const events: EventRow[] = [];
  for (const transaction of block.transactions) {
    for (const write of transaction.writes) {
      if (write.namespace === chaincode) applyWrite(overlay, write);
    }
    const event = eventRow(block.number, transaction, chaincode);
    const row = transactionRow(block.number, transaction, event?.parties ?? null);
    transactions.push(row);
    putTransaction(overlay, row);
    if (event !== undefined) {
      events.push(event);
      overlay.put(indexKeys.event(event.block, event.index), JSON.stringify(event));
    }
  }
  overlay.put(indexKeys.block(block.number), JSON.stringify(blockRow(block)));
  return {
    changes: overlay.changes(),
    applied: { block: block.number, transactions, events },
    after: overlay,
  };
}

/** The store as the batch so far would leave it. */
export class Overlay {
  #store: Pick<StateStore, 'get'>;
  readonly #values = new Map<string, string | undefined>();
  readonly #read = new Map<string, string | undefined>();

  constructor(store: Pick<StateStore, 'get'>) {
    this.#store = store;
  }

  /** What was read stays: the acts of a block ask for the same few matters again and again. */
  get(key: string): string | undefined {
    if (this.#values.has(key)) return this.#values.get(key);
    if (this.#read.has(key)) return this.#read.get(key);
    const value = this.#store.get(key);
    this.#read.set(key, value);
    return value;
  }

  /** Takes another view of the same earlier state: the store, once everything before this block is in it. */
  rebase(store: Pick<StateStore, 'get'>): void {
    this.#store = store;
  }

  /** Whether this block put it there. */
  holds(key: string): boolean {
    return this.#values.get(key) !== undefined;
  }

  put(key: string, value: string): void {
    this.#values.set(key, value);
  }

  delete(key: string): void {
    this.#values.set(key, undefined);
  }

  changes(): StoreChange[] {
    return [...this.#values].map(([key, value]) =>
      value === undefined ? { type: 'del', key } : { type: 'put', key, value },
    );
  }
}

function applyWrite(overlay: Overlay, write: DecodedWrite): void {
  const parts = splitCompositeKey(write.key);
  if (parts === undefined) return;
  const key = indexKeys.record(parts.kind, ...parts.attributes);
  const index = indexers.get(parts.kind);
  if (index !== undefined) {
    const lookup = (kind: string, ...attributes: string[]) =>
      overlay.get(indexKeys.record(kind, ...attributes));
    const entries = (text: string | undefined): IndexEntry[] =>
      text === undefined ? [] : index(parseJson(text), lookup);
    for (const entry of entries(overlay.get(key))) overlay.delete(entry.key);
    for (const entry of entries(write.value)) overlay.put(entry.key, entry.value);
  }
  if (write.value === undefined) overlay.delete(key);
  else overlay.put(key, write.value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first transaction with an id is the one that counts: a later one was refused as its duplicate. */
function putTransaction(overlay: Overlay, row: TransactionRow): void {
  overlay.put(indexKeys.position(row.block, row.index), JSON.stringify(row));
  const key = indexKeys.transaction(row.txId);
  if (row.txId === '' || overlay.holds(key)) return;
  // A valid one has no namesake in an earlier block, or it would be invalid as its duplicate: nothing to look for.
  if (row.code.number === validCode || overlay.get(key) === undefined) {
    overlay.put(key, JSON.stringify([row.block, row.index]));
  }
}

function transactionRow(
  block: number,
  transaction: DecodedTransaction,
  parties: string[] | null,
): TransactionRow {
  return {
    txId: transaction.txId,
    block,
    index: transaction.index,
    type: transaction.type,
    code: validationCode(transaction.code),
    at: transaction.at,
    creator: transaction.creator,
    chaincode: transaction.chaincode,
    function: transaction.function,
    parties,
  };
}

function eventRow(
  block: number,
  transaction: DecodedTransaction,
  chaincode: string,
): EventRow | undefined {
  if (transaction.event === undefined || transaction.chaincode !== chaincode) return undefined;
  const parsed = contractEvent.safeParse(parseJson(transaction.event.payload));
  if (!parsed.success) return undefined;
  return {
    id: `${String(block)}-${String(transaction.index)}`,
    name: parsed.data.name,
    txId: transaction.txId,
    block,
    index: transaction.index,
    at: transaction.at,
    mspId: transaction.creator?.mspId ?? '',
    payload: parsed.data,
    parties: parsed.data.parties ?? null,
  };
}

function blockRow(block: DecodedBlock): BlockRow {
  return {
    number: block.number,
    hash: block.hash,
    previousHash: block.previousHash,
    dataHash: block.dataHash,
    transactions: block.transactions.length,
    valid: block.transactions.filter((transaction) => transaction.code === validCode).length,
    at: block.transactions[0]?.at ?? null,
  };
}

/** Sort key of an event or transaction: used by cursors and by Last-Event-ID. */
export const sortKey = (block: number, index: number): string =>
  `${paddedBlock(block)}-${paddedPosition(index)}`;
