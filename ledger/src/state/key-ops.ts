import type { MetadataEntry, TxRwSet } from '../rwset/model.js';
import { isDeleteHashedWrite, isDeleteWrite } from '../rwset/codec.js';

/** State metadata of a key by name. */
export type Metadata = ReadonlyMap<string, Uint8Array>;

/** The value stored at a key or, for a private key, the value's hash. */
export interface Content {
  readonly value: Uint8Array;
  readonly metadata?: Metadata | undefined;
}

/** Deleted by an earlier transaction of the same block; Fabric treats this differently from absent. */
export const DELETED = 'deleted';

/** What stood at a key before a transaction, the valid ones before it in its block counted. */
interface Before<K> {
  content(key: K): Content | typeof DELETED | undefined;
  /** The metadata only. */
  metadata(key: K): Metadata | undefined;
}

/** Takes down what a transaction leaves at a key; `next` undefined deletes it. */
type Put<K> = (key: K, next: Content | undefined) => void;

export interface HashedKey {
  readonly collection: string;
  readonly keyHash: Uint8Array;
}

interface Op<K> {
  readonly key: K;
  /** Sum of the flags below; a byte, as in Fabric. */
  flags: number;
  value: Uint8Array | undefined;
  metadata: Metadata | undefined;
}

const UPSERT = 1;
const METADATA_UPDATE = 2;
const METADATA_DELETE = 4;
const DELETE = 8;
const BYTE = 0xff;

/**
 * What one transaction does to each key: value and metadata writes are combined, and what one of them leaves out is
 * taken from the previous state (core/ledger/kvledger/txmgmt/validation/tx_ops.go). Flags are added, not or-ed, as in
 * Fabric: the result differs only for a read-write set that names a key twice, which no honest peer produces.
 */
class KeyOps<K> {
  readonly #ops = new Map<string, Op<K>>();

  /** `value` undefined deletes. `id` identifies the key. */
  write(id: string, key: K, value: Uint8Array | undefined): void {
    const op = this.#op(id, key);
    op.flags = (op.flags + (value === undefined ? DELETE : UPSERT)) & BYTE;
    if (value !== undefined) op.value = value;
  }

  /** Empty entries remove the metadata. */
  metadata(id: string, key: K, entries: readonly MetadataEntry[]): void {
    const op = this.#op(id, key);
    op.flags = (op.flags + (entries.length === 0 ? METADATA_DELETE : METADATA_UPDATE)) & BYTE;
    if (entries.length === 0) return;
    op.metadata = new Map(entries.map(({ name, value }) => [name, value]));
  }

  /**
   * Writes the outcome for each key, in the order in which keys were first named. Returns false where Fabric could not
   * continue.
   */
  resolve(before: Before<K>, put: Put<K>): boolean {
    let whole = true;
    for (const op of this.#ops.values()) whole = outcome(op, before, put) && whole;
    return whole;
  }

  #op(id: string, key: K): Op<K> {
    const known = this.#ops.get(id);
    if (known !== undefined) return known;
    const op: Op<K> = { key, flags: 0, value: undefined, metadata: undefined };
    this.#ops.set(id, op);
    return op;
  }
}

/** False where Fabric would put no value at all: its update batch panics there (statedb.go PutValAndMetadata). */
function outcome<K>({ key, flags, value, metadata }: Op<K>, before: Before<K>, put: Put<K>) {
  if ((flags & DELETE) !== 0) {
    put(key, undefined);
    return true;
  }
  if ((flags | UPSERT) === UPSERT) return putWhole(key, value, before.metadata(key), put);
  if ((flags & UPSERT) !== 0 && (flags & (METADATA_UPDATE | METADATA_DELETE)) !== 0) {
    return putWhole(key, value, metadata, put);
  }
  const stood = before.content(key);
  // Metadata of an absent key are ignored.
  if (stood === undefined) return true;
  return putWhole(key, stood === DELETED ? undefined : stood.value, metadata, put);
}

function putWhole<K>(
  key: K,
  value: Uint8Array | undefined,
  metadata: Metadata | undefined,
  put: Put<K>,
): boolean {
  if (value === undefined) return false;
  put(key, metadata === undefined ? { value } : { value, metadata });
  return true;
}

/**
 * Applies a valid transaction to the public keys of one namespace. Returns false when it would put no value at a key,
 * where every Fabric peer panics.
 */
export function changePublic(
  rwset: TxRwSet,
  namespace: string,
  before: Before<string>,
  put: Put<string>,
): boolean {
  const ops = new KeyOps<string>();
  for (const { namespace: name, writes, metadataWrites } of rwset) {
    if (name !== namespace) continue;
    for (const write of writes) {
      ops.write(write.key, write.key, isDeleteWrite(write) ? undefined : write.value);
    }
    for (const { key, entries } of metadataWrites) ops.metadata(key, key, entries);
  }
  return ops.resolve(before, put);
}

/** {@link changePublic} for the hashes of private keys, over all collections of a namespace. */
export function changeHashed(
  rwset: TxRwSet,
  namespace: string,
  before: Before<HashedKey>,
  put: Put<HashedKey>,
): boolean {
  const ops = new KeyOps<HashedKey>();
  for (const { namespace: name, collections } of rwset) {
    if (name !== namespace) continue;
    for (const { collection, writes, metadataWrites } of collections) {
      for (const write of writes) {
        const { keyHash, valueHash } = write;
        const hash = isDeleteHashedWrite(write) ? undefined : valueHash;
        ops.write(hashedId(collection, keyHash), { collection, keyHash }, hash);
      }
      for (const { keyHash, entries } of metadataWrites) {
        ops.metadata(hashedId(collection, keyHash), { collection, keyHash }, entries);
      }
    }
  }
  return ops.resolve(before, put);
}

/** Identifies a private key within a namespace. The length comes first so that ids are unambiguous. */
export function hashedId(collection: string, keyHash: Uint8Array): string {
  return `${collection.length}:${collection}${Buffer.from(keyHash).toString('latin1')}`;
}
