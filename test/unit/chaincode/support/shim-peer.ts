import './quiet.js';
import '@yici/chaincode';
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { peer } from '@hyperledger/fabric-protos';

const { Type } = peer.ChaincodeMessage;
type MessageType = peer.ChaincodeMessage['getType'] extends () => infer T ? T : never;

interface ShimModules {
  readonly handler: {
    readonly ChaincodeMessageHandler: new (
      stream: object,
      chaincode: object,
    ) => {
      chat(first: object): void;
    };
  };
  readonly stub: new (handler: object, channel: string, txId: string, input: object) => object;
  readonly protos: {
    readonly peer: {
      readonly ChaincodeMessage: { deserializeBinary(bytes: Uint8Array): object };
    };
  };
}

/** The shim of the chaincode's own installation, as its server command loads it. */
const shimRequire = createRequire(
  createRequire(import.meta.resolve('@yici/chaincode')).resolve('fabric-shim/package.json'),
);
const shim: ShimModules = {
  handler: shimRequire('./lib/handler.js') as ShimModules['handler'],
  stub: shimRequire('./lib/stub.js') as ShimModules['stub'],
  protos: shimRequire('@hyperledger/fabric-protos') as ShimModules['protos'],
};

/** What a peer announces of its batches: most keys of one read, most writes of one batch. */
export interface Announced {
  readonly read: number;
  readonly write: number;
}

/** What the peer reads from and writes to during one transaction. */
export interface Tables {
  readonly state: ReadonlyMap<string, Uint8Array>;
  readonly writes: Map<string, Buffer>;
  readonly policies: Map<string, Buffer>;
}

/**
 * The peer's end of a chaincode stream in this process: real stubs and the real handler of the shim, whose messages are
 * read and answered by Fabric's own protobuf classes.
 */
export class ShimPeer {
  /** Every request so far: its kind and how many keys it is about. */
  readonly asked: { type: MessageType; keys: number }[] = [];
  /** The next request is answered with ERROR and this text. */
  failing: string | undefined;
  readonly #stream = new EventEmitter();
  readonly #handler: object;
  #tables: Tables | undefined;

  constructor(announced?: Announced) {
    const write = (message: { serializeBinary(): Uint8Array }): void => {
      this.#receive(peer.ChaincodeMessage.deserializeBinary(message.serializeBinary()));
    };
    const stream = Object.assign(this.#stream, { write, end: () => undefined });
    const handler = new shim.handler.ChaincodeMessageHandler(stream, {});
    this.#handler = handler;
    handler.chat(message(Type.REGISTER, new Uint8Array(0)));
    this.#send(message(Type.REGISTERED, new Uint8Array(0)));
    this.#send(message(Type.READY, announced ? paramsOf(announced) : new Uint8Array(0)));
  }

  /** A stub of the shim for one transaction on these tables. */
  stub(txId: string, tables: Tables): object {
    this.#tables = tables;
    return new shim.stub(this.#handler, 'ch', txId, { getArgsList_asU8: () => [] });
  }

  #send(answer: peer.ChaincodeMessage): void {
    const bytes = answer.serializeBinary();
    this.#stream.emit('data', shim.protos.peer.ChaincodeMessage.deserializeBinary(bytes));
  }

  #receive(request: peer.ChaincodeMessage): void {
    if (request.getType() === Type.REGISTER) return;
    const failing = this.failing;
    this.failing = undefined;
    const answer =
      failing === undefined
        ? message(Type.RESPONSE, this.#answer(request.getType(), request.getPayload_asU8()))
        : message(Type.ERROR, Buffer.from(failing));
    answer.setTxid(request.getTxid());
    answer.setChannelId(request.getChannelId());
    queueMicrotask(() => {
      this.#send(answer);
    });
  }

  #answer(type: MessageType, payload: Uint8Array): Uint8Array {
    switch (type) {
      case Type.GET_STATE:
        return this.#read(type, [peer.GetState.deserializeBinary(payload).getKey()])[0]!;
      case Type.GET_STATE_MULTIPLE: {
        const keys = peer.GetStateMultiple.deserializeBinary(payload).getKeysList();
        const result = new peer.GetStateMultipleResult();
        result.setValuesList(this.#read(type, keys));
        return result.serializeBinary();
      }
      case Type.PUT_STATE: {
        const put = peer.PutState.deserializeBinary(payload);
        return this.#write(type, [[put.getKey(), put.getValue_asU8()]]);
      }
      case Type.PUT_STATE_METADATA: {
        const put = peer.PutStateMetadata.deserializeBinary(payload);
        this.#setMetadata(put.getKey(), put.getMetadata());
        return this.#write(type, []);
      }
      default:
        return this.#batch(type, payload);
    }
  }

  #batch(type: MessageType, payload: Uint8Array): Uint8Array {
    const records = peer.WriteBatchState.deserializeBinary(payload).getRecList();
    this.asked.push({ type, keys: records.length });
    for (const record of records) {
      if (record.getType() === peer.WriteRecord.Type.PUT_STATE) {
        this.#tables!.writes.set(record.getKey(), Buffer.from(record.getValue_asU8()));
      } else this.#setMetadata(record.getKey(), record.getMetadata());
    }
    return new Uint8Array(0);
  }

  #read(type: MessageType, keys: readonly string[]): Uint8Array[] {
    this.asked.push({ type, keys: keys.length });
    return keys.map((key) => this.#tables!.state.get(key) ?? new Uint8Array(0));
  }

  #write(type: MessageType, puts: readonly (readonly [string, Uint8Array])[]): Uint8Array {
    this.asked.push({ type, keys: 1 });
    for (const [key, value] of puts) this.#tables!.writes.set(key, Buffer.from(value));
    return new Uint8Array(0);
  }

  #setMetadata(key: string, metadata: peer.StateMetadata | undefined): void {
    if (metadata?.getMetakey() !== 'VALIDATION_PARAMETER') return;
    this.#tables!.policies.set(key, Buffer.from(metadata.getValue_asU8()));
  }
}

function message(type: MessageType, payload: Uint8Array): peer.ChaincodeMessage {
  const made = new peer.ChaincodeMessage();
  made.setType(type);
  made.setPayload(payload);
  return made;
}

function paramsOf({ read, write }: Announced): Uint8Array {
  const params = new peer.ChaincodeAdditionalParams();
  params.setUseWriteBatch(write > 0);
  params.setMaxSizeWriteBatch(write);
  params.setUseGetMultipleKeys(read > 0);
  params.setMaxSizeGetMultipleKeys(read);
  return params.serializeBinary();
}
