/** Height of a committed write: block number and position in the block (Fabric core/ledger/internal/version). */
export interface Version {
  readonly block: bigint;
  readonly tx: number;
}

export interface KvRead {
  readonly key: string;
  /** Absent when the key did not exist at simulation. */
  readonly version?: Version;
}

/** Merkle summary that replaces the raw reads of a large range query (rwsetutil/query_results_helper.go). */
export interface MerkleSummary {
  readonly maxDegree: number;
  readonly maxLevel: number;
  readonly maxLevelHashes: readonly Uint8Array[];
}

export interface RangeQuery {
  readonly startKey: string;
  readonly endKey: string;
  readonly exhausted: boolean;
  readonly reads: readonly KvRead[] | MerkleSummary;
}

export interface KvWrite {
  readonly key: string;
  readonly isDelete: boolean;
  readonly value: Uint8Array;
}

export interface MetadataEntry {
  readonly name: string;
  readonly value: Uint8Array;
}

export interface MetadataWrite {
  readonly key: string;
  readonly entries: readonly MetadataEntry[];
}

export interface HashedRead {
  readonly keyHash: Uint8Array;
  readonly version?: Version;
}

export interface HashedWrite {
  readonly keyHash: Uint8Array;
  readonly isDelete: boolean;
  readonly valueHash: Uint8Array;
  readonly isPurge: boolean;
}

export interface HashedMetadataWrite {
  readonly keyHash: Uint8Array;
  readonly entries: readonly MetadataEntry[];
}

/** The on-block part of a private collection: hashes only. */
export interface CollectionRwSet {
  readonly collection: string;
  readonly reads: readonly HashedRead[];
  readonly writes: readonly HashedWrite[];
  readonly metadataWrites: readonly HashedMetadataWrite[];
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
