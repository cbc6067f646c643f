import { status } from '@grpc/grpc-js';
import { gateway, type peer } from '@hyperledger/fabric-protos';
import {
  buildTransactionPayload,
  encodeResponse,
  WireWriter,
  type ParsedSignedProposal,
} from '@yici/ledger';
import type { AccessControl } from '../endorse/access.js';
import { refusalOf, type EndorsementCollector } from '../endorse/collect.js';
import type { Definitions } from '../endorse/definitions.js';
import type { Endorser, Simulated } from '../endorse/endorser.js';
import { notEndorsed, readSignedProposal, type CheckedProposal } from '../endorse/proposal.js';
import type { ChannelLedger } from '../ports.js';
import { toError } from '../../to-error.js';
import { chaincodeEvents } from './chaincode-events.js';
import type { DeliverService } from './deliver.js';
import {
  decodeEndorseRequest,
  decodeSubmitRequest,
  encodeEndorseResponse,
} from './gateway-messages.js';
import { ordererStatus } from './order-refusal.js';
import type { DeliverKind, PeerGateway } from './peer-gateway.js';
import { decodeRequest, RpcError, toRpcError, type ErrorDetail } from './rpc-error.js';

export interface GatewayOptions {
  /** The department of this peer. */
  readonly mspId: string;
  /** Address of each department's peer for error details. */
  readonly addressOf: (mspId: string) => string;
  readonly ordererAddress: () => string;
}

interface GatewayDependencies {
  readonly ledger: ChannelLedger;
  readonly access: AccessControl;
  readonly endorser: Endorser;
  readonly collector: EndorsementCollector;
  readonly definitions: Definitions;
  readonly deliver: DeliverService;
}

/** Fabric's Gateway service of one department's peer (internal/pkg/gateway). */
export class GatewayService implements PeerGateway {
  readonly #options: GatewayOptions;
  readonly #dependencies: GatewayDependencies;

  constructor(options: GatewayOptions, dependencies: GatewayDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
  }

