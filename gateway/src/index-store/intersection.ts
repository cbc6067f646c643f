import type { StateStore } from '../store/state-store.js';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '../store/page.js';

export interface IntersectionScan<T> {
  /**
   * Key prefixes whose keys have the same suffixes: a suffix that exists under each prefix is listed, in order of the suffixes.
   */
  readonly ranges: readonly string[];
  /** Bounds of the suffixes: at least `from`, below `to`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly reverse?: boolean;
  /** The item for a key suffix; undefined leaves it out. */
  readonly read: (end: readonly string[]) => T | undefined;
}

/**
 * Maximum number of keys read per page, besides the first batch of each range. A page that would need more is returned
 * short, with a cursor, so that no request scans a whole list.
 */
const maxKeysPerPage = 2_000;
/** Smaller batches are not cheaper: the round trip to the thread pool dominates. */
const minBatch = 64;

/**
 * One page of the intersection. For a single range `limit` + 1 keys are read; for several, each range seeks to the
 * position of the others, so that the smallest one determines the number of keys read. The cursor is the position of
 * the next page: pages neither repeat nor skip items when the list changes in between.
 * @throws GatewayError CURSOR_INVALID when the cursor does not belong to this list.
 */
export async function readIntersection<T>(
  store: StateStore,
  scan: IntersectionScan<T>,
  { limit, cursor }: PageRequest,
): Promise<Page<T>> {
  const [first = ''] = scan.ranges;
  const from =
    cursor === undefined
      ? undefined
      : decodeCursor(cursor, boundsOf(first, scan)).slice(first.length);
  const common = new Intersection(store, scan, { limit, from });
  const items: T[] = [];
  for (;;) {
    const { place } = common;
    const step = await common.next();
    if (step.kind === 'over') return { items, next: null };
    if (step.kind === 'tired') return { items, next: encodeCursor(first + (common.place ?? '')) };
    if (items.length === limit) return { items, next: encodeCursor(first + (place ?? '')) };
    const item = scan.read(step.end.split('\u0000'));
    if (item !== undefined) items.push(item);
  }
}

type Bounds = Pick<IntersectionScan<unknown>, 'from' | 'to'>;

function boundsOf(range: string, { from = '', to }: Bounds): { gte: string; lt: string } {
  // The prefix ends with the separator U+0000: U+0001 sorts after all keys with the prefix.
  return { gte: range + from, lt: to === undefined ? `${range.slice(0, -1)}\u0001` : range + to };
}

type Step =
  | { readonly kind: 'end'; readonly end: string }
  | { readonly kind: 'over' }
  /** The limit of keys is reached. */
  | { readonly kind: 'tired' };

/** The common suffixes of all ranges, in order. */
class Intersection {
  readonly #ranges: readonly KeyRange[];
  readonly #reverse: boolean;
  readonly #work: number;
  #place: string | undefined;

  constructor(
    store: StateStore,
    scan: IntersectionScan<unknown>,
    start: { readonly limit: number; readonly from: string | undefined },
  ) {
    const { ranges, reverse = false } = scan;
    const batch = ranges.length === 1 ? start.limit + 1 : Math.max(minBatch, start.limit + 1);
    this.#ranges = ranges.map((range) => {
      return new KeyRange(store, range, { ...boundsOf(range, scan), reverse, batch });
    });
    this.#reverse = reverse;
    this.#work = maxKeysPerPage + ranges.length * batch;
    this.#place = start.from;
  }

  /**
   * The position of the next page: everything from here on (in reverse: below it) is still to be returned. Undefined
   * before the first.
   */
  get place(): string | undefined {
    return this.#place;
  }

  async next(): Promise<Step> {
    let found = '';
    for (let agreed = 0, turn = 0; agreed < this.#ranges.length; turn++) {
      if (this.#keysRead() >= this.#work) return { kind: 'tired' };
      const end = await this.#ranges[turn % this.#ranges.length]?.seek(this.#place);
      if (end === undefined) return { kind: 'over' };
      agreed = end === found ? agreed + 1 : 1;
      found = end;
      this.#place = this.#reverse ? `${end}\u0000` : end;
    }
    this.#place = this.#reverse ? found : `${found}\u0000`;
    return { kind: 'end', end: found };
  }

  #keysRead(): number {
    return this.#ranges.reduce((sum, { keysRead }) => sum + keysRead, 0);
  }
}

interface RangeOptions {
  readonly gte: string;
  readonly lt: string;
  readonly reverse: boolean;
  readonly batch: number;
}

/** The suffixes of one range's keys, read in batches. */
class KeyRange {
  keysRead = 0;
  readonly #store: StateStore;
  readonly #prefix: string;
  readonly #options: RangeOptions;
  #ends: readonly string[] = [];
  #at = 0;
  #more = true;

  constructor(store: StateStore, prefix: string, options: RangeOptions) {
    this.#store = store;
    this.#prefix = prefix;
    this.#options = options;
  }

  /** The first suffix at or after a position (in reverse: below it); positions never move backwards. */
  async seek(place: string | undefined): Promise<string | undefined> {
    this.#skip(place);
    if (this.#at === this.#ends.length && this.#more) await this.#read(place);
    return this.#ends[this.#at];
  }

  #skip(place: string | undefined): void {
    if (place === undefined) return;
    const { reverse } = this.#options;
    for (; this.#at < this.#ends.length; this.#at++) {
      const end = this.#ends[this.#at] ?? '';
      if (reverse ? end < place : end >= place) return;
    }
  }

  async #read(place: string | undefined): Promise<void> {
    const { gte, lt, reverse, batch } = this.#options;
    const key = place === undefined ? undefined : this.#prefix + place;
    const range = reverse ? { gte, lt: key ?? lt } : { gte: key ?? gte, lt };
    const keys = await this.#store.keys({ ...range, reverse, limit: batch });
    this.keysRead += keys.length;
    this.#ends = keys.map((one) => one.slice(this.#prefix.length));
    this.#at = 0;
    this.#more = keys.length === batch;
  }
}
