import type { BlockLocation } from '../block-files.js';
import { keyOf, uint64 } from '../buckets.js';
import type { WriteBatch } from '../level-store.js';
import { Table } from './table.js';

/** Locations of blocks in the segment files, by number and by header hash. */
export class BlockIndex extends Table {
  location(number: bigint): BlockLocation | undefined {
    const bytes = this.reader.get(keyOf('blockByNumber', number));
    return bytes === undefined ? undefined : decodeLocation(bytes);
  }

  numberOfHash(hash: Uint8Array): bigint | undefined {
    return this.reader.get(keyOf('blockByHash', hash))?.readBigUInt64BE();
  }

  static add(batch: WriteBatch, number: bigint, hash: Uint8Array, location: BlockLocation): void {
    const key = uint64(number);
    batch.put(keyOf('blockByNumber', key), encodeLocation(location));
    batch.put(keyOf('blockByHash', hash), key);
  }
}

/** Segment u32, offset u64, length u32. */
export function encodeLocation(location: BlockLocation): Buffer {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUInt32BE(location.segment);
  bytes.writeBigUInt64BE(BigInt(location.offset), 4);
  bytes.writeUInt32BE(location.length, 12);
  return bytes;
}

export function decodeLocation(bytes: Buffer): BlockLocation {
  return {
    segment: bytes.readUInt32BE(0),
    offset: Number(bytes.readBigUInt64BE(4)),
    length: bytes.readUInt32BE(12),
  };
}
