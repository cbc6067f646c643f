import { hash } from 'node:crypto';
import { canonicalJson } from '@yici/domain/model';
import { readPage, type Page, type PageRequest } from '../store/page.js';
import { GroupWriter } from '../store/disk.js';
import { StoreHealth } from '../store/health.js';
import { openLevelStore } from '../store/level-store.js';
import {
  keyOf,
  under,
  type DiskStore,
  type StateStore,
  type StoreChange,
} from '../store/state-store.js';
import {
  anchorLines,
  chainsOf,
  everyRead,
  journalStoreKeys,
  paddedSeq,
  type ChainOf,
} from './keys.js';
import {
  anchorLineSchema,
  documentLineSchema,
  journalLineSchema,
  readLineSchema,
  type AnchorLine,
  type DocumentLine,
  type JournalEntry,
  type JournalKind,
  type JournalLine,
  type ReadLine,
} from '@yici/api';

/** The newest line of a chain: its number, and the SHA-256 of its canonical JSON. */
export interface JournalHead {
  readonly seq: number;
  readonly head: string;
}

/** The head of a journal without lines. */
export const noLines: JournalHead = { seq: -1, head: '0'.repeat(64) };

interface Appended {
  readonly entry: JournalEntry;
  readonly changes: readonly StoreChange[];
}

/**
 * Milliseconds for which a busy journal waits for more lines to sync with. Uses of keys are noted while the peers endorse,
 * which takes as long when there is much to do.
 */
const gathering = 10;

interface ReadLineFilter {
  readonly user?: string | undefined;
  readonly record?: string | undefined;
}

/**
 * The audit journal of a gateway: an append-only hash chain; each line is durable before the recorded act takes effect. A
 * removed or changed line breaks the link of the next one; truncation is detected by the anchors on the ledger. Lines about a
 * department or a document are also linked in chains of their own, so that readers with access to only those can verify them.
 */
export class AuditJournal {
  readonly #level: DiskStore;
  readonly #now: () => Date;
  #newest = noLines;
  /** Chains of departments; an anchor contains the heads of all of them. */
  #departments = new Map<string, JournalHead>();
  /** A write failed: it is unknown how much of it is on disk. */
  #unsure = false;
  readonly #writer: GroupWriter<Appended, JournalHead>;

  private constructor(level: DiskStore, now: () => Date) {
    this.#level = level;
    this.#now = now;
    this.#writer = new GroupWriter((group) => this.#write(group), { gathering });
  }

  /** @throws GatewayError STATE_FOLDER_LOCKED, STATE_FOLDER_UNUSABLE */
  static async open(
    directory: string,
    now: () => Date,
    health = new StoreHealth(),
  ): Promise<AuditJournal> {
    const level = await openLevelStore(directory, { health, writeBuffer: 4 * 1024 * 1024 });
    const journal = new AuditJournal(level, now);
    await journal.#look();
    return journal;
  }

  /** Appends a line, together with other changes of this store; resolves when they are durable. */
  append(entry: JournalEntry, changes: readonly StoreChange[] = []): Promise<JournalHead> {
    return this.#writer.write({ entry, changes });
  }

  /** Appends a line with the heads of all departments' chains; its number and hash are anchored on the ledger. */
  anchor(department: string, gateway: string): Promise<JournalHead> {
    return this.append({ kind: 'journal.anchor', department, gateway, chains: {} });
  }

  get newest(): JournalHead {
    return this.#newest;
  }

  /** The whole store as it is now. */
  entries(): AsyncIterable<readonly [key: string, value: string]> {
    return this.#level.entries();
  }

  /** The hash of a line that is still in the store. */
  hashOf(seq: number): string | undefined {
    const text = this.#level.get(keyOf(journalStoreKeys.line, paddedSeq(seq)));
    return text === undefined ? undefined : sha256(text);
  }

  get(key: string): string | undefined {
    return this.#level.get(key);
  }

