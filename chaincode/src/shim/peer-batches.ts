import type { ChaincodeStub } from 'fabric-shim-api';
import { ChaincodeMessageHandler } from 'fabric-shim/lib/handler.js';
import { requireFromShim } from './shim-require';
import {
  decodeBatchSizes,
  decodeMultiple,
  encodeGetMultiple,
  encodeWriteBatch,
  messageType,
  type BatchSizes,
  type StateWrite,
} from './wire';

/**
 * Reads and writes of one transaction in batches, as Fabric 3.1's Go shim makes them: one message for many keys. Order
 * and effect are those of single calls, and so is the read-write set.
 */
export interface PeerBatches {
  /** Values of public keys, in their order, empty where there is none. Undefined when the peer reads one by one. */
  readonly read: ((keys: readonly string[]) => Promise<Uint8Array[]>) | undefined;
  /** Undefined when the peer writes one by one. */
  readonly write: ((writes: readonly StateWrite[]) => Promise<void>) | undefined;
}

const none: PeerBatches = { read: undefined, write: undefined };
const announced = new WeakMap<object, BatchSizes>();

interface ShimMessage {
  getType(): number;
  getPayload_asU8(): Uint8Array;
  setType(type: number): void;
  setPayload(payload: Uint8Array): void;
  setTxid(txId: string): void;
  setChannelId(channel: string): void;
}

const { peer } = requireFromShim('@hyperledger/fabric-protos') as {
  readonly peer: { readonly ChaincodeMessage: new () => ShimMessage };
};

/** Listens to what each peer says of itself when it is ready; the shim (2.5.8) does not read it. */
export function listenForBatchSizes(): void {
  const { prototype } = ChaincodeMessageHandler;
  // Taken off on purpose: it is called with the handler it belongs to.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { chat } = prototype;
  prototype.chat = function (first) {
    this._stream.on('data', (message) => {
      if (!isMessage(message) || message.getType() !== messageType.ready) return;
      announced.set(this, decodeBatchSizes(message.getPayload_asU8()));
    });
    chat.call(this, first);
  };
}

/** By what it can do: two copies of the protobuf classes in one process make messages of each other's class. */
function isMessage(value: unknown): value is Pick<ShimMessage, 'getType' | 'getPayload_asU8'> {
  return typeof value === 'object' && value !== null && 'getType' in value;
}

/** What the peer behind a stub can do; nothing for a peer before 3.1 and for stubs that are not the shim's. */
export function batchesOf(stub: ChaincodeStub): PeerBatches {
  const handler: unknown = 'handler' in stub ? stub.handler : undefined;
  if (!(handler instanceof ChaincodeMessageHandler)) return none;
  const sizes = announced.get(handler);
  if (sizes === undefined) return none;
  const ask = async (type: number, payload: Uint8Array, method: string): Promise<Uint8Array> => {
    const message = new peer.ChaincodeMessage();
    message.setType(type);
    message.setPayload(payload);
    message.setTxid(stub.getTxID());
    message.setChannelId(stub.getChannelID());
    const answer = await handler._askPeerAndListen(message, method);
    return answer instanceof Uint8Array ? answer : new Uint8Array(0);
  };
  return {
    read: sizes.read < 2 ? undefined : (keys) => readAll(ask, keys, sizes.read),
    write: sizes.write < 2 ? undefined : (writes) => writeAll(ask, writes, sizes.write),
  };
}

type Ask = (type: number, payload: Uint8Array, method: string) => Promise<Uint8Array>;

async function readAll(ask: Ask, keys: readonly string[], most: number): Promise<Uint8Array[]> {
  const values: Uint8Array[] = [];
  for (const some of chunks(keys, most)) {
    const payload = await ask(messageType.getMultiple, encodeGetMultiple(some), 'GetStateMultiple');
    const found = decodeMultiple(payload);
    if (found.length !== some.length) throw new RangeError('the peer answered for other keys');
    values.push(...found);
  }
  return values;
}

async function writeAll(ask: Ask, writes: readonly StateWrite[], most: number): Promise<void> {
  for (const some of chunks(writes, most)) {
    await ask(messageType.writeBatch, encodeWriteBatch(some), 'WriteBatchState');
  }
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}
