import { KeyEndorsementPolicy } from 'fabric-shim';
import type { ChaincodeStub, Iterators } from 'fabric-shim-api';
import { canonicalJson } from '../kernel/canonical';
import { ContractError } from '../kernel/errors';
import type { KeyKind, KeyParts } from '../kernel/keys';
import type { LedgerRecord, RecordKind, RecordOf } from '../kernel/records';
import type { RecordStore } from '../kernel/store';
import { keyKinds, keyOf } from '../keys';
import { memoize } from '../shim/memo';
import { batchesOf } from '../shim/peer-batches';
import type { StateWrite } from '../shim/wire';

const defaultPageSize = 50;
const nothing = new Uint8Array(0);
/** The name of a key's endorsement policy among its metadata (core/ledger/.../validation_parameter). */
const validationParameter = 'VALIDATION_PARAMETER';

export function createRecordStore(stub: ChaincodeStub): RecordStore {
  const batches = batchesOf(stub);
  const values = new Map<string, Uint8Array>();
  const written: StateWrite[] = [];
  const keyFor = (record: LedgerRecord) => {
    const { objectType, attributes } = keyOf(record);
    return stub.createCompositeKey(objectType, [...attributes]);
  };
  const keyOfKind = (kind: RecordKind, attributes: readonly string[]) =>
    stub.createCompositeKey(keyKinds[kind].objectType, [...attributes]);
  return {
    async expect(wanted) {
      if (batches.read === undefined) return;
      const keys = wanted.map(([kind, ...attributes]) => keyOfKind(kind, attributes));
      const found = await batches.read(keys);
      for (const [index, key] of keys.entries()) values.set(key, found[index] ?? nothing);
    },
    async get(kind, ...attributes) {
      const key = keyOfKind(kind, attributes);
      const value = values.get(key) ?? (await stub.getState(key));
      return value.length === 0 ? undefined : readRecord(kind, value);
    },
    put(record) {
      const value = Buffer.from(canonicalJson(record), 'utf8');
      written.push({ kind: 'put', key: keyFor(record), value });
    },
    endorse(record, mspIds) {
      written.push(endorsedBy(keyFor(record), mspIds));
    },
    async flush() {
      const writes = written.splice(0);
      if (batches.write !== undefined && writes.length > 1) await batches.write(writes);
      else for (const write of writes) await writeOne(stub, write);
    },
    ...privateCollections(stub),
    ...ranges(stub),
  };
}

/** Records whose keys begin with the same attributes. */
function ranges(stub: ChaincodeStub): Pick<RecordStore, 'list' | 'all'> {
  const whole = (kind: RecordKind, attributes: readonly string[]) =>
    stub.getStateByPartialCompositeKey(keyKinds[kind].objectType, [...attributes]);
  return {
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
      return (await drain(await whole(kind, attributes))).map((value) => readRecord(kind, value));
    },
  };
}

/** All peers of these MSPs have to endorse a change of the key. */
function endorsedBy(key: string, mspIds: readonly string[]): StateWrite {
  const policy = new KeyEndorsementPolicy();
  policy.addOrgs('PEER', ...[...mspIds].sort());
  return { kind: 'metadata', key, name: validationParameter, value: policy.getPolicy() };
}

async function writeOne(stub: ChaincodeStub, write: StateWrite): Promise<void> {
  if (write.kind === 'put') await stub.putState(write.key, write.value);
  else await stub.setStateValidationParameter(write.key, write.value);
}

function privateCollections(
  stub: ChaincodeStub,
): Pick<RecordStore, 'putPrivately' | 'getPrivately'> {
  const nameOf = (key: KeyParts) => stub.createCompositeKey(key.objectType, [...key.attributes]);
  return {
    async putPrivately({ collection, key, value }) {
      if (value === undefined) await stub.purgePrivateData(collection, nameOf(key));
      else await stub.putPrivateData(collection, nameOf(key), Buffer.from(value, 'utf8'));
    },
    async getPrivately(collection, key) {
      const value = await stub.getPrivateData(collection, nameOf(key));
      return value.length === 0 ? undefined : Buffer.from(value).toString('utf8');
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
