import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { credentials, type ClientDuplexStream } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodePaths } from '@yici/network/testing';

type Message = peer.ChaincodeMessage;
const { Type } = peer.ChaincodeMessage;

/** A signed proposal with what a peer takes from it to call a chaincode. */
export interface Call {
  readonly channel: string;
  readonly txId: string;
  readonly proposalBytes: Uint8Array;
  readonly args: readonly Uint8Array[];
}

/**
 * The peer's side of a chaincode stream reduced to a table of values: what a transaction's round trips cost with no
 * peer around them. It connects to a running chaincode server, beside that server's real peer.
 */
export class BareChaincode {
  readonly #client: peer.ChaincodeClient;
  readonly #stream: ClientDuplexStream<Message, Message>;
  readonly #state: ReadonlyMap<string, Uint8Array>;
  #settle: ((message: Message) => void) | undefined;
  /** Messages that the chaincode sent since the last call began, its answer included. */
  received = 0;

  private constructor(
    address: string,
    { root, client }: ChaincodePaths,
    state: ReadonlyMap<string, Uint8Array>,
  ) {
    const [roots, key, certificate] = [root, client.key, client.certificate].map((file) =>
      readFileSync(file),
    );
    const secure = credentials.createSsl(roots ?? null, key, certificate);
    this.#client = new peer.ChaincodeClient(address, secure, {
      // An IP address is no name to ask for (RFC 6066); the certificate is looked at all the same.
      'grpc.ssl_target_name_override': 'localhost',
    });
    this.#stream = this.#client.connect();
    this.#state = state;
  }

  static async connect(
    address: string,
    tls: ChaincodePaths,
    state: ReadonlyMap<string, Uint8Array>,
  ) {
    const chaincode = new BareChaincode(address, tls, state);
    await chaincode.#register();
    return chaincode;
  }

  /** Runs one transaction; rejects when the chaincode does not complete it. */
  async run(call: Call): Promise<void> {
    const input = new peer.ChaincodeInput();
    input.setArgsList([...call.args]);
    const proposal = new peer.SignedProposal();
    proposal.setProposalBytes(call.proposalBytes);
    const message = this.#message(Type.TRANSACTION, call, input.serializeBinary());
    message.setProposal(proposal);
    this.received = 0;
    const answer = new Promise<Message>((resolve) => (this.#settle = resolve));
    this.#stream.write(message);
    const last = await answer;
    const payload = last.getPayload_asU8();
    assert.equal(last.getType(), Type.COMPLETED, Buffer.from(payload).toString());
    const response = peer.Response.deserializeBinary(payload);
    assert.equal(response.getStatus(), 200, response.getMessage());
  }

  close(): void {
    this.#stream.cancel();
    this.#client.close();
  }

  #register(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#stream.on('error', reject);
      this.#stream.on('data', (message: Message) => {
        if (message.getType() !== Type.REGISTER) {
          this.#receive(message);
          return;
        }
        for (const type of [Type.REGISTERED, Type.READY]) {
          const answer = new peer.ChaincodeMessage();
          answer.setType(type);
          if (type === Type.READY) answer.setPayload(batching());
          this.#stream.write(answer);
        }
        resolve();
      });
    });
  }

  #receive(message: Message): void {
    this.received += 1;
    const type = message.getType();
    if (type === Type.COMPLETED || type === Type.ERROR) {
      this.#settle?.(message);
      return;
    }
    const parts = { channel: message.getChannelId(), txId: message.getTxid() };
    const payload = this.#answer(type, message.getPayload_asU8());
    this.#stream.write(this.#message(Type.RESPONSE, parts, payload));
  }

  #answer(type: number, payload: Uint8Array): Uint8Array {
    if (type === Type.GET_STATE)
      return this.#value(peer.GetState.deserializeBinary(payload).getKey());
    if (type !== Type.GET_STATE_MULTIPLE) return new Uint8Array(0);
    const result = new peer.GetStateMultipleResult();
    const keys = peer.GetStateMultiple.deserializeBinary(payload).getKeysList();
    result.setValuesList(keys.map((key) => this.#value(key)));
    return result.serializeBinary();
  }

  #value(key: string): Uint8Array {
    return this.#state.get(key) ?? new Uint8Array(0);
  }

  #message(
    type: peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap],
    { channel, txId }: Pick<Call, 'channel' | 'txId'>,
    payload: Uint8Array,
  ): Message {
    const message = new peer.ChaincodeMessage();
    message.setType(type);
    message.setChannelId(channel);
    message.setTxid(txId);
    message.setPayload(payload);
    return message;
  }
}

/** What a peer of Fabric 3.1 says it can do, as the embedded one does. */
function batching(): Uint8Array {
  const params = new peer.ChaincodeAdditionalParams();
  params.setUseWriteBatch(true);
  params.setMaxSizeWriteBatch(1000);
  params.setUseGetMultipleKeys(true);
  params.setMaxSizeGetMultipleKeys(1000);
  return params.serializeBinary();
}
