import { NetworkError } from '../../../errors.js';
import type { BlockLocation } from '../block-files.js';
import { keyOf } from '../buckets.js';
import { WriteBatch, type KeyValueReader, type LevelStore } from '../level-store.js';
import { decodeLocation, encodeLocation } from './block-index.js';

/** Format version of this store; with another number it must be rebuilt from the block files. */
const FORMAT = 1;
const HASH_BYTES = 32;

/** How far the store is; written in the same batch as the changes of that block. */
export interface Savepoint {
  /** The newest block applied. */
  readonly block: bigint;
  readonly location: BlockLocation;
  /** The newest block with a config transaction. */
  readonly lastConfig: bigint;
  readonly headerHash: Uint8Array;
  /** Fabric's COMMIT_HASH after this block; empty after the genesis block, which has none. */
  readonly commitHash: Uint8Array;
}

const SAVEPOINT = keyOf('meta', 'savepoint');

/** Throws DATA_FOLDER_UNUSABLE when another version of this software wrote the store. */
export function readSavepoint(reader: KeyValueReader): Savepoint | undefined {
  const bytes = reader.get(SAVEPOINT);
  if (bytes === undefined) return undefined;
  if (bytes[0] !== FORMAT) {
    throw new NetworkError(
      'DATA_FOLDER_UNUSABLE',
      {
        zh: '账本状态的格式不同。移走 level 目录后重新启动，系统由区块文件重建。',
        en: 'the state was written in another format; remove the level folder to have it rebuilt',
      },
      { details: { found: bytes[0], expected: FORMAT } },
    );
  }
  const hashesAt = 33;
  return {
    block: bytes.readBigUInt64BE(1),
    lastConfig: bytes.readBigUInt64BE(9),
    location: decodeLocation(bytes.subarray(17, hashesAt)),
    headerHash: bytes.subarray(hashesAt, hashesAt + HASH_BYTES),
    commitHash: bytes.subarray(hashesAt + HASH_BYTES),
  };
}

export function writeSavepoint(batch: WriteBatch, savepoint: Savepoint): void {
  const numbers = Buffer.allocUnsafe(17);
  numbers.writeUInt8(FORMAT);
  numbers.writeBigUInt64BE(savepoint.block, 1);
  numbers.writeBigUInt64BE(savepoint.lastConfig, 9);
  const location = encodeLocation(savepoint.location);
  const { headerHash, commitHash } = savepoint;
  batch.put(SAVEPOINT, Buffer.concat([numbers, location, headerHash, commitHash]));
}

/** Durable when it resolves: the store is then marked as empty. */
export async function removeSavepoint(store: LevelStore): Promise<void> {
  const batch = new WriteBatch();
  batch.delete(SAVEPOINT);
  await store.write(batch, { sync: true });
}
