/**
 * The first byte of every key in the level store, all in one place. Values are never reused with another meaning; the
 * layout of the rest of the key is in the comment. `0` is a zero byte (namespaces and collections cannot contain one),
 * numbers are big-endian, strings UTF-8: the byte order of keys then equals Fabric's order of keys.
 */
export const buckets = {
  /** name -> savepoint; whether private data is still to be erased from the files. */
  meta: 0x01,
  /** number u64 -> location of the block. */
  blockByNumber: 0x10,
  /** header hash -> number u64. */
  blockByHash: 0x11,
  /** transaction id -> block u64, position u32, code u8 (the first transaction with that id). */
  transaction: 0x12,
  /** namespace 0 key -> versioned value. */
  state: 0x20,
  /** namespace 0 collection 0 key hash -> versioned value hash. */
  hashedState: 0x21,
  /** namespace 0 length of key u32, key, block u64, position u32 -> nothing; the value is in the block. */
  history: 0x22,
  /** namespace 0 collection 0 key -> versioned cleartext. */
  privateState: 0x30,
  /** namespace 0 collection 0 key hash -> key of the stored cleartext. */
  privateKey: 0x31,
  /** block u64, position u32 -> cleartext writes of that transaction. The only data that are not derived from the blocks. */
  privateWrites: 0x32,
  /** namespace 0 collection 0 key hash, block u64, position u32 -> nothing; index of the private writes that contain the key. */
  privateWritesByKey: 0x33,
  /** block u64 of expiry, namespace 0 collection 0 key hash, block u64, position u32 -> nothing. */
  expiry: 0x34,
  /** transaction id -> height at staging u64, cleartext writes of a proposal that is not committed yet. */
  staged: 0x35,
  /** height at staging u64, transaction id -> nothing. */
  stagedByHeight: 0x36,
} as const;

export type Bucket = keyof typeof buckets;

/** Kept by `rebuild`: everything else is derived from the block files. */
export const bucketsNotInBlocks: readonly Bucket[] = ['privateWrites', 'staged', 'stagedByHeight'];

/** Keys `gte <= key < lt` of the store. */
export interface KeyRange {
  readonly gte: Buffer;
  readonly lt: Buffer;
}

/** Strings as UTF-8, numbers as u32, bigints as u64. */
type KeyPart = string | Uint8Array | number | bigint;

/** Builds a key of `bucket`. */
export function keyOf(bucket: Bucket, ...parts: readonly KeyPart[]): Buffer {
  let length = 1;
  for (const part of parts) length += lengthOf(part);
  const key = Buffer.allocUnsafe(length);
  let at = key.writeUInt8(buckets[bucket]);
  for (const part of parts) at = writePart(key, part, at);
  return key;
}

function lengthOf(part: KeyPart): number {
  switch (typeof part) {
    case 'string':
      return Buffer.byteLength(part);
    case 'number':
      return 4;
    case 'bigint':
      return 8;
    default:
      return part.length;
  }
}

/** Returns the end offset of the part. */
function writePart(key: Buffer, part: KeyPart, at: number): number {
  switch (typeof part) {
    case 'string':
      return at + key.write(part, at);
    case 'number':
      return key.writeUInt32BE(part, at);
    case 'bigint':
      return key.writeBigUInt64BE(part, at);
    default:
      key.set(part, at);
      return at + part.length;
  }
}

/** The range of keys that start with `prefix`, whose last byte is not 0xff. */
export function withPrefix(prefix: Buffer): KeyRange {
  const lt = Buffer.from(prefix);
  const last = lt.length - 1;
  lt[last] = (prefix[last] ?? 0) + 1;
  return { gte: prefix, lt };
}

/** `[start, end)` after `prefix`, which ends with a zero byte; an empty end is unbounded. */
export function rangeWithin(prefix: Buffer, start: string, end: string): KeyRange {
  const all = withPrefix(prefix);
  const bound = (key: string) => Buffer.concat([prefix, Buffer.from(key)]);
  return {
    gte: start === '' ? all.gte : bound(start),
    lt: end === '' ? all.lt : bound(end),
  };
}

export function uint64(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}