  async evaluate(bytes: Uint8Array): Promise<Uint8Array> {
    const request = decodeRequest('evaluate request', bytes, (raw) =>
      gateway.EvaluateRequest.deserializeBinary(raw),
    );
    const proposed = proposalBytes(request.getProposedTransaction());
    const signed = readProposal(proposed, 'failed to unpack transaction proposal: ');
    const mspId = this.#evaluator(signed, request.getTargetOrganizationsList());
    const simulated = await this.#simulateForEvaluate(signed, mspId);
    const succeeded = simulated.response.status >= 200 && simulated.response.status < 400;
    if (!succeeded) {
      const said = refusalOf(simulated) ?? '';
      const text = `evaluate call to endorser returned error: ${said}`;
      throw new RpcError(status.UNKNOWN, text, [this.#detail(mspId, said)]);
    }
    // gateway.EvaluateResponse
    return new WireWriter().message(1, encodeResponse(simulated.response)).finish();
  }

  async endorse(bytes: Uint8Array): Promise<Uint8Array> {
    const { proposed, organizations: wanted } = decodeRequest(
      'endorse request',
      bytes,
      decodeEndorseRequest,
    );
    if (proposed === undefined) {
      const text = 'the proposed transaction must contain a signed proposal';
      throw new RpcError(status.INVALID_ARGUMENT, text);
    }
    const signed = readProposal(proposed, '');
    const first = this.#firstEndorser(signed.proposal.chaincode, wanted);
    const { checked, simulated } = await this.#simulateForEndorse(signed, first, wanted);
    const mspIds = wanted.length > 0 ? wanted : this.#plan(checked, simulated);
    // It rejects when private values could not be kept.
    const collected = await this.#dependencies.collector
      .fromAll(checked, simulated, mspIds)
      .catch(failsWith(status.UNAVAILABLE));
    if (collected.kind === 'refused') {
      const details = collected.refusals.map((one) => this.#detail(one.mspId, one.message));
      throw new RpcError(status.ABORTED, collectFailure, details);
    }
    const { payload: responsePayload, endorsements } = collected.endorsed;
    const { proposalBytes } = checked;
    return encodeEndorseResponse(
      buildTransactionPayload({ proposalBytes, responsePayload, endorsements }),
    );
  }

  async submit(bytes: Uint8Array): Promise<Uint8Array> {
    const request = decodeRequest('submit request', bytes, decodeSubmitRequest);
    if (request === undefined) {
      throw new RpcError(status.INVALID_ARGUMENT, 'a prepared transaction is required');
    }
    if (!request.isSigned) {
      throw new RpcError(status.INVALID_ARGUMENT, 'prepared transaction must be signed');
    }
    await this.#order(request.envelope);
    // gateway.SubmitResponse has no fields.
    return new Uint8Array(0);
  }

  async commitStatus(bytes: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
    const signed = decodeRequest('status request', bytes, (raw) =>
      gateway.SignedCommitStatusRequest.deserializeBinary(raw),
    );
    const message = signed.getRequest_asU8();
    const request = decodeRequest('status request', message, (raw) =>
      gateway.CommitStatusRequest.deserializeBinary(raw),
    );
    const missing = missingPart(request, message);
    if (missing !== undefined) throw new RpcError(status.INVALID_ARGUMENT, missing);
    await this.#authorize('gateway/CommitStatus', request, signed, status.ABORTED);
    const result = await this.#dependencies.ledger
      .whenCommitted(request.getTransactionId(), signal)
      .catch((error: unknown) => {
        throw toRpcError(error, signal?.aborted === true ? status.CANCELLED : status.ABORTED);
      });
    // gateway.CommitStatusResponse
    return new WireWriter().varint(1, result.code).varint(2, result.block).finish();
  }

  async *chaincodeEvents(bytes: Uint8Array, signal?: AbortSignal): AsyncIterable<Uint8Array> {
    const signed = decodeRequest('chaincode events request', bytes, (raw) =>
      gateway.SignedChaincodeEventsRequest.deserializeBinary(raw),
    );
    const message = signed.getRequest_asU8();
    if (message.length === 0) {
      throw new RpcError(status.INVALID_ARGUMENT, 'a chaincode events request is required');
    }
    const request = decodeRequest('chaincode events request', message, (raw) =>
      gateway.ChaincodeEventsRequest.deserializeBinary(raw),
    );
    await this.#authorize('gateway/ChaincodeEvents', request, signed, status.NOT_FOUND);
    yield* chaincodeEvents(request, this.#dependencies.ledger, signal);
  }

  deliver(
    envelope: Uint8Array,
    kind: DeliverKind,
    signal?: AbortSignal,
  ): AsyncIterable<Uint8Array> {
    return this.#dependencies.deliver.stream(envelope, kind, signal);
  }

  /** The peer that evaluates: this one if it can, otherwise the first that can; transient data stays in the department. */
  #evaluator({ proposal }: ParsedSignedProposal, targets: readonly string[]): string {
    const { definitions } = this.#dependencies;
    const { mspId } = this.#options;
    const stayHome = targets.length === 0 && proposal.transient.size > 0;
    const candidates = stayHome ? [mspId] : targets;
    const chosen = definitions.runners(proposal.chaincode, mspId, candidates)[0];
    if (chosen !== undefined && proposal.channel === this.#dependencies.ledger.channel) {
      return chosen;
    }
    const missing = `no peers available to evaluate chaincode ${proposal.chaincode} in channel ${proposal.channel}`;
    const text = stayHome
      ? `no endorsers found in the gateway's organization; retry specifying target organization(s) to protect transient data: ${missing}`
      : missing;
    throw new RpcError(status.FAILED_PRECONDITION, text);
  }

  async #simulateForEvaluate(signed: ParsedSignedProposal, mspId: string): Promise<Simulated> {
    const { endorser } = this.#dependencies;
    let checked: CheckedProposal;
    try {
      checked = await endorser.checkRead(signed);
    } catch (error) {
      const said = toError(error).message;
      const text = `evaluate call to endorser returned error: ${said}`;
      throw new RpcError(status.FAILED_PRECONDITION, text, [this.#detail(mspId, said)]);
    }
    try {
      return await endorser.simulate(checked, mspId);
    } catch (error) {
      const text = 'failed to evaluate transaction, see attached details for more info';
      throw new RpcError(status.ABORTED, text, [this.#detail(mspId, toError(error).message)]);
    }
  }

  async #simulateForEndorse(
    signed: ParsedSignedProposal,
    mspId: string,
    wanted: readonly string[],
  ): Promise<{ checked: CheckedProposal; simulated: Simulated }> {
    const { endorser } = this.#dependencies;
    const failure = wanted.length > 0 ? collectFailure : endorseFailure;
    const asked = wanted.length > 0 ? wanted : [mspId];
    try {
      const checked = await endorser.checkRead(signed);
      const simulated = await endorser.simulate(checked, mspId);
      const refusal = refusalOf(simulated);
      if (refusal !== undefined) {
        throw notEndorsed(refusal);
      }
      return { checked, simulated };
    } catch (error) {
      const said = toError(error).message;
      throw new RpcError(
        status.ABORTED,
        failure,
        asked.map((one) => this.#detail(one, said)),
      );
    }
  }

  #firstEndorser(chaincode: string, wanted: readonly string[]): string {
    const { definitions } = this.#dependencies;
    const { mspId } = this.#options;
    if (wanted.length === 0) {
      const [first] = definitions.runners(chaincode, mspId, []);
      if (first === undefined) {
        throw noCombination(
          definitions.isDefined(chaincode)
            ? "chaincode isn't installed on sufficient organizations required by the endorsement policy"
            : `No metadata was found for chaincode ${chaincode} in channel ${this.#dependencies.ledger.channel}`,
        );
      }
      return first;
    }
    const able = new Set(definitions.runners(chaincode, mspId, wanted));
    const missing = wanted.filter((one) => !able.has(one));
    const [first] = wanted;
    if (missing.length > 0 || first === undefined) {
      const text = `failed to find any endorsing peers for org(s): ${missing.join(', ')}`;
      throw new RpcError(status.UNAVAILABLE, text);
    }
    return able.has(mspId) ? mspId : first;
  }

  #plan({ proposal }: CheckedProposal, simulated: Simulated): readonly string[] {
    const { collector, definitions } = this.#dependencies;
    const hasTransient = proposal.transient.size > 0;
    const plan = this.#planned(simulated, hasTransient);
    if (plan) {
      return plan;
    }
    if (hasTransient && collector.plan(simulated, simulated.mspId, false)) {
      const names = definitions.writtenCollections(simulated.touched).map(({ name }) => name);
      const text = `requires endorsement from organisation(s) that are not in the distribution policy of the private data collection(s): [${names.join(' ')}]; retry specifying trusted endorsing organizations to protect transient data`;
      throw new RpcError(status.FAILED_PRECONDITION, text);
    }
    throw noCombination('no endorsement combination can be satisfied');
  }

  #planned(simulated: Simulated, protectTransient: boolean): readonly string[] | undefined {
    try {
      return this.#dependencies.collector.plan(simulated, simulated.mspId, protectTransient);
    } catch (error) {
      throw noCombination(toError(error).message);
    }
  }

  /** Resolves when the block is durable: the embedded orderer has no earlier acknowledgement. */
  async #order(envelope: Uint8Array): Promise<void> {
    try {
      await this.#dependencies.ledger.order(envelope);
    } catch (error) {
      const { message } = toError(error);
      const [name, code] = ordererStatus(error);
      if (code < 500) {
        const text = `received unsuccessful response from orderer: status=${name}, info=${message}`;
        throw new RpcError(status.ABORTED, text);
      }
      const text = 'no orderers could successfully process transaction';
      const address = this.#options.ordererAddress();
      throw new RpcError(status.UNAVAILABLE, text, [{ address, mspId: '', message }]);
    }
  }

  /** Whether the signer of a request may use the resource on this channel. */
  async #authorize(
    resource: string,
    request: gateway.CommitStatusRequest | gateway.ChaincodeEventsRequest,
    signed: gateway.SignedCommitStatusRequest | gateway.SignedChaincodeEventsRequest,
    missingChannel: number,
  ): Promise<void> {
    const { access, ledger } = this.#dependencies;
    const [message, signature] = [signed.getRequest_asU8(), signed.getSignature_asU8()];
    await access
      .checkSigned(resource, { identity: request.getIdentity_asU8(), message, signature })
      .catch(failsWith(status.PERMISSION_DENIED));
    const channel = request.getChannelId();
    if (channel !== ledger.channel) {
      throw new RpcError(missingChannel, `channel does not exist: ${channel}`);
    }
  }

  #detail(mspId: string, message: string): ErrorDetail {
    return { address: this.#options.addressOf(mspId), mspId, message };
  }
}

const endorseFailure = 'failed to endorse transaction, see attached details for more info';
const collectFailure =
  'failed to collect enough transaction endorsements, see attached details for more info';

function noCombination(why: string): RpcError {
  const text = `no combination of peers can be derived which satisfy the endorsement policy: ${why}`;
  return new RpcError(status.FAILED_PRECONDITION, text);
}

function proposalBytes(message: peer.SignedProposal | undefined): Uint8Array {
  if (!message || message.getProposalBytes_asU8().length === 0) {
    const text = 'failed to unpack transaction proposal: a signed proposal is required';
    throw new RpcError(status.INVALID_ARGUMENT, text);
  }
  return message.serializeBinary();
}

function readProposal(bytes: Uint8Array, prefix: string): ParsedSignedProposal {
  try {
    return readSignedProposal(bytes);
  } catch (error) {
    throw new RpcError(status.INVALID_ARGUMENT, prefix + toError(error).message);
  }
}

/** For a rejected promise: throws what it was rejected with as an RpcError of this code. */
const failsWith = (code: number) => (error: unknown) => {
  throw toRpcError(error, code);
};

function missingPart(
  request: gateway.CommitStatusRequest,
  message: Uint8Array,
): string | undefined {
  if (message.length === 0) {
    return 'a commit status request is required';
  }
  if (request.getIdentity_asU8().length === 0) {
    return 'no identity provided';
  }
  if (request.getChannelId() === '') {
    return 'no channel ID provided';
  }
  return request.getTransactionId() === '' ? 'transaction ID should not be empty' : undefined;
}
