import { randomBytes } from 'node:crypto';
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { buildProposal, createSigner, encodeIdentity, type Signer } from '@yici/ledger';
import { NetworkError } from '../errors.js';
import type { IdentityFiles } from '../pki/read.js';

/** The calls of a department's gateway service that a transaction takes; see PeerGateway. */
interface TransactionGateway {
  evaluate(request: Uint8Array): Promise<Uint8Array>;
  endorse(request: Uint8Array): Promise<Uint8Array>;
  submit(request: Uint8Array): Promise<Uint8Array>;
  commitStatus(request: Uint8Array): Promise<Uint8Array>;
}

interface Call {
  readonly chaincode: string;
  readonly args: readonly Uint8Array[];
  /** Visible to endorsing peers only. */
  readonly transient?: ReadonlyMap<string, Uint8Array>;
  /** MSP ids that must endorse, or the one whose peer evaluates; default: chosen by the gateway. */
  readonly endorsers?: readonly string[];
}

interface ClientOptions {
  readonly channel: string;
  readonly gateway: TransactionGateway;
  readonly identity: IdentityFiles;
  readonly now: () => Date;
}

/** A minimal Fabric client: one identity, one peer's gateway service. */
export class TransactionClient {
  readonly #options: ClientOptions;
  readonly #creator: Uint8Array;
  readonly #sign: Signer;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#creator = encodeIdentity(options.identity.mspId, options.identity.certificatePem);
    this.#sign = createSigner(options.identity.keyPem);
  }

  /** Evaluates a query and returns its payload. Rejects with the gateway's error. */
  async evaluate(call: Call): Promise<Uint8Array> {
    const { transactionId, proposal } = await this.#propose(call);
    const request = new gateway.EvaluateRequest();
    request.setTransactionId(transactionId);
    request.setChannelId(this.#options.channel);
    request.setProposedTransaction(proposal);
    request.setTargetOrganizationsList([...(call.endorsers ?? [])]);
    const answer = await this.#options.gateway.evaluate(request.serializeBinary());
    return (
      gateway.EvaluateResponse.deserializeBinary(answer).getResult()?.getPayload_asU8() ??
      new Uint8Array()
    );
  }

  /**
   * Endorses, submits and waits for the commit.
   * @throws NetworkError ENDORSEMENT_REFUSED when the transaction was committed as invalid; otherwise the gateway's error.
   */
  async submit(call: Call): Promise<void> {
    const { transactionId, proposal } = await this.#propose(call);
    const envelope = await this.#endorse(transactionId, proposal, call.endorsers ?? []);
    const request = new gateway.SubmitRequest();
    request.setTransactionId(transactionId);
    request.setChannelId(this.#options.channel);
    request.setPreparedTransaction(envelope);
    await this.#options.gateway.submit(request.serializeBinary());
    await this.#committed(transactionId, call.chaincode);
  }

  /** Endorses the call without submitting it, to check that it would succeed. Rejects with the gateway's error. */
  async simulate(call: Call): Promise<void> {
    const { transactionId, proposal } = await this.#propose(call);
    await this.#endorse(transactionId, proposal, call.endorsers ?? []);
  }

  async #propose(call: Call): Promise<{ transactionId: string; proposal: peer.SignedProposal }> {
    const { transactionId, bytes } = buildProposal({
      channel: this.#options.channel,
      chaincode: call.chaincode,
      args: call.args,
      creator: this.#creator,
      nonce: randomBytes(24),
      timestamp: this.#options.now(),
      ...(call.transient === undefined ? {} : { transient: call.transient }),
    });
    const proposal = new peer.SignedProposal();
    proposal.setProposalBytes(bytes);
    proposal.setSignature(await this.#sign(bytes));
    return { transactionId, proposal };
  }

  async #endorse(
    transactionId: string,
    proposal: peer.SignedProposal,
    endorsers: readonly string[],
  ): Promise<common.Envelope> {
    const request = new gateway.EndorseRequest();
    request.setTransactionId(transactionId);
    request.setChannelId(this.#options.channel);
    request.setProposedTransaction(proposal);
    request.setEndorsingOrganizationsList([...endorsers]);
    const answer = await this.#options.gateway.endorse(request.serializeBinary());
    const prepared = gateway.EndorseResponse.deserializeBinary(answer).getPreparedTransaction();
    const envelope = new common.Envelope();
    const payload = prepared?.getPayload_asU8() ?? new Uint8Array();
    envelope.setPayload(payload);
    envelope.setSignature(await this.#sign(payload));
    return envelope;
  }

  async #committed(transactionId: string, chaincode: string): Promise<void> {
    const status = new gateway.CommitStatusRequest();
    status.setTransactionId(transactionId);
    status.setChannelId(this.#options.channel);
    status.setIdentity(this.#creator);
    const bytes = status.serializeBinary();
    const request = new gateway.SignedCommitStatusRequest();
    request.setRequest(bytes);
    request.setSignature(await this.#sign(bytes));
    const answer = await this.#options.gateway.commitStatus(request.serializeBinary());
    const result = gateway.CommitStatusResponse.deserializeBinary(answer).getResult();
    if (result !== peer.TxValidationCode.VALID) {
      throw new NetworkError(
        'ENDORSEMENT_REFUSED',
        `A transaction of ${chaincode} was committed as invalid (code ${result}).`,
        {
          details: { transactionId, code: result },
        },
      );
    }
  }
}
