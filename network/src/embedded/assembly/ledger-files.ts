import { join } from 'node:path';
import { fileMember, storeMembers, treeMembers, type BackupMember } from '../../backup/members.js';
import { bucketsNotInBlocks, keyOf, withPrefix } from '../storage/buckets.js';
import { corrupt, noBlock } from '../storage/errors.js';
import { FRAME_HEADER_BYTES } from '../storage/frame.js';
import type { KeyValueSnapshot, LevelStore } from '../storage/level-store.js';
import { readSavepoint } from '../storage/repositories/savepoint.js';
import { segmentPath } from '../storage/segments.js';

/**
 * The files of a ledger in use, as they were after its newest block: the blocks up to it, the chaincode packages, and of the state what
 * no block contains (private cleartext). Everything else is made anew from the blocks when the restored ledger is opened.
 */
export async function* ledgerFiles(
  store: LevelStore,
  directory: string,
  height: (blocks: bigint) => void,
): AsyncGenerator<BackupMember> {
  const snapshot = store.snapshot();
  try {
    const savepoint = readSavepoint(snapshot);
    if (savepoint === undefined) throw corrupt(directory, 0, noBlock);
    height(savepoint.block + 1n);
    const { segment: last, offset, length } = savepoint.location;
    for (let segment = 1; segment <= last; segment += 1) {
      const file = segmentPath(join(directory, 'blocks'), segment);
      const limit = segment === last ? offset + FRAME_HEADER_BYTES + length : Infinity;
      yield* fileMember(file, file.slice(directory.length + 1), limit);
    }
    yield* treeMembers(directory, 'packages');
    yield* storeMembers('level', entriesNotInBlocks(snapshot));
  } finally {
    await snapshot.close();
  }
}

async function* entriesNotInBlocks(snapshot: KeyValueSnapshot) {
  for (const bucket of bucketsNotInBlocks) yield* snapshot.entries(withPrefix(keyOf(bucket)));
}
