import type { PrivateWrite } from './caller';
import type { KeyParts } from './keys';
import type { LedgerRecord, RecordKind, RecordOf } from './records';

/** One page of records; no bookmark when it is the last. */
export interface RecordPage<R> {
  readonly records: R[];
  readonly bookmark?: string;
}

export interface PageRequest {
  readonly pageSize?: number;
  readonly bookmark?: string;
}

/** Names a record: its kind and the attributes of its key. */
export type RecordKey = readonly [kind: RecordKind, ...attributes: string[]];

/** The world state as records. Every value read is checked against its schema; every value written is canonical JSON. */
export interface RecordStore {
  /**
   * Reads in one message keys that `get` will be asked for. Every key named enters the read set, so name only those that are
   * certainly read. Does nothing where the peer reads one by one.
   */
  expect(keys: readonly RecordKey[]): Promise<void>;
  /** @throws ContractError STORED_RECORD_INVALID */
  get<K extends RecordKind>(kind: K, ...attributes: string[]): Promise<RecordOf<K> | undefined>;
  /** Writes canonical JSON with the next `flush`. What was put cannot be read in the same transaction. */
  put(record: LedgerRecord): void;
  /** From now on only the peers of these MSPs, all of them, can change the record's key; takes effect as `put` does. */
  endorse(record: LedgerRecord, mspIds: readonly string[]): void;
  /** Hands to the peer what was put, in one message where it takes that. */
  flush(): Promise<void>;
  /** Writes to, or purges from, a private collection. */
  putPrivately(write: PrivateWrite): Promise<void>;
  /** A value in a private collection; only its members' peers hold it, and only its members are given it. */
  getPrivately(collection: string, key: KeyParts): Promise<string | undefined>;
  /** Records whose first attributes are these, in key order. Queries only: pages are not allowed in writes. */
  list<K extends RecordKind>(
    kind: K,
    attributes: readonly string[],
    page: PageRequest,
  ): Promise<RecordPage<RecordOf<K>>>;
  /** All records whose first attributes are these, in key order. A write that reads them conflicts with one that adds. */
  all<K extends RecordKind>(kind: K, attributes: readonly string[]): Promise<RecordOf<K>[]>;
}
