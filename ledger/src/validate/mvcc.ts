import type { CollectionRwSet, KvRead, NamespaceRwSet, TxRwSet, Version } from '../rwset/model.js';
import type { StateReader } from '../state/model.js';
import type { UpdateBatch } from '../state/update-batch.js';
import { finding, type Finding } from './model.js';
import { sameVersion } from './versions.js';
import { checkRange } from './ranges.js';

/**
 * Checks that what a transaction read is unchanged, including the valid transactions before it in the block
 * (core/ledger/kvledger/txmgmt/validation/validator.go).
 */
export async function checkReads(
  rwset: TxRwSet,
  state: StateReader,
  batch: UpdateBatch,
): Promise<Finding | undefined> {
  for (const namespace of rwset) {
    const refused =
      checkPublicReads(namespace, state, batch) ??
      (await checkRanges(namespace, state, batch)) ??
      checkHashedReads(namespace, state, batch);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function checkPublicReads(
  { namespace, reads }: NamespaceRwSet,
  state: StateReader,
  batch: UpdateBatch,
): Finding | undefined {
  for (const { key, version } of reads) {
    if (batch.change(namespace, key) !== undefined) {
      return conflict(`key ${key} of ${namespace} was written earlier in this block`);
    }
    const committed = state.get(namespace, key)?.version;
    if (!sameVersion(committed, version)) {
      return conflict(`key ${key} of ${namespace} ${movedText(version, committed)}`);
    }
  }
  return undefined;
}

async function checkRanges(
  { namespace, rangeQueries }: NamespaceRwSet,
  state: StateReader,
  batch: UpdateBatch,
): Promise<Finding | undefined> {
  for (const query of rangeQueries) {
    const refused = await checkRange(namespace, query, state, batch);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function checkHashedReads(
  { namespace, collections }: NamespaceRwSet,
  state: StateReader,
  batch: UpdateBatch,
): Finding | undefined {
  for (const collection of collections) {
    const refused = checkCollectionReads(namespace, collection, state, batch);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function checkCollectionReads(
  namespace: string,
  { collection, reads }: CollectionRwSet,
  state: StateReader,
  batch: UpdateBatch,
): Finding | undefined {
  for (const { keyHash, version } of reads) {
    const name = `key hash ${Buffer.from(keyHash).toString('hex')} of ${collection} of ${namespace}`;
    if (batch.hashChange(namespace, collection, keyHash) !== undefined) {
      return conflict(`${name} was written earlier in this block`);
    }
    const committed = state.getHash(namespace, collection, keyHash)?.version;
    if (!sameVersion(committed, version))
      return conflict(`${name} ${movedText(version, committed)}`);
  }
  return undefined;
}

function conflict(reason: string): Finding {
  return finding('MVCC_READ_CONFLICT', reason);
}

function movedText(read: KvRead['version'], committed: Version | undefined): string {
  return `was read at ${versionText(read)} but is at ${versionText(committed)}`;
}

function versionText(version: Version | undefined): string {
  return version === undefined ? 'no version' : `${version.block.toString()}:${version.tx}`;
}
