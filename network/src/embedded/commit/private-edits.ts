import { hashKey, type KvWrite, type PrivateCollectionWrites } from '@yici/ledger';
import type { WriteBatch } from '../storage/level-store.js';
import { PrivateWrites } from '../storage/repositories/private-writes.js';
import type { HashedKey, Height } from '../storage/repositories/table.js';

/** Removes keys from the cleartext of earlier transactions; each is rewritten once per block. */
export class PrivateEdits {
  readonly #table: PrivateWrites;
  readonly #edited = new Map<
    string,
    { height: Height; writes: readonly PrivateCollectionWrites[] }
  >();

  constructor(table: PrivateWrites) {
    this.#table = table;
  }

  /** Adds the cleartext of a transaction of this block, so that a later one can purge it. */
  add(height: Height, writes: readonly PrivateCollectionWrites[]): void {
    this.#edited.set(idOf(height), { height, writes });
  }

  /** Removes the key from one transaction's cleartext. */
  remove(batch: WriteBatch, height: Height, key: HashedKey): void {
    const writes = this.#edited.get(idOf(height))?.writes ?? this.#table.get(height);
    if (writes === undefined) return;
    const left = writes.flatMap((each) => (isOf(each, key) ? without(each, key) : [each]));
    this.#edited.set(idOf(height), { height, writes: left });
    PrivateWrites.unindex(batch, height, key);
  }

  /** Heights of this block's transactions that contain the key. */
  holding(key: HashedKey): Height[] {
    const holds = (each: PrivateCollectionWrites) =>
      isOf(each, key) && each.writes.some((write) => isIt(write, key));
    return [...this.#edited.values()]
      .filter(({ writes }) => writes.some(holds))
      .map(({ height }) => height);
  }

  flush(batch: WriteBatch): void {
    for (const { height, writes } of this.#edited.values())
      PrivateWrites.write(batch, height, writes);
  }
}

function isOf(writes: PrivateCollectionWrites, { namespace, collection }: HashedKey): boolean {
  return writes.namespace === namespace && writes.collection === collection;
}

function isIt({ key }: Pick<KvWrite, 'key'>, { keyHash }: HashedKey): boolean {
  return Buffer.compare(hashKey(key), keyHash) === 0;
}

function without(collection: PrivateCollectionWrites, key: HashedKey): PrivateCollectionWrites[] {
  const writes = collection.writes.filter((write) => !isIt(write, key));
  const metadataWrites = collection.metadataWrites.filter((write) => !isIt(write, key));
  if (writes.length === 0 && metadataWrites.length === 0) return [];
  return [{ ...collection, writes, metadataWrites }];
}

function idOf({ block, position }: Height): string {
  return `${String(block)}/${String(position)}`;
}
