import {
  bool,
  bytes,
  bytesList,
  embedded,
  int32,
  list,
  message,
  optional,
  string,
  uint32,
  uint64,
  type Field,
  type MessageOf,
} from '../wire/message.js';
import { NONE } from '../wire/writer.js';

/** Position of a transaction in its block. */
const position: Field<number> = {
  ...int32(2),
  // Precision is lost above 2^53, which is harmless: no position in a block is that high, so it equals none.
  read: (reader) => Number(reader.uint64()),
};

/** Height of a committed write: block number and position in the block (Fabric core/ledger/internal/version). */
const version = message('kvrwset.Version', { block: uint64(1), tx: position }, () => ({
  block: 0n,
  tx: 0,
}));
export type Version = MessageOf<typeof version>;

export const kvRead = message(
  'kvrwset.KVRead',
  {
    key: string(1),
    /** Absent when the key did not exist at simulation. */
    version: optional(embedded(2, version)),
  },
  () => ({ key: '' }),
);
export type KvRead = MessageOf<typeof kvRead>;

/** Merkle summary that replaces the raw reads of a large range query (rwsetutil/query_results_helper.go). */
export const merkleSummaryMessage = message('kvrwset.QueryReadsMerkleSummary', {
  maxDegree: uint32(1),
  maxLevel: uint32(2),
  maxLevelHashes: bytesList(3),
});
export type MerkleSummary = MessageOf<typeof merkleSummaryMessage>;

export interface RangeQuery {
  readonly startKey: string;
  readonly endKey: string;
  readonly exhausted: boolean;
  readonly reads: readonly KvRead[] | MerkleSummary;
}

export const kvWrite = message(
  'kvrwset.KVWrite',
  {
    key: string(1),
    isDelete: bool(2),
    value: bytes(3),
  },
  () => ({ key: '', isDelete: false, value: NONE }),
);
export type KvWrite = MessageOf<typeof kvWrite>;

const metadataEntry = message('kvrwset.KVMetadataEntry', { name: string(1), value: bytes(2) });
export type MetadataEntry = MessageOf<typeof metadataEntry>;

export const metadataWrite = message('kvrwset.KVMetadataWrite', {
  key: string(1),
  entries: list(2, metadataEntry),
});
export type MetadataWrite = MessageOf<typeof metadataWrite>;

const hashedRead = message('kvrwset.KVReadHash', {
  keyHash: bytes(1),
  version: optional(embedded(2, version)),
});
export type HashedRead = MessageOf<typeof hashedRead>;

const hashedWrite = message('kvrwset.KVWriteHash', {
  keyHash: bytes(1),
  isDelete: bool(2),
  valueHash: bytes(3),
  isPurge: bool(4),
});
export type HashedWrite = MessageOf<typeof hashedWrite>;

const hashedMetadataWrite = message('kvrwset.KVMetadataWriteHash', {
  keyHash: bytes(1),
  entries: list(2, metadataEntry),
});
export type HashedMetadataWrite = MessageOf<typeof hashedMetadataWrite>;

export const hashedRwSet = message('kvrwset.HashedRWSet', {
  reads: list(1, hashedRead),
  writes: list(2, hashedWrite),
  metadataWrites: list(3, hashedMetadataWrite),
});

/** The on-block part of a private collection: hashes only. */
export interface CollectionRwSet extends MessageOf<typeof hashedRwSet> {
  readonly collection: string;
  /** SHA-256 of the private read-write set bytes; empty when nothing was written. */
  readonly privateRwSetHash: Uint8Array;
}

export interface NamespaceRwSet {
  readonly namespace: string;
  readonly reads: readonly KvRead[];
  readonly rangeQueries: readonly RangeQuery[];
  readonly writes: readonly KvWrite[];
  readonly metadataWrites: readonly MetadataWrite[];
  readonly collections: readonly CollectionRwSet[];
}

/** A transaction's read-write set in Fabric's order: namespaces, collections and keys sorted. */
export type TxRwSet = readonly NamespaceRwSet[];

/** Cleartext writes of one collection; they are not in the block. */
export interface PrivateCollectionWrites {
  readonly namespace: string;
  readonly collection: string;
  readonly writes: readonly (KvWrite & { readonly isPurge: boolean })[];
  readonly metadataWrites: readonly MetadataWrite[];
}
