import { shanghaiDate, shiftDate } from '@yici/domain/model';
import { indexKeys } from '../index-store/keys.js';
import { readPage, type Page, type PageRequest, type Scan } from '../store/page.js';
import { putJson, readJson } from '../store/json-values.js';
import type { StateStore, StoreChange, StoreRange } from '../store/state-store.js';
import { factSchema, statIndex, type PlacedFact } from '../facts/fact.js';
import { readFact, refusalFacts, type Reads, type Refusal } from './refusals.js';

interface UsageLogOptions {
  readonly now: () => Date;
  /** Called when the counters could not be written; what was lost is not counted. */
  readonly onLost: (error: unknown) => void;
}

const flushEvery = 1_000;
/** Use logs are kept for three years (Order 809 art 29(2)). */
const keptDays = 3 * 366;

/**
 * This gateway's log of events that are in no block: commands refused by a rule, and reads by department, role, route and day.
 * Facts like those of the index, with the same keys. Counting is in memory, so a killed gateway loses its last second.
 */
export class UsageLog {
  readonly #store: StateStore;
  readonly #options: UsageLogOptions;
  readonly #reads = new Map<string, Omit<Reads, 'day'>>();
  #changes: StoreChange[] = [];
  #writing: Promise<void> = Promise.resolve();
  readonly #timer: NodeJS.Timeout;

  constructor(store: StateStore, options: UsageLogOptions) {
    this.#store = store;
    this.#options = options;
    this.#timer = setInterval(() => void this.flush(), flushEvery);
    this.#timer.unref();
  }

  refused(refusal: Refusal): void {
    this.#changes.push(...storedFacts(refusalFacts(refusal)));
  }

  read(department: string, role: string, route: string): void {
    const key = `${department}\u0000${role}\u0000${route}`;
    const known = this.#reads.get(key);
    this.#reads.set(key, { department, role, route, count: (known?.count ?? 0) + 1 });
  }

  /** Writes the counts since the last call, after a write in progress. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const reads = [...this.#reads.values()];
      const changes = this.#changes;
      this.#reads.clear();
      this.#changes = [];
      if (reads.length + changes.length === 0) return;
      const day = shanghaiDate(this.#options.now().toISOString());
      const added = storedFacts(reads.map((one) => this.#added({ ...one, day })));
      try {
        await this.#store.write([...changes, ...added]);
      } catch (error) {
        this.#options.onLost(error);
      }
    });
    return this.#writing;
  }

  range(range: StoreRange): AsyncIterable<readonly [string, string]> {
    return this.#store.range(range);
  }

  page<T>(scan: Scan<T>, request: PageRequest): Promise<Page<T>> {
    return readPage(this.#store, scan, request);
  }

  /** Removes facts older than three years. */
  async sweep(now: Date): Promise<number> {
    const oldest = shiftDate(shanghaiDate(now.toISOString()), -keptDays);
    const changes: StoreChange[] = [];
    for (const family of ['refusal', 'read'] as const) {
      const { gte } = indexKeys.entries(statIndex(family));
      const lt = indexKeys.entry(statIndex(family), oldest);
      for await (const [key] of this.#store.range({ gte, lt, limit: 10_000 })) {
        changes.push({ type: 'del', key });
      }
    }
    if (changes.length > 0) await this.#store.write(changes);
    return changes.length;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
    await this.#store.close();
  }

  /** Adds the counts already stored for the day. */
  #added(reads: Reads) {
    const { key } = readFact(reads);
    const before = readJson(this.#store, key, factSchema)?.numbers['reads'] ?? 0;
    return readFact({ ...reads, count: before + reads.count });
  }
}

const storedFacts = (facts: readonly PlacedFact[]): StoreChange[] =>
  facts.map(({ key, fact }) => putJson(key, fact));
