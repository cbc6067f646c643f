import type { BackupMember } from '../backup/members.js';
import type { NetworkError } from '../errors.js';
import type {
  ChannelConfig,
  PrivateCollectionWrites,
  StateReader,
  VersionedValue,
} from '@yici/ledger';

/** One past value of a key, as returned by {@link StateSnapshot.history}, newest first. */
export interface HistoryEntry {
  readonly txId: string;
  /** Number of the block that wrote it. */
  readonly block: bigint;
  readonly value: Uint8Array;
  readonly isDelete: boolean;
  /** The transaction's timestamp, as in its channel header. */
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
}

/** The committed state at one height, unaffected by later blocks. Must be closed. */
export interface StateSnapshot extends StateReader {
  readonly height: bigint;
  getPrivate(namespace: string, collection: string, key: string): VersionedValue | undefined;
  rangePrivate(
    namespace: string,
    collection: string,
    start: string,
    end: string,
  ): AsyncIterable<{ readonly key: string; readonly value: VersionedValue }>;
  history(namespace: string, key: string): AsyncIterable<HistoryEntry>;
  close(): Promise<void>;
}

export interface ChainInfo {
  readonly height: bigint;
  readonly currentBlockHash: Uint8Array;
  readonly previousBlockHash: Uint8Array;
}

/** Outcome of a transaction. */
export interface CommitResult {
  readonly txId: string;
  readonly block: bigint;
  /** Fabric's TxValidationCode. */
  readonly code: number;
}

/** A committed transaction as returned by `qscc.GetTransactionByID`. */
export interface CommittedTransaction {
  readonly envelope: Uint8Array;
  readonly code: number;
  readonly block: bigint;
}

/** The channel's ledger on disk: read access for the services, and ordering of envelopes. */
export interface ChannelLedger {
  readonly channel: string;
  /** Number of committed blocks; the next block's number. */
  readonly height: bigint;
  /** Why nothing can be written at present (a full disk); undefined while it works. It recovers by itself. */
  readonly failure: NetworkError | undefined;
  /** Number of the newest block that changed the config or a chaincode's definition; until one does, the newest at opening. */
  readonly definedAt: bigint;
  /** The config in force after the newest block. */
  config(): ChannelConfig;
  snapshot(): StateSnapshot;
  chainInfo(): ChainInfo;
  /** Raw `common.Block`. */
  blockByNumber(number: bigint): Promise<Uint8Array | undefined>;
  blockByHash(hash: Uint8Array): Promise<Uint8Array | undefined>;
  blockByTxId(txId: string): Promise<Uint8Array | undefined>;
  transaction(txId: string): Promise<CommittedTransaction | undefined>;
  /** Whether a committed block contains the transaction, valid or not. */
  hasTransaction(txId: string): boolean;
  /** Every block from `from` on, then each new one as it commits, until the signal aborts or the ledger closes. */
  blocks(from: bigint, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** Cleartext private writes of one block's valid transactions by position, for DeliverWithPrivateData. */
  privateWrites(block: bigint): Promise<ReadonlyMap<number, readonly PrivateCollectionWrites[]>>;
  /**
   * Stores the private writes of an endorsed proposal until its transaction commits (Fabric's transient store); durable
   * when it resolves. Rejects with LEDGER_FAILED.
   */
  stagePrivate(txId: string, writes: readonly PrivateCollectionWrites[]): Promise<void>;
  /**
   * Orders an envelope: resolves when its block is durable, with block number and validation code. Rejects with a
   * NetworkError (ORDERER_REFUSED: bad signature, not a writer, too large, malformed; CLOSED; LEDGER_FAILED: not
   * written, or not certainly, and must be sent again).
   */
  order(envelope: Uint8Array): Promise<CommitResult>;
  /** Resolves when the transaction is committed, at once if it already is; rejects when the signal aborts. */
  whenCommitted(txId: string, signal?: AbortSignal): Promise<CommitResult>;
  /** The ledger's files as they are after the newest block, for a backup. `height` is told with the first of them. */
  files(height: (blocks: bigint) => void): AsyncIterable<BackupMember>;
  close(): Promise<void>;
}
