import fc from 'fast-check';
import {
  hashKey,
  sha256,
  type HashedWrite,
  type KvWrite,
  type MetadataEntry,
  type NamespaceRwSet,
} from '@yici/ledger';
import { namespace } from './transaction.js';

/**
 * One line of a read-write set. `put` and `remove` stand among the writes, `annotate` and `bare` (which takes metadata
 * away) among the metadata writes, each in the order in which they come.
 */
export interface OddLine {
  readonly what: 'put' | 'remove' | 'purge' | 'annotate' | 'bare';
  /** In the collection, by its hash, instead of in the open. */
  readonly hidden: boolean;
  readonly key: number;
  readonly value: number;
}

/** The lines of one transaction. */
export type OddSet = readonly OddLine[];

const line: fc.Arbitrary<OddLine> = fc.record({
  what: fc.constantFrom('put', 'put', 'remove', 'purge', 'annotate', 'bare'),
  hidden: fc.boolean(),
  key: fc.integer({ min: 0, max: 1 }),
  value: fc.integer({ min: 0, max: 9 }),
});

/** Transactions one after the other, of few keys each of which stands in them more than once. */
export const oddSets: fc.Arbitrary<readonly OddSet[]> = fc.array(
  fc.array(line, { minLength: 1, maxLength: 7 }),
  { minLength: 1, maxLength: 6 },
);

export interface OddNames {
  readonly chaincode: string;
  readonly collection: string;
  readonly key: (number: number) => string;
  /** The metadata that a value stands for; by default under a name that no policy is made of. */
  readonly note?: (value: number) => MetadataEntry;
}

const noteOf = (value: number): MetadataEntry => ({
  name: 'NOTE',
  value: Buffer.from(String(value)),
});

/** The read-write set of a transaction with these lines. */
export function oddRwSet(set: OddSet, names: OddNames): NamespaceRwSet {
  const open = set.filter(({ hidden }) => !hidden);
  const hidden = set.filter((each) => each.hidden);
  const collection = {
    collection: names.collection,
    reads: [],
    writes: hidden.flatMap((each) => hashedWrite(each, names)),
    metadataWrites: hidden.filter(isNote).map((each) => ({
      keyHash: hashKey(names.key(each.key)),
      entries: entriesOf(each, names),
    })),
    privateRwSetHash: sha256(Buffer.from('not to be found')),
  };
  return namespace({
    name: names.chaincode,
    writes: open.flatMap((each) => openWrite(each, names)),
    metadataWrites: open
      .filter(isNote)
      .map((each) => ({ key: names.key(each.key), entries: entriesOf(each, names) })),
    collections: hidden.length === 0 ? [] : [collection],
  });
}

function isNote({ what }: OddLine): boolean {
  return what === 'annotate' || what === 'bare';
}

function entriesOf(
  { what, value }: OddLine,
  { note = noteOf }: OddNames,
): readonly MetadataEntry[] {
  return what === 'bare' ? [] : [note(value)];
}

function openWrite(each: OddLine, { key }: OddNames): readonly KvWrite[] {
  if (isNote(each)) return [];
  const isDelete = each.what !== 'put';
  const value = isDelete ? new Uint8Array(0) : Buffer.from(`"${String(each.value)}"`);
  return [{ key: key(each.key), isDelete, value }];
}

function hashedWrite(each: OddLine, { key }: OddNames): readonly HashedWrite[] {
  if (isNote(each)) return [];
  const isDelete = each.what !== 'put';
  const valueHash = isDelete ? new Uint8Array(0) : sha256(Buffer.from(String(each.value)));
  const isPurge = each.what === 'purge';
  return [{ keyHash: hashKey(key(each.key)), isDelete, valueHash, isPurge }];
}
