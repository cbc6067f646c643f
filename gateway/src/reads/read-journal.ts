import { z } from 'zod';
import { who, type Who } from '../documents/model.js';
import type { Page, PageRequest } from '../index-store/page.js';
import { Journal } from '../store/journal.js';
import { openLevelStore } from '../store/level-store.js';
import type { StateStore } from '../store/state-store.js';

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
    this.#journal = new Journal(level, 'l', readLineSchema);
  }

  /** @throws GatewayError STATE_FOLDER_LOCKED, STATE_FOLDER_UNUSABLE */
  static async open(directory: string, now: () => Date): Promise<ReadJournal> {
    return new ReadJournal(await openLevelStore(directory), now);
  }

  /** Resolves when the read is on the disk: before that nothing is shown. */
  add(by: Who, read: Omit<ReadLine, 'seq' | 'prev' | 'at' | 'by'>): Promise<void> {
    const line = { ...read, by, at: this.#now().toISOString() };
    return this.#journal.append([everyRead, ...read.departments], line);
  }

  /** Reads of a department's records, or of all, newest first. */
  list(
    department: string | undefined,
    { user, record }: ReadLineFilter,
    request: PageRequest,
  ): Promise<Page<ReadLine>> {
    const keep = (line: ReadLine) =>
      (user === undefined || line.by.user === user) &&
      (record === undefined || line.records.includes(record));
    return this.#journal.list(department ?? everyRead, request, { reverse: true, keep });
  }

  close(): Promise<void> {
    return this.#level.close();
  }
}
