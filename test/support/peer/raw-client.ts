import { randomBytes } from 'node:crypto';
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { buildProposal, createSigner, encodeIdentity } from '@yici/ledger';
import type { ProposalInput } from '@yici/ledger/testing';
import type { IdentityFiles } from '@yici/network/testing';
import { labChannel } from './lab.js';

/** What a proposal is made of, so that a test can get any part of it wrong. */
export type ProposalParts = Partial<Omit<ProposalInput, 'args'>> & {
  readonly args?: readonly string[];
};

/** Makes Fabric's messages by hand, in process, so that a test can spoil them. */
export class RawClient {
  readonly creator: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
  readonly #channel: string;

  constructor(
    { mspId, certificatePem, keyPem }: Pick<IdentityFiles, 'mspId' | 'certificatePem' | 'keyPem'>,
    channel = labChannel,
  ) {
    this.#channel = channel;
    this.creator = encodeIdentity(mspId, certificatePem);
    this.sign = createSigner(keyPem);
  }

  proposal(parts: ProposalParts = {}): {
    readonly transactionId: string;
    readonly bytes: Uint8Array;
  } {
    const { args = ['get', 'k'], ...rest } = parts;
    return buildProposal({
      channel: this.#channel,
      chaincode: 'lab',
      creator: this.creator,
      nonce: randomBytes(24),
      timestamp: new Date(),
      args: args.map((arg) => Buffer.from(arg)),
      ...rest,
    });
  }

  signed(bytes: Uint8Array, signature = this.sign(bytes)): peer.SignedProposal {
    const signed = new peer.SignedProposal();
    signed.setProposalBytes(bytes);
    signed.setSignature(signature);
    return signed;
  }

  evaluateRequest(proposal: peer.SignedProposal): Uint8Array {
    const request = new gateway.EvaluateRequest();
    request.setChannelId(this.#channel);
    request.setProposedTransaction(proposal);
    return request.serializeBinary();
  }

  endorseRequest(proposal: peer.SignedProposal, by: readonly string[] = []): Uint8Array {
    const request = new gateway.EndorseRequest();
    request.setChannelId(this.#channel);
    request.setProposedTransaction(proposal);
    request.setEndorsingOrganizationsList([...by]);
    return request.serializeBinary();
  }

  /** Signs what came back from Endorse. */
  submitRequest(endorseResponse: Uint8Array): Uint8Array {
    const prepared = gateway.EndorseResponse.deserializeBinary(endorseResponse);
    const payload = prepared.getPreparedTransaction()?.getPayload_asU8() ?? new Uint8Array(0);
    const envelope = new common.Envelope();
    envelope.setPayload(payload);
    envelope.setSignature(this.sign(payload));
    const request = new gateway.SubmitRequest();
    request.setChannelId(this.#channel);
    request.setPreparedTransaction(envelope);
    return request.serializeBinary();
  }

  statusRequest(transactionId: string, sign = this.sign): Uint8Array {
    const status = new gateway.CommitStatusRequest();
    status.setChannelId(this.#channel);
    status.setTransactionId(transactionId);
    status.setIdentity(this.creator);
    const signed = new gateway.SignedCommitStatusRequest();
    signed.setRequest(status.serializeBinary());
    signed.setSignature(sign(status.serializeBinary()));
    return signed.serializeBinary();
  }
}
