import { z } from 'zod';
import { who, type Who } from '../sessions/who.js';
import { readPage, type Page, type PageRequest } from '../index-store/page.js';
import { Journal, paddedSeq } from '../store/journal.js';
import { StoreHealth } from '../store/health.js';
import { openLevelStore } from '../store/level-store.js';
import { keyOf, under, type StateStore, type StoreChange } from '../store/state-store.js';

/** One read by a supervisor, as this gateway keeps it. It is no record of the ledger: other gateways have their own. */
export const readLineSchema = z.strictObject({
  /** Number in the chain, from 0. */
  seq: z.int().min(0),
  /** SHA-256 of the line before as canonical JSON (RFC 8785), 64 zeros for the first. */
  prev: z.string(),
  at: z.iso.datetime(),
  requestId: z.string(),
  by: who,
  /** The route, e.g. `/v1/cases/{caseNo}`. */
  route: z.string(),
  /** What stood in its path and in its query. */
  asked: z.record(z.string(), z.string()),
  /** Ids of the records that were shown. */
  records: z.array(z.string()),
  /** Departments that the records concern: each finds the read in its own chain. */
  departments: z.array(z.string()),
});
export type ReadLine = z.infer<typeof readLineSchema>;

/** Every key prefix of the store of reads. */
const keys = {
  /** chain, number -> ReadLine */
  line: 'l',
  /** chain, user, number -> number */
  user: 'u',
  /** chain, record, number -> number */
  record: 'r',
} as const;

const pointer = (kind: string, chain: string, value: string, seq: number): StoreChange => ({
  type: 'put',
  key: keyOf(kind, chain, value, paddedSeq(seq)),
  value: String(seq),
});

/** The chain of all reads. No department's id begins with a star. */
const everyRead = '*';

export interface ReadLineFilter {
  readonly user?: string | undefined;
  readonly record?: string | undefined;
}

/** What supervisors read through this gateway: a chain of all of it, and one for each department concerned. */
export class ReadJournal {
  readonly #level: StateStore;
  readonly #journal: Journal<ReadLine>;
  readonly #now: () => Date;

  private constructor(level: StateStore, now: () => Date) {
    this.#level = level;
    this.#now = now;
    this.#journal = new Journal(level, keys.line, readLineSchema);
  }

  /** @throws GatewayError STATE_FOLDER_LOCKED, STATE_FOLDER_UNUSABLE */
  static async open(
    directory: string,
    now: () => Date,
    health = new StoreHealth(),
  ): Promise<ReadJournal> {
    return new ReadJournal(await openLevelStore(directory, { health }), now);
  }

  /** Resolves when the read is on the disk: before that nothing is shown. */
  add(by: Who, read: Omit<ReadLine, 'seq' | 'prev' | 'at' | 'by'>): Promise<void> {
    const line = { ...read, by, at: this.#now().toISOString() };
    const pointers = (chain: string, seq: number): StoreChange[] => [
      pointer(keys.user, chain, by.user, seq),
      ...read.records.map((record) => pointer(keys.record, chain, record, seq)),
    ];
    return this.#journal.append([everyRead, ...read.departments], line, pointers);
  }

  /** Reads of a department's records, or of all, newest first; the narrower range is read. */
  list(
    department: string | undefined,
    { user, record }: ReadLineFilter,
    request: PageRequest,
  ): Promise<Page<ReadLine>> {
    const chain = department ?? everyRead;
    const [kind, value] = record === undefined ? [keys.user, user] : [keys.record, record];
    if (value === undefined) return this.#journal.list(chain, request, true);
    const read = (seq: string) => {
      const line = this.#journal.line(chain, Number(seq));
      return user === undefined || line?.by.user === user ? line : undefined;
    };
    const range = { ...under(kind, chain, value), reverse: true, read };
    return readPage(this.#level, range, request);
  }

  close(): Promise<void> {
    return this.#level.close();
  }
}
