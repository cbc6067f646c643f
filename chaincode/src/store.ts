import { KeyEndorsementPolicy } from 'fabric-shim';
import type { ChaincodeStub, Iterators } from 'fabric-shim-api';
import type { KeyKind, LedgerRecord, RecordKind, RecordOf } from './model';
import { memoize } from './memo';
import { canonicalJson, ContractError, keyKinds, keyOf } from './model';

/** One page of records; no bookmark when it is the last. */
export interface RecordPage<R> {
  readonly records: R[];
  readonly bookmark?: string;
}

export interface PageRequest {
  readonly pageSize?: number;
  readonly bookmark?: string;
}

/** The world state as records. Every value read is checked against its schema; every value written is canonical JSON. */
export interface RecordStore {
  /** @throws ContractError STORED_RECORD_INVALID */
  get<K extends RecordKind>(kind: K, ...attributes: string[]): Promise<RecordOf<K> | undefined>;
  /** Answers the canonical JSON that was written. */
  put(record: LedgerRecord): Promise<string>;
  /** From now on only the peers of these MSPs, all of them, can change the record's key. */
  endorse(record: LedgerRecord, mspIds: readonly string[]): Promise<void>;
  /** Records whose first attributes are these, in key order. Queries only: pages are not allowed in writes. */
  list<K extends RecordKind>(
    kind: K,
    attributes: readonly string[],
    page: PageRequest,
  ): Promise<RecordPage<RecordOf<K>>>;
  /** All records whose first attributes are these, in key order. A write that reads them conflicts with one that adds. */
  all<K extends RecordKind>(kind: K, attributes: readonly string[]): Promise<RecordOf<K>[]>;
  /** How many records of a kind there are; a write that counts conflicts with one that adds. */
  count(kind: RecordKind): Promise<number>;
}

const defaultPageSize = 50;

export function createRecordStore(stub: ChaincodeStub): RecordStore {
  const keyFor = (record: LedgerRecord) => {
    const { objectType, attributes } = keyOf(record);
    return stub.createCompositeKey(objectType, [...attributes]);
  };
  return {
    async get(kind, ...attributes) {
      const key = stub.createCompositeKey(keyKinds[kind].objectType, attributes);
      const value = await stub.getState(key);
      return value.length === 0 ? undefined : readRecord(kind, value);
    },
    async put(record) {
      const text = canonicalJson(record);
      await stub.putState(keyFor(record), Buffer.from(text, 'utf8'));
      return text;
    },
    async endorse(record, mspIds) {
      const policy = new KeyEndorsementPolicy();
      policy.addOrgs('PEER', ...[...mspIds].sort());
      await stub.setStateValidationParameter(keyFor(record), policy.getPolicy());
    },
    async list(kind, attributes, { pageSize = defaultPageSize, bookmark = '' }) {
      const { iterator, metadata } = await stub.getStateByPartialCompositeKeyWithPagination(
        keyKinds[kind].objectType,
        [...attributes],
        pageSize,
        Buffer.from(bookmark, 'base64url').toString('utf8'),
      );
      const values = await drain(iterator);
      const records = values.map((value) => readRecord(kind, value));
      const next = bookmarkOf(metadata);
      return next === '' ? { records } : { records, bookmark: toBase64Url(next) };
    },
    async all(kind, attributes) {
      const { objectType } = keyKinds[kind];
      const iterator = await stub.getStateByPartialCompositeKey(objectType, [...attributes]);
      return (await drain(iterator)).map((value) => readRecord(kind, value));
    },
    async count(kind) {
      const iterator = await stub.getStateByPartialCompositeKey(keyKinds[kind].objectType, []);
      return (await drain(iterator)).length;
    },
  };
}

/** An empty page comes without metadata: an empty protobuf message has no bytes and the shim then sets nothing. */
function bookmarkOf(metadata: { readonly bookmark: string } | undefined): string {
  return metadata?.bookmark ?? '';
}

function toBase64Url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

/** Kinds that are read with most transactions and change seldom: their values are parsed and checked once. */
const settled: ReadonlySet<RecordKind> = new Set([
  'department',
  'departmentOfMsp',
  'functionHolder',
  'calendar',
  'matter',
  'dataset',
]);
const settledReaders = new Map<RecordKind, (text: string) => unknown>();
const settledSize = 500;

/** The record in a value, checked. One of a settled kind is shared by transactions and frozen. */
function readRecord<K extends RecordKind>(kind: K, value: Uint8Array): RecordOf<K> {
  const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8');
  if (!settled.has(kind)) return parseRecord(kind, text);
  let reader = settledReaders.get(kind);
  if (reader === undefined) {
    reader = memoize(settledSize, (json) => deepFreeze(parseRecord(kind, json)));
    settledReaders.set(kind, reader);
  }
  // The map pairs each kind with a reader of that kind.
  return reader(text) as RecordOf<K>;
}

function parseRecord<K extends RecordKind>(kind: K, text: string): RecordOf<K> {
  const keyKind: KeyKind<K> = keyKinds[kind];
  const parsed = keyKind.schema.safeParse(parseJson(kind, text));
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.slice(0, 20).map((issue) => issue.path.join('.'));
  throw new ContractError('STORED_RECORD_INVALID', { kind, paths });
}

function parseJson(kind: RecordKind, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ContractError('STORED_RECORD_INVALID', { kind, paths: [] });
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

async function drain(iterator: Iterators.StateQueryIterator): Promise<Uint8Array[]> {
  const values: Uint8Array[] = [];
  for (let more = true; more;) {
    // The shim's last step has no value, whatever its types say.
    const step: Partial<Iterators.NextResult<Iterators.KV>> = await iterator.next();
    if (step.value !== undefined) values.push(step.value.value);
    more = step.done === false;
  }
  await iterator.close();
  return values;
}
