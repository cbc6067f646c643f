import { randomBytes } from 'node:crypto';
import { gateway, peer } from '@hyperledger/fabric-protos';
import { signerOf } from '@yici/keys';
import {
  buildEnvelope,
  buildProposal,
  encodeIdentity,
  gatewayRequest,
  type Signer,
} from '@yici/ledger';
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
    this.#sign = signerOf(options.identity.keyPem);
  }

  /** Evaluates a query and returns its payload. Rejects with the gateway's error. */
  async evaluate(call: Call): Promise<Uint8Array> {
    const { transactionId, proposal } = await this.#propose(call);
    const request = this.#request(transactionId, proposal, call.endorsers);
    const answer = await this.#options.gateway.evaluate(request);
    const result = gateway.EvaluateResponse.deserializeBinary(answer).getResult();
    return result?.getPayload_asU8() ?? new Uint8Array();
  }

  /**
   * Endorses, submits and waits for the commit.
   * @throws NetworkError ENDORSEMENT_REFUSED when the transaction was committed as invalid; otherwise the gateway's error.
   */
  async submit(call: Call): Promise<void> {
    const { transactionId, payload } = await this.#endorse(call);
    const request = this.#request(transactionId, await this.#signed(payload));
    await this.#options.gateway.submit(request);
    await this.#committed(transactionId, call.chaincode);
  }

  /** Endorses the call without submitting it, to check that it would succeed. Rejects with the gateway's error. */
  async simulate(call: Call): Promise<void> {
    await this.#endorse(call);
  }

  async #propose(call: Call): Promise<{ transactionId: string; proposal: Uint8Array }> {
    const { transactionId, bytes } = buildProposal({
      channel: this.#options.channel,
      chaincode: call.chaincode,
      args: call.args,
      creator: this.#creator,
      nonce: randomBytes(24),
      timestamp: this.#options.now(),
      ...(call.transient && { transient: call.transient }),
    });
    return { transactionId, proposal: await this.#signed(bytes) };
  }

  async #endorse(call: Call): Promise<{ transactionId: string; payload: Uint8Array }> {
    const { transactionId, proposal } = await this.#propose(call);
    const request = this.#request(transactionId, proposal, call.endorsers);
    const answer = await this.#options.gateway.endorse(request);
    const prepared = gateway.EndorseResponse.deserializeBinary(answer).getPreparedTransaction();
    return { transactionId, payload: prepared?.getPayload_asU8() ?? new Uint8Array() };
  }

  async #committed(transactionId: string, chaincode: string): Promise<void> {
    const status = this.#request(transactionId, this.#creator);
    const answer = await this.#options.gateway.commitStatus(await this.#signed(status));
    const result = gateway.CommitStatusResponse.deserializeBinary(answer).getResult();
    if (result !== peer.TxValidationCode.VALID) {
      const words = {
        zh: `链码 ${chaincode} 的交易在提交时被判为无效（代码 ${result}）。重新提交。`,
        en: `A transaction of ${chaincode} was committed as invalid (code ${result}).`,
      };
      const details = { transactionId, code: result };
      throw new NetworkError('ENDORSEMENT_REFUSED', words, { details });
    }
  }

  #request(txId: string, content: Uint8Array, mspIds?: readonly string[]): Uint8Array {
    return gatewayRequest({ txId, channel: this.#options.channel }, content, mspIds);
  }

  /** peer.SignedProposal, common.Envelope and gateway.SignedCommitStatusRequest alike: bytes and signature. */
  async #signed(bytes: Uint8Array): Promise<Uint8Array> {
    return buildEnvelope(bytes, await this.#sign(bytes));
  }
}
