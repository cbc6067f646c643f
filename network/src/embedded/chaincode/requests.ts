import { peer } from '@hyperledger/fabric-protos';
import { WireWriter } from '@yici/ledger';
import { refused } from '../simulate/refused.js';
import { permissionOf, type Permission } from '../simulate/collections.js';
import type { KeyValue, ResultIterator } from '../simulate/range-scan.js';
import type { Metadata } from '../simulate/rwset-builder.js';
import type { TransactionSimulator } from '../simulate/simulator.js';
import { historyResults } from './history.js';
import type { Invocation } from './invocation.js';
import { queryResponse } from './open-queries.js';
import { messageType, type MessageType } from './messages.js';

const nothing = new Uint8Array(0);

type Answer = Uint8Array | Promise<Uint8Array>;

/** A chaincode in a transaction that has a state to read and to write. */
type Simulating = Invocation & { readonly simulator: TransactionSimulator };
type Handler = (payload: Uint8Array, at: Simulating) => Answer;

/** Requests of a running chaincode to its peer (core/chaincode/handler.go); the result is a RESPONSE's payload. */
const handlers = new Map<MessageType, Handler>([
  [messageType.GET_STATE, getState],
  [messageType.GET_STATE_MULTIPLE, getStateMultiple],
  [messageType.PUT_STATE, putState],
  [messageType.DEL_STATE, deleteState],
  [messageType.GET_STATE_METADATA, getStateMetadata],
  [messageType.PUT_STATE_METADATA, putStateMetadata],
  [messageType.GET_PRIVATE_DATA_HASH, getPrivateDataHash],
  [messageType.PURGE_PRIVATE_DATA, purgePrivateData],
  [messageType.WRITE_BATCH_STATE, writeBatch],
  [messageType.GET_STATE_BY_RANGE, getStateByRange],
  [messageType.GET_HISTORY_FOR_KEY, getHistoryForKey],
  [messageType.GET_QUERY_RESULT, getQueryResult],
  [messageType.QUERY_STATE_NEXT, queryStateNext],
  [messageType.QUERY_STATE_CLOSE, queryStateClose],
]);

/**
 * Answers one request of a running chaincode. Refusals are NetworkError SIMULATION_REFUSED; malformed bytes make the
 * protobuf decoder throw.
 */
export async function answerRequest(
  type: MessageType,
  payload: Uint8Array,
  invocation: Invocation,
): Promise<Uint8Array> {
  if (type === messageType.INVOKE_CHAINCODE) {
    return invokeChaincode(payload, invocation);
  }
  const handler = handlers.get(type);
  if (!handler || !isSimulating(invocation)) {
    throw refused('no ledger context');
  }
  return handler(payload, invocation);
}

function isSimulating(invocation: Invocation): invocation is Simulating {
  return invocation.simulator !== undefined;
}

/** Whether the peer supports this kind of request. */
export function isRequest(type: MessageType): boolean {
  return type === messageType.INVOKE_CHAINCODE || handlers.has(type);
}

function getState(payload: Uint8Array, at: Simulating): Answer {
  const request = peer.GetState.deserializeBinary(payload);
  return read(at, request.getCollection(), request.getKey());
}

function getStateMultiple(payload: Uint8Array, at: Simulating): Answer {
  const request = peer.GetStateMultiple.deserializeBinary(payload);
  const result = new peer.GetStateMultipleResult();
  const collection = request.getCollection();
  result.setValuesList(request.getKeysList().map((key) => read(at, collection, key)));
  return result.serializeBinary();
}

function read(at: Simulating, collection: string, key: string): Uint8Array {
  if (collection === '') {
    return at.simulator.getState(at.namespace, key) ?? nothing;
  }
  checkPermission('read', at, collection);
  return at.simulator.getPrivate(at.namespace, collection, key) ?? nothing;
}

