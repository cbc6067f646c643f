import type { NamespaceRwSet, RangeQuery, TxRwSet, Version } from '../rwset/model.js';
import { compareUtf8 } from '../rwset/order.js';

/**
 * The key through which a transaction committed at height `at` put a later one in conflict: the later one had read the key in
 * its previous version. Undefined when there is none. The earlier transaction is assumed to be valid; that is not checked here.
 * @param sameBlock both are in one block: all writes of the earlier one came after the reads of the later one.
 */
export function conflictingKey(
  own: TxRwSet,
  earlier: TxRwSet,
  at: Version,
  sameBlock: boolean,
): string | undefined {
  for (const mine of own) {
    const theirs = earlier.find(({ namespace }) => namespace === mine.namespace);
    const key = theirs && (publicKey(mine, theirs, at, sameBlock) ?? hashedKey(mine, theirs, at));
    if (key !== undefined) return `${mine.namespace}/${key}`;
  }
  return undefined;
}

function publicKey(
  mine: NamespaceRwSet,
  theirs: NamespaceRwSet,
  at: Version,
  sameBlock: boolean,
): string | undefined {
  const written = changedKeys(theirs);
  const read = mine.reads.find(
    ({ key, version }) =>
      written.has(key) && isBefore(version, at) && !wasAfter(key, version, mine, theirs),
  );
  if (read !== undefined || !sameBlock) return read?.key;
  const inRange = (key: string) => mine.rangeQueries.some((query) => covers(query, key));
  return [...written].find(inRange);
}

/**
 * Of a key that both read before writing it: if the later one read another version than this transaction did, it read
 * after this transaction took effect, or another transaction caused the conflict.
 */
function wasAfter(
  key: string,
  version: Version | undefined,
  mine: NamespaceRwSet,
  theirs: NamespaceRwSet,
): boolean {
  const read = theirs.reads.find((each) => each.key === key);
  if (read === undefined || !changedKeys(mine).has(key)) return false;
  return read.version?.block !== version?.block || read.version?.tx !== version?.tx;
}

/** A key's metadata has the version of its value: setting it is a change too. */
const changedKeys = ({ writes, metadataWrites }: NamespaceRwSet): Set<string> =>
  new Set([...writes, ...metadataWrites].map(({ key }) => key));

function hashedKey(mine: NamespaceRwSet, theirs: NamespaceRwSet, at: Version): string | undefined {
  for (const { collection, reads } of mine.collections) {
    const other = theirs.collections.find((each) => each.collection === collection);
    const written = new Set(other?.writes.map(({ keyHash }) => hex(keyHash)));
    const read = reads.find((each) => written.has(hex(each.keyHash)) && isBefore(each.version, at));
    if (read !== undefined) return `${collection}/${hex(read.keyHash)}`;
  }
  return undefined;
}

const covers = ({ startKey, endKey }: RangeQuery, key: string): boolean =>
  compareUtf8(startKey, key) <= 0 && (endKey === '' || compareUtf8(key, endKey) < 0);

/** A key that was absent when it was read has the oldest version. */
function isBefore(version: Version | undefined, at: Version): boolean {
  if (version === undefined) return true;
  return version.block < at.block || (version.block === at.block && version.tx < at.tx);
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
