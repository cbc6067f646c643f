import { randomBytes } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { gateway, orderer, peer } from '@hyperledger/fabric-protos';
import { decodeIdentity, parseCertificate, verifySignatureAsync } from '@yici/ledger';
import { readDelivered, seekEnvelope, type SeekIdentity } from '../messages.js';
import type { PeerGateway } from '../port.js';
import { readBlock } from './blocks.js';
import { AdapterFailure, decoded, required } from './failure.js';
import type { SystemQueries } from './system-queries.js';

type CallerRequest = Pick<gateway.CommitStatusRequest, 'getChannelId' | 'getIdentity_asU8'>;

interface FollowerDependencies {
  readonly deliver: PeerGateway['deliver'];
  readonly queries: SystemQueries;
  readonly identity: SeekIdentity;
  readonly now: () => Date;
}

/** CommitStatus and ChaincodeEvents of the gateway service, implemented with the peer's block stream. */
export class ChannelFollower {
  readonly #channel: string;
  readonly #deps: FollowerDependencies;

  constructor(channel: string, dependencies: FollowerDependencies) {
    this.#channel = channel;
    this.#deps = dependencies;
  }

  /** gateway.SignedCommitStatusRequest -> gateway.CommitStatusResponse; waits for the commit. */
  async commitStatus(bytes: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
    const request = await this.#admitted(
      'commit status request',
      () => gateway.SignedCommitStatusRequest.deserializeBinary(bytes),
      (message) => gateway.CommitStatusRequest.deserializeBinary(message),
    );
    const txId = request.getTransactionId();
    for await (const block of this.#blocksWith(txId, signal)) {
      const { number, transactions } = readBlock(block);
      const found = transactions.find((one) => one.txId === txId);
      if (found === undefined) continue;
      const response = new gateway.CommitStatusResponse();
      response.setResult(validationCode(found.code));
      response.setBlockNumber(Number(number));
      return response.serializeBinary();
    }
    const code = signal?.aborted === true ? status.CANCELLED : status.UNAVAILABLE;
    throw new AdapterFailure(code, 'the block stream ended before the transaction was seen');
  }

  /** gateway.SignedChaincodeEventsRequest -> gateway.ChaincodeEventsResponse, one for each block with events. */
  async *chaincodeEvents(bytes: Uint8Array, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const request = await this.#admitted(
      'chaincode events request',
      () => gateway.SignedChaincodeEventsRequest.deserializeBinary(bytes),
      (message) => gateway.ChaincodeEventsRequest.deserializeBinary(message),
    );
    const after = request.getAfterTransactionId();
    let passed = after === '';
    for await (const block of this.#blocks(await this.#firstBlock(request), signal)) {
      const { number, transactions } = readBlock(block);
      const events: peer.ChaincodeEvent[] = [];
      for (const { txId, event } of transactions) {
        if (passed && event?.chaincodeId === request.getChaincodeId()) events.push(encode(event));
        passed ||= txId === after;
      }
      if (events.length === 0) continue;
      const response = new gateway.ChaincodeEventsResponse();
      response.setBlockNumber(Number(number));
      response.setEventsList(events);
      yield response.serializeBinary();
    }
  }

  /** The request inside a signed one, once its signature is verified. */
  async #admitted<Request extends CallerRequest>(
    what: string,
    decodeSigned: () => gateway.SignedCommitStatusRequest | gateway.SignedChaincodeEventsRequest,
    decode: (bytes: Uint8Array) => Request,
  ): Promise<Request> {
    const signed = decoded(what, decodeSigned);
    const message = signed.getRequest_asU8();
    const request = decoded(what, () => decode(message));
    await this.#admit(request, message, signed.getSignature_asU8());
    return request;
  }

  /** The peer sees only the gateway's own identity, so the caller's signature is verified here. */
  async #admit(request: CallerRequest, message: Uint8Array, signature: Uint8Array): Promise<void> {
    const key = decoded('identity', () => {
      const { certificate } = decodeIdentity(request.getIdentity_asU8());
      return parseCertificate(certificate).publicKey;
    });
    if (!(await verifySignatureAsync(key, message, signature))) {
      throw new AdapterFailure(status.PERMISSION_DENIED, 'the signature is not the identity’s own');
    }
    if (request.getChannelId() !== this.#channel) {
      const text = `channel does not exist: ${request.getChannelId()}`;
      throw new AdapterFailure(status.NOT_FOUND, text);
    }
  }

  /** The block of a transaction if the peer has it, then every block from now on, without a gap in between. */
  async *#blocksWith(txId: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const { queries } = this.#deps;
    const height = await queries.height();
    const known = await queries.blockOf(txId);
    if (known === undefined) yield* this.#blocks(height, signal);
    else yield known;
  }

  async #firstBlock(request: gateway.ChaincodeEventsRequest): Promise<number> {
    const after = request.getAfterTransactionId();
    const known = after === '' ? undefined : await this.#deps.queries.blockOf(after);
    if (known !== undefined) return Number(readBlock(known).number);
    const position = request.getStartPosition();
    const { TypeCase } = orderer.SeekPosition;
    return position?.getTypeCase() === TypeCase.SPECIFIED
      ? required('a block number', position.getSpecified()).getNumber()
      : this.#deps.queries.height();
  }

  async *#blocks(from: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const { deliver, identity, now } = this.#deps;
    const range = { channel: this.#channel, from: BigInt(from) };
    const seek = await seekEnvelope(range, identity, now(), randomBytes(24));
    for await (const message of deliver(seek, 'full', signal)) {
      const delivered = readDelivered(message);
      if (delivered.kind === 'block') yield delivered.block;
      else {
        const text = `the peer ended the block stream with status ${String(delivered.status)}`;
        throw new AdapterFailure(status.UNAVAILABLE, text);
      }
    }
  }
}

type ValidationCode = peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap];

const codes: readonly ValidationCode[] = Object.values(peer.TxValidationCode);

function validationCode(code: number): ValidationCode {
  return codes.find((value) => value === code) ?? peer.TxValidationCode.INVALID_OTHER_REASON;
}

function encode(event: {
  readonly chaincodeId: string;
  readonly txId: string;
  readonly eventName: string;
  readonly payload: Uint8Array;
}): peer.ChaincodeEvent {
  const message = new peer.ChaincodeEvent();
  message.setChaincodeId(event.chaincodeId);
  message.setTxId(event.txId);
  message.setEventName(event.eventName);
  message.setPayload(event.payload);
  return message;
}