function putState(payload: Uint8Array, at: Simulating): Answer {
  const request = peer.PutState.deserializeBinary(payload);
  return put(at, request.getCollection(), request.getKey(), request.getValue_asU8());
}

function deleteState(payload: Uint8Array, at: Simulating): Answer {
  const request = peer.DelState.deserializeBinary(payload);
  return put(at, request.getCollection(), request.getKey(), nothing);
}

function put(at: Simulating, collection: string, key: string, value: Uint8Array): Uint8Array {
  if (collection === '') {
    at.simulator.setState(at.namespace, key, value);
  } else {
    checkPermission('write', at, collection);
    at.simulator.setPrivate(at.namespace, collection, key, value);
  }
  return nothing;
}

function getStateMetadata(payload: Uint8Array, at: Simulating): Answer {
  const request = peer.GetStateMetadata.deserializeBinary(payload);
  const collection = request.getCollection();
  if (collection !== '') checkPermission('read', at, collection);
  const metadata =
    collection === ''
      ? at.simulator.getStateMetadata(at.namespace, request.getKey())
      : at.simulator.getPrivateMetadata(at.namespace, collection, request.getKey());
  const entries = [...metadata].map(([name, value]) =>
    new WireWriter().string(1, name).bytes(2, value),
  );
  return new WireWriter().repeated(1, entries).finish();
}

function putStateMetadata(payload: Uint8Array, at: Simulating): Answer {
  const request = peer.PutStateMetadata.deserializeBinary(payload);
  const entry = request.getMetadata();
  return putMetadata(at, request.getCollection(), request.getKey(), entry);
}

function putMetadata(
  at: Simulating,
  collection: string,
  key: string,
  entry: peer.StateMetadata | undefined,
): Uint8Array {
  const metadata: Metadata = new Map([
    [entry?.getMetakey() ?? '', entry?.getValue_asU8() ?? nothing],
  ]);
  if (collection === '') {
    at.simulator.setStateMetadata(at.namespace, key, metadata);
  } else {
    checkPermission('write', at, collection);
    at.simulator.setPrivateMetadata(at.namespace, collection, key, metadata);
  }
  return nothing;
}

function getPrivateDataHash(payload: Uint8Array, at: Simulating): Answer {
  const request = peer.GetState.deserializeBinary(payload);
  refuseInInit(at);
  // Every member of the channel may see a hash: it is in the block.
  const hash = at.simulator.getPrivateHash(at.namespace, request.getCollection(), request.getKey());
  return hash ?? nothing;
}

function purgePrivateData(payload: Uint8Array, at: Simulating): Answer {
  const request = peer.PurgePrivateState.deserializeBinary(payload);
  return purge(at, request.getCollection(), request.getKey());
}

function purge(at: Simulating, collection: string, key: string): Uint8Array {
  if (collection === '') {
    throw refused('only applicable for private data');
  }
  checkPermission('write', at, collection);
  at.simulator.purgePrivate(at.namespace, collection, key);
  return nothing;
}

function writeBatch(payload: Uint8Array, at: Simulating): Answer {
  const batch = peer.WriteBatchState.deserializeBinary(payload);
  for (const record of batch.getRecList()) {
    applyRecord(record, at);
  }
  return nothing;
}

function applyRecord(record: peer.WriteRecord, at: Simulating): void {
  const collection = record.getCollection();
  const key = record.getKey();
  switch (record.getType()) {
    case peer.WriteRecord.Type.PUT_STATE:
      put(at, collection, key, record.getValue_asU8());
      return;
    case peer.WriteRecord.Type.DEL_STATE:
      put(at, collection, key, nothing);
      return;
    case peer.WriteRecord.Type.PURGE_PRIVATE_DATA:
      purge(at, collection, key);
      return;
    case peer.WriteRecord.Type.PUT_STATE_METADATA:
      putMetadata(at, collection, key, record.getMetadata());
      return;
    default:
      throw refused('unknown operation type');
  }
}

