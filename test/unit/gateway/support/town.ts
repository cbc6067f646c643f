import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { keyKinds } from '@yici/domain/model';
import {
  blockChanges,
  IndexReader,
  openLevelStore,
  servedReads,
  type AppDependencies,
  type StateStore,
} from '@yici/gateway/testing';
import { City } from '../../../bench/support/city/city.js';

const chaincode = 'yici';
export type Row = Readonly<Record<string, unknown>>;
export type Query = Readonly<Record<string, string>>;

/** A store that counts what is read of it. */
class CountingStore implements StateStore {
  rows = 0;
  readonly #store: StateStore;

  constructor(store: StateStore) {
    this.#store = store;
  }

  get(key: string): string | undefined {
    this.rows += 1;
    return this.#store.get(key);
  }

  async *range(range: Parameters<StateStore['range']>[0]) {
    for await (const entry of this.#store.range(range)) {
      this.rows += 1;
      yield entry;
    }
  }

  async keys(range: Parameters<StateStore['keys']>[0]) {
    const keys = await this.#store.keys(range);
    this.rows += keys.length;
    return keys;
  }

  write(...args: Parameters<StateStore['write']>) {
    return this.#store.write(...args);
  }

  clear() {
    return this.#store.clear();
  }

  close() {
    return this.#store.close();
  }
}

/** The index of a city, written as the follower writes it, with every record as it stands at the end. */
export class Town {
  readonly store: CountingStore;
  readonly directory: string;
  /** The instant at which lists are asked for. */
  now = new Date('2026-01-01');
  readonly #records = new Map<string, Row>();

  private constructor(directory: string, store: StateStore) {
    this.directory = directory;
    this.store = new CountingStore(store);
  }

  static async build(cases: number): Promise<Town> {
    const directory = mkdtempSync(join(tmpdir(), 'yici-town-'));
    const town = new Town(directory, await openLevelStore(directory));
    await town.grow(cases);
    return town;
  }

  /** Puts a city's cases into the index; another year's are not those of the years before. */
  async grow(cases: number, year?: number): Promise<void> {
    const city = new City({ cases, chaincode, ...(year === undefined ? {} : { year }) });
    for (const block of city.blocks(-1)) {
      await this.store.write(blockChanges(block, this.store, chaincode).changes);
      for (const { writes } of block.transactions.flatMap((one) => one.writes)) {
        for (const { key, value } of writes) {
          this.#records.set(key, JSON.parse(Buffer.from(value).toString()) as Row);
        }
      }
    }
  }

  all(kind: keyof typeof keyKinds): Row[] {
    return [...this.#records.values()].filter((record) => record['kind'] === kind);
  }

  /** One page of a list, as its route gives it, and how many rows of the store that took. */
  async page(path: string, department: string | null, query: Query) {
    const route = servedReads.find(({ read }) => read.path === path);
    const viewer = { department, seesAll: department === null, leads: false };
    this.store.rows = 0;
    const deps = { index: new IndexReader(this.store), now: () => this.now };
    const context = { params: {}, query, viewer, deps } as unknown as {
      deps: AppDependencies;
    } & Parameters<NonNullable<typeof route>['run']>[0];
    const page = (await route?.run(context)) as { items: Row[]; next: string | null };
    return { ...page, rows: this.store.rows };
  }

  /** The whole list, and the most rows that a page of it took. */
  async list(path: string, department: string | null, query: Query) {
    const items: Row[] = [];
    let most = 0;
    let pages = 0;
    for (let cursor: string | null = ''; cursor !== null; pages++) {
      const page: Awaited<ReturnType<Town['page']>> = await this.page(path, department, {
        ...query,
        ...(cursor === '' ? {} : { cursor }),
      });
      items.push(...page.items);
      most = Math.max(most, page.rows);
      cursor = page.next;
    }
    return { items, most, pages };
  }

  async close() {
    await this.store.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export const value = (row: Row, field: string): string => {
  const found = row[field];
  return typeof found === 'string' ? found : '';
};

/** Every subset of filters, so that each combination is asked for. */
export function subsets(filters: Query): Query[] {
  return Object.entries(filters).reduce<Query[]>(
    (all, [name, wanted]) => all.flatMap((one) => [one, { ...one, [name]: wanted }]),
    [{}],
  );
}
