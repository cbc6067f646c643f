import { blockRowSchema, caseRowSchema, type BlockRow, type CaseRow } from '@yici/api';
import {
  contractEvent,
  keyKinds,
  type ContractEvent,
  type RecordKind,
  type RecordOf,
} from '@yici/domain/model';
import { z } from 'zod';
import { readJson } from '../store/json-values.js';
import type { StateStore, StoreRange } from '../store/state-store.js';
import { readIntersection, type IntersectionScan } from './intersection.js';
import { everyView, type RecordLookup } from './index-entry.js';
import { indexKeys, inNumberOrder, positionIn } from './keys.js';
import {
  checkpointSchema,
  eventRowSchema,
  signerSchema,
  transactionRowSchema,
  type Checkpoint,
  type EventRow,
  type Signer,
  type TransactionRow,
} from './model.js';
import { keyIndexes } from './row-indexes.js';
import { readChained, readPage, type Page, type PageRequest, type Scan } from '../store/page.js';

const positionSchema = z.tuple([z.number().int(), z.number().int()]);

/** Maximum number of acts looked up for a document; usually a few acts name it. */
const maxActs = 1_000;

/** Typed reads of the index, one method per prefix. Lists of domain records are in `lists.ts` and the other `*-lists.ts`. */
export class IndexReader {
  readonly #store: StateStore;
  constructor(store: StateStore) {
    this.#store = store;
  }

  checkpoint(): Checkpoint | undefined {
    return readJson(this.#store, indexKeys.checkpoint, checkpointSchema);
  }

  /** A record's JSON exactly as on the ledger. */
  recordText(kind: RecordKind, ...attributes: readonly string[]): string | undefined {
    return this.#store.get(indexKeys.record(keyKinds[kind].objectType, ...attributes));
  }

  /** The same by the type of the record's key. */
  readonly lookup: RecordLookup = (objectType, ...attributes) =>
    this.#store.get(indexKeys.record(objectType, ...attributes));

  /** Whether a view (a department, or all) contains this case. */
  isInView(view: string, caseNo: string): boolean {
    const key = indexKeys.entry(keyIndexes.casesByNumber, view, inNumberOrder(caseNo));
    return this.#store.get(key) !== undefined;
  }

  hasEntry(key: string): boolean {
    return this.#store.get(key) !== undefined;
  }

  entryText(key: string): string | undefined {
    return this.#store.get(key);
  }

  has(kind: RecordKind, ...attributes: readonly string[]): boolean {
    return this.recordText(kind, ...attributes) !== undefined;
  }

  record<K extends RecordKind>(kind: K, ...attributes: readonly string[]): RecordOf<K> | undefined {
    const key = indexKeys.record(keyKinds[kind].objectType, ...attributes);
    return readJson<RecordOf<K>>(this.#store, key, keyKinds[kind].schema);
  }

  /** Records of a kind whose key begins with these attributes, in key order; `keep` filters. */
  records<K extends RecordKind>(
    kind: K,
    attributes: readonly string[],
    request: PageRequest,
    keep: (record: RecordOf<K>) => boolean = () => true,
  ): Promise<Page<RecordOf<K>>> {
    const schema: z.ZodType<RecordOf<K>> = keyKinds[kind].schema;
    return this.page(
      {
        ...indexKeys.records(keyKinds[kind].objectType, ...attributes),
        read: (text) => {
          const record = schema.parse(JSON.parse(text));
          return keep(record) ? record : undefined;
        },
      },
      request,
    );
  }

  /** Raw entries of a range, for figures computed from all of them. */
  range(range: StoreRange): AsyncIterable<readonly [key: string, value: string]> {
    return this.#store.range(range);
  }

  page<T>(scan: Scan<T>, request: PageRequest): Promise<Page<T>> {
    return readPage(this.#store, scan, request);
  }

  /** Several ranges, one after the other. */
  chained<T>(scans: readonly Scan<T>[], request: PageRequest): Promise<Page<T>> {
    return readChained(this.#store, scans, request);
  }

  common<T>(scan: IntersectionScan<T>, request: PageRequest): Promise<Page<T>> {
    return readIntersection(this.#store, scan, request);
  }

  /** A case as shown in lists. */
  caseRow(caseNo: string): CaseRow | undefined {
    const key = indexKeys.entry(keyIndexes.casesByNumber, everyView, inNumberOrder(caseNo));
    return readJson(this.#store, key, caseRowSchema);
  }

  /** Who has signed for a department in this role. */
  async signers(mspId: string, role: string): Promise<ReadonlyMap<string, Signer>> {
    const range = indexKeys.entries(keyIndexes.signers, mspId, role);
    const found = new Map<string, Signer>();
    for await (const [key, signer] of this.#store.range(range)) {
      found.set(key.slice(range.gte.length), signerSchema.parse(JSON.parse(signer)));
    }
    return found;
  }

  block(number: number): BlockRow | undefined {
    return readJson(this.#store, indexKeys.block(number), blockRowSchema);
  }

  blocks(request: PageRequest): Promise<Page<BlockRow>> {
    const readRow = (text: string) => blockRowSchema.parse(JSON.parse(text));
    return this.page({ ...indexKeys.blocks(), reverse: true, read: readRow }, request);
  }

  transaction(txId: string): TransactionRow | undefined {
    return this.#transactionAt(indexKeys.transaction(txId));
  }

  /** The transaction that issued a card or an order. */
  issued(of: 'card' | 'order', id: string): TransactionRow | undefined {
    return this.#transactionAt(indexKeys.issued(of, id));
  }

  /** `key`: of a row that is a position. */
  #transactionAt(key: string): TransactionRow | undefined {
    const at = readJson(this.#store, key, positionSchema);
    if (at === undefined) return undefined;
    return readJson(this.#store, indexKeys.position(...at), transactionRowSchema);
  }

  /** A department's acts that name a document by this digest; other departments' acts are not included. */
  async documentActs(digest: string, department: string): Promise<ContractEvent[]> {
    const range = indexKeys.documentActs(digest, department);
    const keys = await this.#store.keys({ ...range, limit: maxActs });
    return keys.flatMap(
      (key) => contractEvent.safeParse(this.event(...positionIn(key))?.payload).data ?? [],
    );
  }

  async transactionsOf(block: number): Promise<TransactionRow[]> {
    const rows: TransactionRow[] = [];
    for await (const [, text] of this.#store.range(indexKeys.positions(block))) {
      rows.push(transactionRowSchema.parse(JSON.parse(text)));
    }
    return rows;
  }

  event(block: number, index: number): EventRow | undefined {
    return readJson(this.#store, indexKeys.event(block, index), eventRowSchema);
  }

  /** Events after a position, in order, for a stream that catches up. */
  async *eventsAfter(block: number, index: number): AsyncGenerator<EventRow> {
    const range = { ...indexKeys.events(), gte: `${indexKeys.event(block, index)}\u0000` };
    for await (const [, text] of this.#store.range(range)) {
      yield eventRowSchema.parse(JSON.parse(text));
    }
  }
}
