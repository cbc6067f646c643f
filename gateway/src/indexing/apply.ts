import { changePublic, type Content } from '@yici/ledger';
import { contractEvent, keyKinds, shanghaiDate, shiftDate } from '@yici/domain/model';
import { factEntries, pastOf, rowSince } from '../facts/fact.js';
import { transactionFacts } from '../facts/transaction-facts.js';
import type { StateStore, StoreChange } from '../store/state-store.js';
import { conforming } from '../index-store/conforms.js';
import { flagClocks } from '../index-store/clock-rows.js';
import { textOf, type DecodedBlock, type DecodedTransaction } from '../index-store/decode.js';
import { dueIndexers, dueOfOthers } from '../index-store/due-entries.js';
import { indexers, writtenOnce } from './entries.js';
import { knownMember } from '../index-store/known-records.js';
import {
  noDay,
  type IndexEntry,
  type RecordLookup,
  type Surroundings,
} from '../index-store/index-entry.js';
import { indexKeys, splitCompositeKey } from '../index-store/keys.js';
import { keyIndexes } from '../index-store/row-indexes.js';
import type { BlockRow } from '@yici/api';
import type { EventRow, Signer, TransactionRow } from '../index-store/model.js';
import { validCode, validationCode } from '../index-store/validation-codes.js';

/**
 * Computes a block's batch: the records written by its valid transactions, their index entries (old ones removed), and the rows
 * of block, transactions and events. Reads the store but does not write: the caller adds the checkpoint and writes.
 */
export function blockChanges(
  block: DecodedBlock,
  store: Pick<StateStore, 'get'>,
  chaincode: string,
  counted: CountedCases = new Map(),
) {
  const overlay = new Overlay(store);
  const countedWith = (year: string) => counted.get(year) ?? [];
  const transactions: TransactionRow[] = [];
  const events: EventRow[] = [];
  for (const transaction of block.transactions) {
    applyWrites(overlay, transaction, chaincode, countedWith);
    putFacts(overlay, transaction, chaincode);
    putSigner(overlay, transaction, chaincode);
    const event = eventRow(block.number, transaction, chaincode);
    const row = transactionRow(block.number, transaction, event?.parties ?? null);
    transactions.push(row);
    if (event !== undefined) {
      events.push(event);
      overlay.put(indexKeys.event(event.block, event.index), JSON.stringify(event));
      putDocumentActs(overlay, event, transaction.digests);
      putDone(overlay, event, transaction);
      putIssued(overlay, event);
    }
  }
  flagClocks(overlay, transactions, chaincode);
  for (const row of transactions) putTransaction(overlay, row);
  overlay.put(indexKeys.block(block.number), JSON.stringify(blockRow(block)));
  return {
    changes: overlay.changes,
    applied: { block: block.number, transactions, events },
    after: overlay,
  };
}

/** Open cases by a year with whose calendar they counted. */
export type CountedCases = ReadonlyMap<string, readonly string[]>;

const calendarKinds = [keyKinds.calendar, keyKinds.calendarVersion].map(
  ({ objectType }) => objectType,
);

/** The years whose calendars a block changes: that happens a few times in a year. */
export function calendarYears({ transactions }: DecodedBlock, chaincode: string): Set<string> {
  const years = new Set<string>();
  const own = transactions.flatMap(({ writes }) =>
    writes.filter((one) => one.namespace === chaincode),
  );
  for (const { key } of own.flatMap(({ writes }) => writes)) {
    if (!calendarKinds.some((kind) => key.startsWith(`\u0000${kind}\u0000`))) continue;
    const [year] = splitCompositeKey(key)?.attributes ?? [];
    if (year !== undefined) years.add(year);
  }
  return years;
}

/** The cases of these years that an index has; a case of the same block is looked at when it is written next. */
export async function countedCases(
  store: Pick<StateStore, 'keys'>,
  years: ReadonlySet<string>,
): Promise<CountedCases> {
  const counted = new Map<string, readonly string[]>();
  for (const year of years) {
    const range = indexKeys.entries(keyIndexes.counted, year);
    const keys = await store.keys(range);
    counted.set(
      year,
      keys.map((key) => key.slice(range.gte.length)),
    );
  }
  return counted;
}

/**
 * The changes so far, overlaid on the store for look-ups of records and transactions. Rows that are not looked up while
 * a block is applied, most of a batch, are only collected.
 */
export class Overlay {
  /** In order: the last change of a key wins. */
  readonly changes: StoreChange[] = [];
  #store: Pick<StateStore, 'get'>;
  readonly #values = new Map<string, string | undefined>();
  readonly #read = new Map<string, string | undefined>();
  /** Who has signed or endorsed on a day is recorded already: see `transactionFacts`. */
  readonly signersSeen = new Set<string>();

  constructor(store: Pick<StateStore, 'get'>) {
    this.#store = store;
  }

