import type { ClientDuplexStream } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import { NetworkError, quoted } from '../../errors.js';
import type { Logger } from '../../logger.js';
import { toError } from '../../to-error.js';
import { chaincodeFailed, refused } from '../simulate/refused.js';
import type { Invocation } from './invocation.js';
import {
  chaincodeMessage,
  messageType,
  typeName,
  type ChaincodeMessage,
  type MessageType,
} from './messages.js';
import { answerRequest, isRequest } from './requests.js';

type ChaincodeStream = ClientDuplexStream<ChaincodeMessage, ChaincodeMessage>;

/** The sentence by which Fabric's gateway knows that the chaincode, not the transaction, is at fault. */
const streamTerminated = 'chaincode stream terminated';
const executionTimeout = 'timeout expired while executing transaction';

interface Running {
  readonly invocation: Invocation;
  readonly settle: (answer: ChaincodeMessage | NetworkError) => void;
}

export interface SessionOptions {
  readonly packageId: string;
  readonly executeTimeoutMs: number;
}

/**
 * A registered stream to a chaincode process, on which transactions run concurrently. When the stream ends, every call
 * in it fails with CHAINCODE_UNAVAILABLE and `ended` resolves.
 */
export class ChaincodeSession {
  /** Rejects when the process registers under another package id or does not register. */
  readonly registered: Promise<void>;
  readonly ended: Promise<void>;
  readonly #stream: ChaincodeStream;
  readonly #options: SessionOptions;
  readonly #logger: Logger;
  readonly #running = new Map<string, Running>();
  #isRegistered = false;
  #register!: (failure?: NetworkError) => void;
  #end!: () => void;

  constructor(stream: ChaincodeStream, options: SessionOptions, logger: Logger) {
    this.#stream = stream;
    this.#options = options;
    this.#logger = logger;
    this.registered = new Promise((resolve, reject) => {
      this.#register = (failure) => {
        if (failure) {
          reject(failure);
        } else {
          resolve();
        }
      };
    });
    this.registered.catch(() => undefined);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    stream.on('data', (message: ChaincodeMessage) => {
      // External code writes these messages: malformed ones may end their stream, but never this process.
      try {
        this.#receive(message);
      } catch (error) {
        this.#hangUp(`unreadable: ${toError(error).message}`);
      }
    });
    stream.on('error', (error: Error) => this.#terminate(error.message));
    stream.on('end', () => this.#terminate('the chaincode closed the stream'));
  }

  /** Runs one transaction; returns the chaincode's COMPLETED or ERROR message. */
  async execute(message: ChaincodeMessage, invocation: Invocation): Promise<ChaincodeMessage> {
    const id = contextId(message);
    if (this.#running.has(id)) {
      const { txId, channel } = invocation.call;
      throw chaincodeFailed(`txid: ${txId}(${channel}) exists`);
    }
    message.setProposal(invocation.call.signedProposal);
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<ChaincodeMessage>((resolve, reject) => {
        const settle = (answer: ChaincodeMessage | NetworkError): void => {
          if (answer instanceof NetworkError) {
            reject(answer);
          } else {
            resolve(answer);
          }
        };
        this.#running.set(id, { invocation, settle });
        timer = setTimeout(
          () => settle(chaincodeFailed(executionTimeout)),
          this.#options.executeTimeoutMs,
        );
        this.#send(message);
      });
    } finally {
      clearTimeout(timer);
      this.#running.delete(id);
      await invocation.queries.closeAll();
    }
  }

  close(): void {
    this.#stream.cancel();
    this.#terminate('closed');
  }

  #receive(message: ChaincodeMessage): void {
    const type = message.getType();
    switch (type) {
      // KEEPALIVE is never sent: a Node chaincode (fabric-shim 2.5) ends its process when it receives one. Dead streams
      // are detected by HTTP/2 pings, and a peer's own default is none (core.yaml chaincode.keepalive).
      case messageType.KEEPALIVE:
        return;
      case messageType.REGISTER:
        this.#registration(message);
        return;
      case messageType.COMPLETED:
      case messageType.ERROR:
        this.#running.get(contextId(message))?.settle(message);
        return;
      default:
        this.#request(type, message);
    }
  }

  #registration(message: ChaincodeMessage): void {
    if (this.#isRegistered) {
      this.#hangUp('a second registration');
      return;
    }
    const name = peer.ChaincodeID.deserializeBinary(message.getPayload_asU8()).getName();
    if (name !== this.#options.packageId) {
      const text = `chaincode registered as '${name}', expected '${this.#options.packageId}'`;
      this.#register(unavailable(text));
      this.close();
      return;
    }
    this.#send(chaincodeMessage({ type: messageType.REGISTERED }));
    const abilities = new peer.ChaincodeAdditionalParams();
    abilities.setUseWriteBatch(true);
    abilities.setMaxSizeWriteBatch(1000);
    abilities.setUseGetMultipleKeys(true);
    abilities.setMaxSizeGetMultipleKeys(1000);
    const payload = abilities.serializeBinary();
    this.#send(chaincodeMessage({ type: messageType.READY, payload }));
    this.#isRegistered = true;
    this.#register();
  }

  #request(type: MessageType, message: ChaincodeMessage): void {
    if (!isRequest(type) || !this.#isRegistered) {
      this.#hangUp(`${typeName(type)} at this point`);
      return;
    }
    void this.#answer(type, message);
  }

  #hangUp(what: string): void {
    this.#logger.warn({ what }, 'chaincode sent a message no peer understands');
    this.#stream.cancel();
    this.#terminate(`the chaincode sent a message no peer understands, ${what}`);
  }

  async #answer(type: MessageType, message: ChaincodeMessage): Promise<void> {
    const parts = { txId: message.getTxid(), channel: message.getChannelId() };
    try {
      const running = this.#running.get(contextId(message));
      if (!running) {
        throw refused('no ledger context');
      }
      const payload = await answerRequest(type, message.getPayload_asU8(), running.invocation);
      this.#send(chaincodeMessage({ type: messageType.RESPONSE, payload, ...parts }));
    } catch (error) {
      const text = `${typeName(type)} failed: transaction ID: ${parts.txId}: ${toError(error).message}`;
      const payload = Buffer.from(text);
      this.#send(chaincodeMessage({ type: messageType.ERROR, payload, ...parts }));
    }
  }

  #send(message: ChaincodeMessage): void {
    if (this.#stream.writable) {
      this.#stream.write(message);
    }
  }

  #terminate(reason: string): void {
    this.#register(unavailable(reason));
    for (const { settle } of this.#running.values()) {
      settle(unavailable(streamTerminated, { reason }));
    }
    this.#running.clear();
    this.#end();
  }
}

const unavailable = (said: string, details = {}): NetworkError =>
  new NetworkError('CHAINCODE_UNAVAILABLE', quoted(said, '与链码的连接中断'), { details });

function contextId(message: ChaincodeMessage): string {
  return `${message.getChannelId()}/${message.getTxid()}`;
}
