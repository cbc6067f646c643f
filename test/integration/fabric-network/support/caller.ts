import { randomBytes } from 'node:crypto';
import { gateway, peer as peerMessages, common } from '@hyperledger/fabric-protos';
import {
  peerFailure,
  type Engine,
  type PeerFailure,
  type PeerGateway,
} from '@yici/gateway/testing';
import {
  buildEnvelope,
  buildProposal,
  createSigner,
  decodeIdentity,
  deliverResponse,
  encodeIdentity,
  parseBlock,
  parseEnvelope,
  parseTransaction,
  seekEnvelope,
  transactionsFilter,
} from '@yici/ledger';
import { expect } from 'chai';
import type { UserFiles } from '../../gateway/support/api.js';

/** A transaction that is endorsed and not submitted yet. */
export interface Prepared {
  readonly txId: string;
  readonly payload: Uint8Array;
}

/** One user at the port itself, as Fabric's gateway client is at a peer. */
export class Caller {
  readonly #peer: PeerGateway;
  readonly #reader: Engine['identity'];
  readonly #channel: string;
  readonly #creator: Uint8Array;
  readonly #sign: (message: Uint8Array) => Uint8Array;

  constructor(
    { peer, identity }: Pick<Engine, 'peer'> & Partial<Pick<Engine, 'identity'>>,
    channel: string,
    { mspId, certificatePem, keyPem }: UserFiles,
  ) {
    this.#peer = peer;
    this.#channel = channel;
    this.#creator = encodeIdentity(mspId, certificatePem);
    this.#sign = createSigner(keyPem);
    this.#reader = identity ?? { creator: this.#creator, sign: this.#sign };
  }

  async evaluate(chaincode: string, ...args: readonly string[]): Promise<Uint8Array> {
    const { txId, signed } = this.#propose(chaincode, args);
    const request = new gateway.EvaluateRequest();
    request.setChannelId(this.#channel);
    request.setTransactionId(txId);
    request.setProposedTransaction(signed);
    const answer = await this.#peer.evaluate(request.serializeBinary());
    const result = gateway.EvaluateResponse.deserializeBinary(answer).getResult();
    return result?.getPayload_asU8() ?? new Uint8Array();
  }

  async endorse(
    args: readonly string[],
    options: { organizations?: readonly string[]; transient?: boolean } = {},
  ): Promise<Prepared> {
    const { txId, signed } = this.#propose('yici', args, options.transient);
    const request = new gateway.EndorseRequest();
    request.setChannelId(this.#channel);
    request.setTransactionId(txId);
    request.setProposedTransaction(signed);
    request.setEndorsingOrganizationsList([...(options.organizations ?? [])]);
    const answer = await this.#peer.endorse(request.serializeBinary());
    const envelope = gateway.EndorseResponse.deserializeBinary(answer).getPreparedTransaction();
    return { txId, payload: envelope?.getPayload_asU8() ?? new Uint8Array() };
  }

  async submit({ txId, payload }: Prepared): Promise<void> {
    const envelope = new common.Envelope();
    envelope.setPayload(payload);
    envelope.setSignature(this.#sign(payload));
    const request = new gateway.SubmitRequest();
    request.setChannelId(this.#channel);
    request.setTransactionId(txId);
    request.setPreparedTransaction(envelope);
    await this.#peer.submit(request.serializeBinary());
  }

  /** Where a transaction stands and what its block says of it; waits for that block, as the gateway itself reads it. */
  async status(txId: string): Promise<{ readonly block: bigint; readonly code: number }> {
    const range = { channel: this.#channel, from: 0n };
    const seek = await seekEnvelope(range, this.#reader, new Date(), randomBytes(24));
    for await (const message of this.#peer.deliver(seek, 'full')) {
      const delivered = deliverResponse.decode(message).block;
      if (delivered === undefined) break;
      const block = parseBlock(delivered);
      const at = block.envelopes.findIndex((one) => parseEnvelope(one).channelHeader.txId === txId);
      if (at >= 0) return { block: block.number, code: transactionsFilter(block)?.[at] ?? 254 };
    }
    return expect.fail('the block stream ended');
  }

  #propose(chaincode: string, args: readonly string[], transient = false) {
    const { bytes, transactionId } = buildProposal({
      channel: this.#channel,
      chaincode,
      args: args.map((arg) => Buffer.from(arg)),
      creator: this.#creator,
      nonce: randomBytes(24),
      timestamp: new Date(),
      ...(transient ? { transient: new Map([['secret', Buffer.from('value')]]) } : {}),
    });
    const signed = new peerMessages.SignedProposal();
    signed.setProposalBytes(bytes);
    signed.setSignature(this.#sign(bytes));
    return { txId: transactionId, signed };
  }
}

/** What a call at the port was refused with. */
export async function failureOf(call: Promise<unknown>): Promise<PeerFailure> {
  const failure = await call.then(
    () => undefined,
    (error: unknown) => peerFailure(error),
  );
  return failure ?? expect.fail('the call should fail as a peer’s call does');
}

/** Whose endorsements a prepared transaction carries. */
export function endorsersOf({ payload }: Prepared): string[] {
  const { data } = parseEnvelope(buildEnvelope(payload, new Uint8Array()));
  return parseTransaction(data).endorsements.map(({ endorser }) => decodeIdentity(endorser).mspId);
}
