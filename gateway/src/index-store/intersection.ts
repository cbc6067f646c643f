import type { StateStore } from '../store/state-store.js';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '../store/page.js';

/** What several ranges of keys have in common. */
export interface IntersectionScan<T> {
  /** Beginnings of keys that end alike: what stands in each of these ranges is listed, in the order of the ends. */
  readonly ranges: readonly string[];
  /** Bounds of the ends: at least `from`, below `to`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly reverse?: boolean;
  /** The item of a key that ends in these parts; undefined leaves it out. */
  readonly read: (end: readonly string[]) => T | undefined;
}

/** Keys that one page may cost beside the first batch of each range. A page that costs more comes back short, with a cursor to go on: no request reads a whole list. */
const mostWork = 2_000;
/** Fewer keys cost no less: it is the way to the thread pool that takes the time. */
const leastBatch = 64;

/**
 * One page of what stands in all the ranges. Of a single range `limit` keys are read and one more; of several each goes
 * on from where the others are, so that the rarest decides how many keys are read. A cursor says where the next page
 * begins: pages neither repeat nor skip when the list changes between them.
 * @throws GatewayError CURSOR_INVALID when the cursor is not one of this list.
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
  // The separator at its end is U+0000: U+0001 comes behind all that begins so.
  return { gte: range + from, lt: to === undefined ? `${range.slice(0, -1)}\u0001` : range + to };
}

type Step =
  | { readonly kind: 'end'; readonly end: string }
  | { readonly kind: 'over' }
  /** Looking further would cost too much now. */
  | { readonly kind: 'tired' };

/** The ends that all ranges have, one after another. */
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
    const batch = ranges.length === 1 ? start.limit + 1 : Math.max(leastBatch, start.limit + 1);
    this.#ranges = ranges.map((range) => {
      return new KeyRange(store, range, { ...boundsOf(range, scan), reverse, batch });
    });
    this.#reverse = reverse;
    this.#work = mostWork + ranges.length * batch;
    this.#place = start.from;
  }

  /** Where to go on: from here on, or in reverse below it, nothing has been given yet. Undefined before the first. */
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

/** The ends of one range's keys, read in batches. */
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

  /** The first end from a place on, or in reverse below it, which never lies behind an earlier one. */
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