  /** The value set by {@link set} or {@link unset}, otherwise the store's. */
  get(key: string): string | undefined {
    if (this.#values.has(key)) return this.#values.get(key);
    if (this.#read.has(key)) return this.#read.get(key);
    const value = this.#store.get(key);
    // Cached: the acts of a block read the same few matters repeatedly.
    this.#read.set(key, value);
    return value;
  }

  /** A record, including changes of this block. */
  readonly lookup: RecordLookup = (kind, ...attributes) =>
    this.get(indexKeys.record(kind, ...attributes));

  /** Replaces the underlying store by an equivalent one: the real store, once all earlier blocks are written to it. */
  rebase(store: Pick<StateStore, 'get'>): void {
    this.#store = store;
  }

  /** Whether this block set the key. */
  holds(key: string): boolean {
    return this.#values.get(key) !== undefined;
  }

  /** Sets a value that may be read again. */
  set(key: string, value: string): void {
    this.#values.set(key, value);
    this.put(key, value);
  }

  unset(key: string): void {
    this.#values.set(key, undefined);
    this.delete(key);
  }

  /** Adds entries, which already are changes. */
  add(entries: readonly IndexEntry[]): void {
    for (const one of entries) this.changes.push(one);
  }

  put(key: string, value: string): void {
    this.changes.push({ type: 'put', key, value });
  }

  delete(key: string): void {
    this.changes.push({ type: 'del', key });
  }
}

/** A day later than any act so far: signers' clocks differ by minutes. */
const dayAfter = (at: string | null): string =>
  at === null ? noDay : shiftDate(shanghaiDate(at), 1);

/** Applies writes as the peer's state does after the transaction; the index does not keep metadata. */
function applyWrites(
  overlay: Overlay,
  { writes, at }: DecodedTransaction,
  chaincode: string,
  countedWith: Surroundings['countedWith'],
): void {
  const month = at === null ? '' : shanghaiDate(at).slice(0, 7);
  const around = { lookup: overlay.lookup, until: dayAfter(at), month, countedWith };
  const before = { content: (key: string) => stored(overlay, key), metadata: () => undefined };
  changePublic(writes, chaincode, before, (key, next) =>
    applyWrite(overlay, key, next && textOf(next.value), around),
  );
}

/** Read only where a transaction leaves a key's value unchanged. */
function stored(overlay: Overlay, key: string): Content | undefined {
  const parts = splitCompositeKey(key);
  const text = parts && overlay.lookup(parts.kind, ...parts.attributes);
  return text === undefined ? undefined : { value: Buffer.from(text) };
}

/** `written` undefined deletes. */
function applyWrite(
  overlay: Overlay,
  stateKey: string,
  written: string | undefined,
  around: Surroundings,
): void {
  const parts = splitCompositeKey(stateKey);
  if (parts === undefined) return;
  const key = indexKeys.record(parts.kind, ...parts.attributes);
  if (writtenOnce.has(parts.kind)) {
    if (written === undefined) overlay.unset(key);
    else overlay.set(key, written);
    return;
  }
  const value = written === undefined ? undefined : parseJson(written);
  const due = dueElsewhere(parts.kind, value, around);
  const dueBefore = due();
  const index = indexers.get(parts.kind);
  if (index !== undefined) {
    const stored = overlay.get(key);
    const before = stored === undefined ? [] : index(parseJson(stored), around);
    replaceEntries(overlay, before, value === undefined ? [] : index(value, around), around.month);
  }
  if (written === undefined) overlay.unset(key);
  else overlay.set(key, written);
  replaceEntries(overlay, dueBefore, due(), around.month);
}

/** The due entries of the records that depend on this one: computed before and after it is written. */
function dueElsewhere(kind: string, value: unknown, around: Surroundings): () => IndexEntry[] {
  const affected = value === undefined ? undefined : dueOfOthers.get(kind)?.(value, around);
  if (affected === undefined || affected.length === 0) return () => [];
  return () =>
    affected.flatMap((record) => {
      const text = around.lookup(record.kind, ...record.attributes);
      if (text === undefined) return [];
      return dueIndexers.get(record.kind)?.(parseJson(text), around) ?? [];
    });
}

/**
 * An entry whose key remains is overwritten, not deleted first. Unchanged key-only entries and facts are skipped: they
 * already exist. What a fact was at the end of an earlier month is kept, for the reports of that month.
 */
function replaceEntries(
  overlay: Overlay,
  before: readonly IndexEntry[],
  after: readonly IndexEntry[],
  month: string,
): void {
  // Most records of a rebuild are new.
  if (before.length === 0) {
    for (const one of after) putEntry(overlay, one, month);
    return;
  }
  const there = new Map(before.map((one) => [one.key, one]));
  for (const one of after) {
    const { key, value, fact } = one;
    const old = there.get(key);
    there.delete(key);
    if (old?.value === value && (fact !== undefined || value === '')) continue;
    if (old !== undefined) keepPast(overlay, old, month);
    putEntry(overlay, one, month);
  }
  for (const old of there.values()) {
    keepPast(overlay, old, month);
    overlay.unset(old.key);
  }
}

function putEntry(overlay: Overlay, one: IndexEntry, month: string): void {
  const { key, value, fact } = one;
  if (fact === undefined) overlay.changes.push(one);
  else overlay.set(key, rowSince({ type: 'put', key, value, fact }, month));
}

function keepPast(overlay: Overlay, { fact, ...rest }: IndexEntry, month: string): void {
  if (fact === undefined) return;
  overlay.add(pastOf({ ...rest, fact }, () => overlay.get(rest.key), month));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Facts of the transaction itself; the first fact with a key is kept, such as that of a day on which a peer endorsed. */
function putFacts(overlay: Overlay, transaction: DecodedTransaction, chaincode: string): void {
  const facts = transactionFacts(transaction, chaincode, {
    departmentOf: (mspId) => knownMember(overlay.lookup, mspId),
    signersSeen: overlay.signersSeen,
  });
  for (const { key, value } of factEntries(facts)) {
    if (overlay.get(key) === undefined) overlay.set(key, value);
  }
}

/** Who has signed for a department, in which role, and when last; once a block. */
function putSigner(overlay: Overlay, transaction: DecodedTransaction, chaincode: string): void {
  const { at, creator, code } = transaction;
  if (at === null || creator?.role == null || code !== validCode) return;
  if (transaction.chaincode !== chaincode) return;
  const { mspId, role, user, section } = creator;
  const key = indexKeys.entry(keyIndexes.signers, mspId, role, user);
  if (overlay.signersSeen.has(key)) return;
  overlay.signersSeen.add(key);
  const signer: Signer = { at, section };
  overlay.put(key, JSON.stringify(signer));
}

/** The first transaction with an id is kept: a later one was refused as a duplicate. */
function putTransaction(overlay: Overlay, row: TransactionRow): void {
  overlay.put(indexKeys.position(row.block, row.index), JSON.stringify(row));
  const key = indexKeys.transaction(row.txId);
  if (row.txId === '' || overlay.holds(key)) return;
  // A valid transaction has no duplicate in an earlier block, so no look-up is needed.
  if (row.code.number === validCode || overlay.get(key) === undefined) {
    overlay.set(key, JSON.stringify([row.block, row.index]));
  }
}

function transactionRow(
  block: number,
  transaction: DecodedTransaction,
  parties: string[] | null,
): TransactionRow {
  const { creator } = transaction;
  return {
    txId: transaction.txId,
    block,
    index: transaction.index,
    type: transaction.type,
    code: validationCode(transaction.code),
    at: transaction.at,
    creator: creator && { mspId: creator.mspId, user: creator.user },
    chaincode: transaction.chaincode,
    function: transaction.function,
    parties,
  };
}

const eventOf = conforming(contractEvent);

function eventRow(
  block: number,
  transaction: DecodedTransaction,
  chaincode: string,
): EventRow | undefined {
  if (transaction.event === undefined || transaction.chaincode !== chaincode) return undefined;
  const payload = eventOf(parseJson(transaction.event.payload));
  if (payload === undefined) return undefined;
  return {
    id: `${String(block)}-${String(transaction.index)}`,
    name: payload.name,
    txId: transaction.txId,
    block,
    index: transaction.index,
    at: transaction.at,
    mspId: transaction.creator?.mspId ?? '',
    payload,
    parties: payload.parties ?? null,
  };
}

/** Whose act it was; what gateways do by themselves is nobody's. */
function putDone(overlay: Overlay, event: EventRow, { creator }: DecodedTransaction): void {
  const { block, index, payload } = event;
  const department = eventOf(payload)?.department;
  if (department === undefined || creator === null || creator.role === 'gateway') return;
  for (const user of ['', creator.user]) {
    overlay.put(indexKeys.act(department, user, block, index), '');
  }
}

/** Which transaction issued a card or an order: its paper is made of that one's block. */
function putIssued(overlay: Overlay, { name, block, index, payload }: EventRow): void {
  const of = issuing.get(name);
  const event = of && eventOf(payload);
  const id = of === 'card' ? event?.cardId : event?.orderId;
  if (of === undefined || id === undefined) return;
  overlay.put(indexKeys.issued(of, id), JSON.stringify([block, index]));
}

const issuing: ReadonlyMap<string, 'card' | 'order'> = new Map([
  ['card.raise', 'card'],
  ['card.raiseOther', 'card'],
  ['order.issue', 'order'],
]);

/** The documents that an act names, under the department whose act it is. */
function putDocumentActs(overlay: Overlay, event: EventRow, digests: readonly string[]): void {
  const { block, index, payload } = event;
  const department = digests.length === 0 ? undefined : eventOf(payload)?.department;
  if (department === undefined) return;
  for (const digest of digests) {
    overlay.put(indexKeys.documentAct(digest, department, block, index), '');
  }
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