  /** Lines, newest first; with `from`, oldest first starting at that number. */
  list(
    {
      from,
      kind,
      user,
    }: { from?: number | undefined; kind?: JournalKind | undefined; user?: string | undefined },
    request: PageRequest,
  ): Promise<Page<JournalLine>> {
    const range = under(journalStoreKeys.line);
    const first = from === undefined ? range.gte : keyOf(journalStoreKeys.line, paddedSeq(from));
    const read = (text: string) => {
      const line = journalLineSchema.parse(JSON.parse(text));
      if (kind !== undefined && line.kind !== kind) return undefined;
      return user === undefined || userOf(line) === user ? line : undefined;
    };
    return readPage(
      this.#level,
      { ...range, gte: first, reverse: from === undefined, read },
      request,
    );
  }

  /** The lines written for anchoring, newest first. */
  anchors(request: PageRequest): Promise<Page<AnchorLine>> {
    const read = (_value: string, key: string) => {
      const text = this.#level.get(keyOf(journalStoreKeys.line, paddedSeq(seqIn(key))));
      return text === undefined ? undefined : anchorLineSchema.parse(JSON.parse(text));
    };
    return readPage(this.#level, { ...under(anchorLines), reverse: true, read }, request);
  }

  /** Supervisors' reads of a department's records, or of all, newest first; the narrower range is scanned. */
  reads(
    department: string | undefined,
    { user, record }: ReadLineFilter,
    request: PageRequest,
  ): Promise<Page<ReadLine>> {
    const value = record ?? user;
    const field = record === undefined ? 'user' : 'record';
    const range =
      value === undefined
        ? this.#chain('department', department)
        : under(journalStoreKeys.pointer, department ?? everyRead, field, value);
    const read = (_value: string, key: string) => {
      const shown = this.#shown('department', department, seqIn(key));
      const line = shown && readLineSchema.parse(shown);
      return user === undefined || line?.by.user === user ? line : undefined;
    };
    return readPage(this.#level, { ...range, reverse: true, read }, request);
  }

  /** Reads, grants and erasure of a document, oldest first. */
  document(id: string, request: PageRequest): Promise<Page<DocumentLine>> {
    const read = (_value: string, key: string) =>
      documentLineSchema.parse(this.#shown('document', id, seqIn(key)));
    return readPage(this.#level, { ...this.#chain('document', id), read }, request);
  }

  /** The number of a line in a chain other than the journal's own. */
  numberIn({ of, id }: ChainOf, seq: number): number | undefined {
    const link = this.#level.get(keyOf(journalStoreKeys.link, of, id, paddedSeq(seq)));
    return link === undefined ? undefined : (JSON.parse(link) as { seq: number }).seq;
  }

  /** The oldest lines, also as texts for the archive. */
  async oldest(
    limit: number,
  ): Promise<readonly { readonly text: string; readonly line: JournalLine }[]> {
    const found: { text: string; line: JournalLine }[] = [];
    for await (const [, text] of this.#level.range({ ...under(journalStoreKeys.line), limit })) {
      found.push({ text, line: journalLineSchema.parse(JSON.parse(text)) });
    }
    return found;
  }

  async close(): Promise<void> {
    await this.#writer.settle();
    await this.#level.close();
  }

  #chain(of: ChainOf['of'], id: string | undefined) {
    return under(journalStoreKeys.link, of, id ?? everyRead);
  }

  /** A line as part of a chain: with that chain's number and link. */
  #shown(of: ChainOf['of'], id: string | undefined, seq: number): object | undefined {
    const text = this.#level.get(keyOf(journalStoreKeys.line, paddedSeq(seq)));
    const link = this.#level.get(keyOf(journalStoreKeys.link, of, id ?? everyRead, paddedSeq(seq)));
    if (text === undefined || link === undefined) return undefined;
    return { ...(JSON.parse(text) as object), ...(JSON.parse(link) as object) };
  }

  /** Loads the heads of the chains from the store. */
  async #look(): Promise<void> {
    let newest = noLines;
    const last = { ...under(journalStoreKeys.line), reverse: true, limit: 1 };
    for await (const [key, text] of this.#level.range(last)) newest = headOf(seqIn(key), text);
    const departments = new Map<string, JournalHead>();
    const heads = under(journalStoreKeys.head, 'department');
    for await (const [key, text] of this.#level.range(heads)) {
      departments.set(key.split('\u0000')[2] ?? '', JSON.parse(text) as JournalHead);
    }
    this.#newest = newest;
    this.#departments = departments;
    this.#unsure = false;
  }

  async #write(group: readonly Appended[]): Promise<JournalHead[]> {
    try {
      if (this.#unsure) await this.#look();
      const batch = new Batch(this.#level, this.#newest, this.#departments, this.#now);
      const heads = group.map(({ entry, changes }) => batch.add(entry, changes));
      await this.#level.write(batch.changes, true);
      this.#newest = batch.newest;
      this.#departments = batch.departments;
      return heads;
    } catch (error) {
      this.#unsure = true;
      throw error;
    }
  }
}

/** Lines that are written together; none counts before they are durable. */
class Batch {
  readonly changes: StoreChange[] = [];
  newest: JournalHead;
  readonly departments: Map<string, JournalHead>;
  readonly #heads = new Map<string, JournalHead>();
  readonly #level: StateStore;
  readonly #now: () => Date;

  constructor(
    level: StateStore,
    newest: JournalHead,
    departments: ReadonlyMap<string, JournalHead>,
    now: () => Date,
  ) {
    this.#level = level;
    this.newest = newest;
    this.departments = new Map(departments);
    this.#now = now;
  }

  add(entry: JournalEntry, changes: readonly StoreChange[]): JournalHead {
    const { seq, head: prev } = this.newest;
    const whole = entry.kind === 'journal.anchor' ? { ...entry, chains: this.#chains() } : entry;
    const line = { ...whole, at: this.#now().toISOString(), seq: seq + 1, prev };
    const text = canonicalJson(line);
    this.newest = headOf(line.seq, text);
    this.#put(keyOf(journalStoreKeys.line, paddedSeq(line.seq)), text);
    const { chains, pointers } = chainsOf(line);
    for (const chain of chains) this.#link(chain, line);
    for (const key of pointers) this.#put(key, '');
    this.changes.push(...changes);
    return this.newest;
  }

  #link({ of, id }: ChainOf, line: { readonly seq: number }): void {
    const headKey = keyOf(journalStoreKeys.head, of, id);
    const stored = this.#level.get(headKey);
    const before =
      this.#heads.get(headKey) ??
      (stored === undefined ? noLines : (JSON.parse(stored) as JournalHead));
    const link = { seq: before.seq + 1, prev: before.head };
    const head = headOf(link.seq, canonicalJson({ ...line, ...link }));
    this.#heads.set(headKey, head);
    if (of === 'department') this.departments.set(id, head);
    this.#put(headKey, JSON.stringify(head));
    this.#put(keyOf(journalStoreKeys.link, of, id, paddedSeq(line.seq)), JSON.stringify(link));
  }

  #chains(): AnchorLine['chains'] {
    const chains = [...this.departments].map(([id, head]) => {
      const from = Number(this.#level.get(keyOf(journalStoreKeys.first, 'department', id)) ?? 0);
      return [id, { ...head, from }] as const;
    });
    return Object.fromEntries(chains);
  }

  #put(key: string, value: string): void {
    this.changes.push({ type: 'put', key, value });
  }
}

/** What an entry of the store is of the journal's own chain: a line, and undefined for every other entry. */
export const lineHead = (key: string, value: string): JournalHead | undefined =>
  key.startsWith(keyOf(journalStoreKeys.line, '')) ? headOf(seqIn(key), value) : undefined;

const seqIn = (key: string): number => Number(key.slice(-12));
const sha256 = (text: string): string => hash('sha256', text, 'hex');
const headOf = (seq: number, text: string): JournalHead => ({ seq, head: sha256(text) });

function userOf(line: JournalLine): string | undefined {
  if ('user' in line) return line.user;
  return 'by' in line ? line.by?.user : undefined;
}
