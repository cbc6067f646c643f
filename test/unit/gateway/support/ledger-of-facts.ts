import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Split } from '@yici/api';
import {
  countRecords,
  factEntries,
  IndexReader,
  measureOf,
  openLevelStore,
  readFigures,
  type Figure,
  type PlacedFact,
  type Selection,
  type StateStore,
} from '@yici/gateway/testing';

/** Facts in a store as the index keeps them, and the figures read from it. */
export class FactLedger {
  readonly #directory: string;
  readonly #store: StateStore;
  readonly #today: string;

  private constructor(directory: string, store: StateStore, today: string) {
    this.#directory = directory;
    this.#store = store;
    this.#today = today;
  }

  static async open(facts: readonly PlacedFact[], today: string): Promise<FactLedger> {
    const directory = mkdtempSync(join(tmpdir(), 'yici-facts-'));
    const store = await openLevelStore(directory);
    await store.write(factEntries(facts));
    return new FactLedger(directory, store, today);
  }

  async close(): Promise<void> {
    await this.#store.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** By default of June 2026. */
  async figure(id: string, change: Partial<Selection> = {}): Promise<Figure> {
    return (await this.#read(id, change)).figure;
  }

  /** `[numerator, denominator, value]`. */
  async numbers(id: string, change: Partial<Selection> = {}): Promise<(number | null)[]> {
    const { numerator, denominator, value } = await this.figure(id, change);
    return [numerator, denominator, value];
  }

  /** The value of every group. */
  async groups(id: string, by: Split, change: Partial<Selection> = {}) {
    const { groups } = await this.#read(id, { ...change, by });
    return Object.fromEntries(groups.map(({ group, value }) => [group ?? '', value]));
  }

  /** The subjects behind a figure that `viewer` may see, and how many not. */
  async behind(id: string, viewer: string, counted?: 'yes' | 'no') {
    const filter = {
      counted,
      mayShow: ({ parties }: { parties?: string[] | undefined }) =>
        parties === undefined || parties.includes(viewer),
    };
    const index = new IndexReader(this.#store);
    const ask = [index, this.#measure(id), this.#selection({}), filter] as const;
    const { items, total, notShown } = await countRecords(...ask, { limit: 50 });
    return { ids: items.map(({ id }) => id), total, notShown };
  }

  #read(id: string, change: Partial<Selection>) {
    const selection = this.#selection(change);
    return readFigures(new IndexReader(this.#store), this.#measure(id), selection, () => true);
  }

  #selection(change: Partial<Selection>): Selection {
    return { from: '2026-06-01', to: '2026-06-30', today: this.#today, ...change };
  }

  #measure(id: string) {
    const measure = measureOf(id);
    if (measure === undefined) throw new RangeError(`no measure ${id}`);
    return measure;
  }
}
