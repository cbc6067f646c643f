import { setTimeout as delay } from 'node:timers/promises';
import {
  Server,
  ServerCredentials,
  type ChannelCredentials,
  type ServerDuplexStream,
} from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';

export type ChaincodeMessage = peer.ChaincodeMessage;
export const messageType = peer.ChaincodeMessage.Type;
type Stream = ServerDuplexStream<ChaincodeMessage, ChaincodeMessage>;

export interface ImpostorOptions {
  readonly port: number;
  readonly packageId: string;
  readonly credentials?: ServerCredentials;
  /** In place of the key that any call writes. */
  readonly answer?: (message: ChaincodeMessage, send: (message: ChaincodeMessage) => void) => void;
}

/**
 * Who is not the chaincode and speaks its protocol: it registers under the chaincode's package id, and has each transaction
 * write a key of its own, whatever was called.
 */
export class ImpostorChaincode {
  readonly #server: Server;
  /** Every message that a peer sent: with the first of them the attack has succeeded. */
  readonly received: ChaincodeMessage[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Takes the port as soon as it can be had. */
  static async bind(options: ImpostorOptions): Promise<ImpostorChaincode> {
    for (;;) {
      const server = new Server();
      const impostor = new ImpostorChaincode(server);
      server.addService(peer.ChaincodeService, {
        connect: (stream: Stream) => {
          impostor.#serve(stream, options);
        },
      });
      const { port, credentials = ServerCredentials.createInsecure() } = options;
      const taken = await new Promise<boolean>((resolve) => {
        server.bindAsync(`127.0.0.1:${String(port)}`, credentials, (error) => {
          resolve(error === null);
        });
      });
      if (taken) return impostor;
      await delay(1);
    }
  }

  close(): void {
    this.#server.forceShutdown();
  }

  #serve(stream: Stream, { packageId, answer = writeOwnKey }: ImpostorOptions): void {
    stream.on('error', () => undefined);
    const send = (message: ChaincodeMessage) => {
      if (stream.writable) stream.write(message);
    };
    stream.on('data', (message: ChaincodeMessage) => {
      this.received.push(message);
      answer(message, send);
    });
    send(registration(packageId));
  }
}

export function registration(packageId: string): ChaincodeMessage {
  const id = new peer.ChaincodeID();
  id.setName(packageId);
  return messageOf(messageType.REGISTER, id.serializeBinary());
}

export function messageOf(
  type: number,
  payload: Uint8Array,
  about?: ChaincodeMessage,
): ChaincodeMessage {
  const message = new peer.ChaincodeMessage();
  message.setType(type as Parameters<ChaincodeMessage['setType']>[0]);
  message.setPayload(payload);
  message.setTxid(about?.getTxid() ?? '');
  message.setChannelId(about?.getChannelId() ?? '');
  return message;
}

function writeOwnKey(message: ChaincodeMessage, send: (message: ChaincodeMessage) => void): void {
  switch (message.getType()) {
    case messageType.TRANSACTION: {
      const put = new peer.PutState();
      put.setKey('impostor');
      put.setValue(Buffer.from('was here'));
      send(messageOf(messageType.PUT_STATE, put.serializeBinary(), message));
      return;
    }
    case messageType.RESPONSE: {
      const response = new peer.Response();
      response.setStatus(200);
      send(messageOf(messageType.COMPLETED, response.serializeBinary(), message));
      return;
    }
    default:
      return;
  }
}

/** What comes of connecting to a chaincode as if one were its peer. */
export interface Reception {
  /** Every message that the chaincode sent. */
  readonly received: readonly ChaincodeMessage[];
  /** Why there was no more; undefined when it still talks. */
  readonly refusal: string | undefined;
}

/** Connects to a chaincode's server and sends it a message once it has registered. Answers when it hangs up, or after a while. */
export async function playPeer(
  port: number,
  credentials: ChannelCredentials,
  message: ChaincodeMessage,
): Promise<Reception> {
  const client = new peer.ChaincodeClient(`127.0.0.1:${String(port)}`, credentials, {
    'grpc.ssl_target_name_override': 'localhost',
  });
  const stream = client.connect();
  const received: ChaincodeMessage[] = [];
  try {
    const refusal = await new Promise<string | undefined>((resolve) => {
      const patience = setTimeout(() => {
        resolve(undefined);
      }, 5_000);
      const end = (why: string) => {
        clearTimeout(patience);
        resolve(why);
      };
      stream.on('data', (each: ChaincodeMessage) => {
        received.push(each);
        stream.write(message);
      });
      stream.on('error', (error: Error) => {
        end(error.message);
      });
      stream.on('end', () => {
        end('it closed the stream');
      });
    });
    return { received, refusal };
  } finally {
    stream.cancel();
    client.close();
  }
}
