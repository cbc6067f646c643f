import { hashKey, type KvWrite, type PrivateCollectionWrites } from '@yici/ledger';
import type { WriteBatch } from '../storage/level-store.js';
import { PrivateWrites, type Height } from '../storage/repositories/private-writes.js';

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
  remove(
    batch: WriteBatch,
    height: Height,
    namespace: string,
    collection: string,
    keyHash: Uint8Array,
  ): void {
    const writes = this.#edited.get(idOf(height))?.writes ?? this.#table.get(height);
    if (writes === undefined) return;
    const isIt = ({ key }: { readonly key: string }) => Buffer.compare(hashKey(key), keyHash) === 0;
    const left = writes.flatMap((each) =>
      each.namespace === namespace && each.collection === collection ? without(each, isIt) : [each],
    );
    this.#edited.set(idOf(height), { height, writes: left });
    PrivateWrites.unindex(batch, height, namespace, collection, keyHash);
  }

  /** Heights of this block's transactions that contain the key. */
  holding(namespace: string, collection: string, keyHash: Uint8Array): Height[] {
    return [...this.#edited.values()]
      .filter(({ writes }) =>
        writes.some(
          (each) =>
            each.namespace === namespace &&
            each.collection === collection &&
            each.writes.some(({ key }) => Buffer.compare(hashKey(key), keyHash) === 0),
        ),
      )
      .map(({ height }) => height);
  }

  flush(batch: WriteBatch): void {
    for (const { height, writes } of this.#edited.values())
      PrivateWrites.write(batch, height, writes);
  }
}

function without(
  collection: PrivateCollectionWrites,
  isIt: (write: Pick<KvWrite, 'key'>) => boolean,
): PrivateCollectionWrites[] {
  const writes = collection.writes.filter((write) => !isIt(write));
  const metadataWrites = collection.metadataWrites.filter((write) => !isIt(write));
  if (writes.length === 0 && metadataWrites.length === 0) return [];
  return [{ ...collection, writes, metadataWrites }];
}

function idOf({ block, position }: Height): string {
  return `${String(block)}/${String(position)}`;
}
