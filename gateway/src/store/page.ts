import { GatewayError } from '../errors.js';
import type { StateStore } from './state-store.js';

/** Page parameters of a list. */
export interface PageRequest {
  readonly limit: number;
  /** `next` of the previous page. */
  readonly cursor?: string | undefined;
}

/** One page of a list; `next` is null at its end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface Scan<T> {
  readonly gte: string;
  readonly lt: string;
  readonly reverse?: boolean;
  /** Converts an entry to an item; undefined leaves it out. */
  readonly read: (value: string, key: string) => T | undefined;
}

/**
 * Maximum number of entries read per page: with a selective filter a page is returned short instead of scanning the
 * whole store.
 */
const maxScan = 5_000;

/**
 * Reads one page of a range. A cursor is the key of the last entry read, so pages neither repeat nor skip items when
 * the list changes in between.
 * @throws GatewayError CURSOR_INVALID when the cursor does not belong to this list.
 */
export async function readPage<T>(
  store: StateStore,
  scan: Scan<T>,
  request: PageRequest,
): Promise<Page<T>> {
  const items: T[] = [];
  let scanned = 0;
  let last: string | undefined;
  for await (const [key, value] of store.range({
    ...bounds(scan, request.cursor),
    limit: maxScan + 1,
  })) {
    if (items.length === request.limit || scanned === maxScan) {
      return { items, next: encodeCursor(last ?? key) };
    }
    scanned += 1;
    last = key;
    const item = scan.read(value, key);
    if (item !== undefined) items.push(item);
  }
  return { items, next: null };
}

/** One page of several ranges, one after the other. Reading on begins in the range that has the cursor's key. */
export async function readChained<T>(
  store: StateStore,
  scans: readonly Scan<T>[],
  { limit, cursor }: PageRequest,
): Promise<Page<T>> {
  const key = cursor === undefined ? undefined : keyOfCursor(cursor);
  const first = key === undefined ? 0 : scans.findIndex(({ gte, lt }) => key >= gte && key < lt);
  if (first === -1) throw unknownCursor();
  const items: T[] = [];
  for (const [at, scan] of scans.slice(first).entries()) {
    if (items.length === limit) return { items, next: encodeCursor(scan.gte) };
    const from = at === 0 ? cursor : undefined;
    const page = await readPage(store, scan, { limit: limit - items.length, cursor: from });
    items.push(...page.items);
    if (page.next !== null) return { items, next: page.next };
  }
  return { items, next: null };
}

/** One page of a list in memory, in the order of its keys, which are printable ASCII. */
export function pageOfSorted<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { limit, cursor }: PageRequest,
): Page<T> {
  const after = cursor === undefined ? '' : decodeCursor(cursor, { gte: '!', lt: '\u007f' });
  const rest = items
    .filter((item) => keyOf(item) > after)
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const shown = rest.slice(0, limit);
  const last = rest.length > limit ? shown.at(-1) : undefined;
  return { items: shown, next: last === undefined ? null : encodeCursor(keyOf(last)) };
}

function bounds<T>(scan: Scan<T>, cursor: string | undefined) {
  const { gte, lt, reverse = false } = scan;
  if (cursor === undefined) return { gte, lt, reverse };
  const key = decodeCursor(cursor, scan);
  // Appending U+0000 gives the smallest key after the cursor's own.
  return reverse ? { gte, lt: key, reverse } : { gte: `${key}\u0000`, lt, reverse };
}

/** The key of a cursor. @throws GatewayError CURSOR_INVALID when it is outside the list. */
export function decodeCursor(
  cursor: string,
  { gte, lt }: { readonly gte: string; readonly lt: string },
): string {
  const key = keyOfCursor(cursor);
  if (key >= gte && key < lt && encodeCursor(key) === cursor) return key;
  throw unknownCursor();
}

const keyOfCursor = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8');

const unknownCursor = () =>
  new GatewayError('CURSOR_INVALID', 'The cursor is not one of this list.');

export const encodeCursor = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');
