/** One change of a batch. */
export type StoreChange =
  | { readonly type: 'put'; readonly key: string; readonly value: string }
  | { readonly type: 'del'; readonly key: string };

/** Keys in [gte, lt) in UTF-8 byte order, from the end when `reverse`. */
export interface StoreRange {
  readonly gte: string;
  readonly lt: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** An ordered store of text keys and JSON texts: the part of LevelDB that the gateway uses. */
export interface StateStore {
  /** Synchronous: the block cache answers in microseconds, less than a promise costs. */
  get(key: string): string | undefined;
  range(range: StoreRange): AsyncIterable<readonly [key: string, value: string]>;
  /** The keys of a range, without values, all at once: use a limit. */
  keys(range: StoreRange): Promise<readonly string[]>;
  /**
   * Atomic. `durable` waits for the disk; without it a power cut may lose the newest batches, but never a part of one.
   * @throws GatewayError STORAGE_FAILED when it cannot be written, and from then on until the store was reopened
   */
  write(changes: readonly StoreChange[], durable?: boolean): Promise<void>;
  /** Removes every key. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** A store on a disk. */
export interface DiskStore extends StateStore {
  /** Everything as it is at the moment of the call, whatever is written while it is read. */
  entries(): AsyncIterable<readonly [key: string, value: string]>;
  /** Removes deleted and overwritten values between these keys. */
  compact(range: { readonly gte: string; readonly lt: string }): Promise<void>;
}

/** Parts of a key are separated by U+0000, which Fabric forbids in state keys' own parts. */
const separator = '\u0000';

/** Joins key parts; none may contain the separator. */
export const keyOf = (...parts: readonly string[]): string => parts.join(separator);

/** The range of all keys that start with these parts and have at least one more. */
export function under(...parts: readonly string[]): { readonly gte: string; readonly lt: string } {
  const prefix = parts.join(separator);
  return { gte: prefix + separator, lt: `${prefix}\u0001` };
}
