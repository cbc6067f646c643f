import type { HashedUpdate } from '@yici/ledger';
import type { KeyValueReader } from '../level-store.js';

/** Reads of one kind of record, from the store or from a snapshot of it; writes are static and go into a batch. */
export abstract class Table {
  protected readonly reader: KeyValueReader;

  constructor(reader: KeyValueReader) {
    this.reader = reader;
  }
}

/** The value of an entry that is only a key. */
export const NOTHING = Buffer.alloc(0);

/** A key of a private collection by its hash, as in the blocks. */
export type HashedKey = Pick<HashedUpdate, 'namespace' | 'collection' | 'keyHash'>;

/** Position of a committed transaction: block number and index in the block. */
export interface Height {
  readonly block: bigint;
  readonly position: number;
}

/** A height in a key: block u64, position u32. */
export const HEIGHT_BYTES = 12;

export function readHeight(bytes: Buffer, at: number): Height {
  return { block: bytes.readBigUInt64BE(at), position: bytes.readUInt32BE(at + 8) };
}
