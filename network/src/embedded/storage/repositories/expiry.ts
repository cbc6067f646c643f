import { keyOf } from '../buckets.js';
import type { WriteBatch } from '../level-store.js';
import { HEIGHT_BYTES, NOTHING, readHeight, Table, type HashedKey, type Height } from './table.js';

const ZERO = 0;
const HASH_BYTES = 32;

/** A private key whose life, counted in blocks, ends. */
interface ExpiringKey extends HashedKey {
  /** The transaction that wrote it; a later write has its own entry. */
  readonly written: Height;
}

/** Which private keys expire (blockToLive) at which block. */
export class ExpirySchedule extends Table {
  async at(block: bigint): Promise<ExpiringKey[]> {
    const found: ExpiringKey[] = [];
    const gte = keyOf('expiry', block);
    for await (const [key] of this.reader.entries({ gte, lt: keyOf('expiry', block + 1n) })) {
      found.push(decodeEntry(key.subarray(gte.length)));
    }
    return found;
  }

  static add(batch: WriteBatch, block: bigint, key: ExpiringKey): void {
    batch.put(entryKey(block, key), NOTHING);
  }

  static remove(batch: WriteBatch, block: bigint, key: ExpiringKey): void {
    batch.delete(entryKey(block, key));
  }
}

function entryKey(block: bigint, { namespace, collection, keyHash, written }: ExpiringKey): Buffer {
  const name = `${namespace}\0${collection}\0`;
  return keyOf('expiry', block, name, keyHash, written.block, written.position);
}

function decodeEntry(bytes: Buffer): ExpiringKey {
  const namespaceEnd = bytes.indexOf(ZERO);
  const collectionEnd = bytes.indexOf(ZERO, namespaceEnd + 1);
  const hashEnd = bytes.length - HEIGHT_BYTES;
  return {
    namespace: bytes.toString('utf8', 0, namespaceEnd),
    collection: bytes.toString('utf8', namespaceEnd + 1, collectionEnd),
    keyHash: bytes.subarray(hashEnd - HASH_BYTES, hashEnd),
    written: readHeight(bytes, hashEnd),
  };
}