function getStateByRange(payload: Uint8Array, at: Simulating): Promise<Uint8Array> {
  const request = peer.GetStateByRange.deserializeBinary(payload);
  const collection = request.getCollection();
  const end = request.getEndkey();
  if (collection !== '') {
    checkPermission('read', at, collection);
    const scan = at.simulator.privateRange(at.namespace, collection, request.getStartkey(), end);
    return at.queries.open(encodeValues(at.namespace, scan));
  }
  const metadata = peer.QueryMetadata.deserializeBinary(request.getMetadata_asU8());
  const bookmark = metadata.getBookmark();
  const paginated = metadata.getPagesize() !== 0 || bookmark !== '';
  const pageSize = paginated ? metadata.getPagesize() : undefined;
  const start = bookmark === '' ? request.getStartkey() : bookmark;
  const scan = at.simulator.range(at.namespace, start, end, pageSize);
  return at.queries.open(encodeValues(at.namespace, scan), pageSize);
}

function encodeValues(
  namespace: string,
  scan: ResultIterator<KeyValue>,
): ResultIterator<Uint8Array> {
  return {
    next: async () => {
      const found = await scan.next();
      return found && encodeValue(namespace, found);
    },
    bookmark: () => scan.bookmark(),
    close: () => scan.close(),
  };
}

/** queryresult.KV bytes. */
function encodeValue(namespace: string, { key, value }: KeyValue): Uint8Array {
  return new WireWriter().string(1, namespace).string(2, key).bytes(3, value).finish();
}

function getHistoryForKey(payload: Uint8Array, at: Simulating): Promise<Uint8Array> {
  const request = peer.GetHistoryForKey.deserializeBinary(payload);
  return at.queries.open(historyResults(at.simulator.history(at.namespace, request.getKey())));
}

function getQueryResult(): Answer {
  // The state is in LevelDB, and a rich query has no phantom protection in any store.
  throw refused('ExecuteQuery not supported for leveldb');
}

async function queryStateNext(payload: Uint8Array, at: Invocation): Promise<Uint8Array> {
  const request = peer.QueryStateNext.deserializeBinary(payload);
  const response = await at.queries.next(request.getId());
  if (!response) {
    throw refused('query iterator not found');
  }
  return response;
}

async function queryStateClose(payload: Uint8Array, at: Invocation): Promise<Uint8Array> {
  const id = peer.QueryStateClose.deserializeBinary(payload).getId();
  await at.queries.close(id);
  return queryResponse(id, []);
}

async function invokeChaincode(payload: Uint8Array, at: Invocation): Promise<Uint8Array> {
  const spec = peer.ChaincodeSpec.deserializeBinary(payload);
  const [name = '', channel = at.call.channel] = (spec.getChaincodeId()?.getName() ?? '').split(
    '/',
  );
  if (channel !== at.call.channel) {
    throw refused(`failed to find ledger for channel: ${channel}`);
  }
  const [plainName = ''] = name.split(':');
  const answer = await at.invoke(plainName, spec.getInput() ?? new peer.ChaincodeInput());
  return answer.serializeBinary();
}

function checkPermission(right: keyof Permission, at: Simulating, collection: string): void {
  if (!permission(at, collection)[right]) {
    throw refused(
      `tx creator does not have ${right} access permission on privatedata in chaincodeName:${at.namespace} collectionName: ${collection}`,
    );
  }
}

function permission(at: Simulating, collection: string): Permission {
  refuseInInit(at);
  const known = at.permissions.get(collection);
  if (known) {
    return known;
  }
  const definition = at.simulator.findCollection(at.namespace, collection);
  if (!definition) {
    throw refused(`collection ${at.call.channel}/${at.namespace}/${collection} could not be found`);
  }
  const found = permissionOf(definition, at.call.creator);
  at.permissions.set(collection, found);
  return found;
}

function refuseInInit(at: Invocation): void {
  if (at.isInit) {
    throw refused('private data APIs are not allowed in chaincode Init()');
  }
}
