import { GatewayError } from '../errors.js';
import type { StateStore } from './state-store.js';

/** What a caller asks of a list. */
export interface PageRequest {
  readonly limit: number;
  /** `next` of the page before. */
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
  /** Turns an entry into an item; undefined leaves it out. */
  readonly read: (value: string, key: string) => T | undefined;
}

/** A filter that lets little through must not read the whole store for one page: such a page comes back short. */
const longestScan = 5_000;

/**
 * Reads one page of a range. A cursor is the key of the last entry read, so pages neither repeat nor skip when the
 * list changes between them.
 * @throws GatewayError CURSOR_INVALID when the cursor is not one of this list.
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
    limit: longestScan + 1,
  })) {
    if (items.length === request.limit || scanned === longestScan) {
      return { items, next: encodeCursor(last ?? key) };
    }
    scanned += 1;
    last = key;
    const item = scan.read(value, key);
    if (item !== undefined) items.push(item);
  }
  return { items, next: null };
}

function bounds<T>(scan: Scan<T>, cursor: string | undefined) {
  const { gte, lt, reverse = false } = scan;
  if (cursor === undefined) return { gte, lt, reverse };
  const key = decodeCursor(cursor, scan);
  // U+0000 makes the smallest key after the cursor's own.
  return reverse ? { gte, lt: key, reverse } : { gte: `${key}\u0000`, lt, reverse };
}

/** The key of a cursor. @throws GatewayError CURSOR_INVALID when it is outside the list. */
export function decodeCursor(
  cursor: string,
  { gte, lt }: { readonly gte: string; readonly lt: string },
): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (key >= gte && key < lt && encodeCursor(key) === cursor) return key;
  throw new GatewayError('CURSOR_INVALID', 'The cursor is not one of this list.');
}

export const encodeCursor = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');
