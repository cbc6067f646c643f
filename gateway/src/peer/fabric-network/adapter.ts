import { status } from '@grpc/grpc-js';
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { buildTransactionPayload, parseProposal, type SigningIdentity } from '@yici/ledger';
import type { PeerGateway } from '../port.js';
import { deliverFrom } from './deliver.js';
import { collectEndorsements, type EndorsementPlan } from './endorse.js';
import { PeerFailureError } from '../failures.js';
import { decoded, required } from './failure.js';
import { firstReached, Node, type NodeAddress } from './node.js';
import { bftRefusal } from './ordering.js';
import { evaluationRefused, processProposal, refusalOf } from './propose.js';
import { loadSdk, type ImportSdk, type Sdk, type SdkEndorser } from './sdk.js';
import { broadcast } from './submit.js';

/** A Raft network whose peers have no gateway service, and who this gateway is to it. */
interface FabricNetworkOptions {
  readonly channel: string;
  /** The gateway's own department: its peers answer queries and deliver blocks. */
  readonly mspId: string;
  readonly peers: readonly (NodeAddress & { readonly mspId: string })[];
  readonly orderers: readonly NodeAddress[];
  readonly identity: SigningIdentity;
  /** Number of departments whose endorsements must agree. Default: more than half of those with a configured peer. */
  readonly endorsements?: number;
}

/** Time limit for one node's answer, in milliseconds: the peer's own limit. */
const deadline = 30_000;
/** How long further endorsements are awaited once there are enough, in milliseconds. */
const settle = 1_000;

/** The port over fabric-network's connections; close it. */
interface FabricNetworkPeer extends PeerGateway {
  close(): void;
}

/**
 * Opens the port with the connections of fabric-network 2.2, for peers older than Fabric 2.4. Connects lazily. Failures
 * have the gRPC codes of a peer's gateway service; custodial accounts only.
 * @throws GatewayError FABRIC_NETWORK_MISSING; later ORDERING_UNSUPPORTED when the channel is ordered by SmartBFT
 */
export async function openFabricNetworkPeer(
  options: FabricNetworkOptions,
  importSdk?: ImportSdk,
): Promise<FabricNetworkPeer> {
  return new FabricNetworkAdapter(options, await loadSdk(importSdk));
}

class FabricNetworkAdapter implements FabricNetworkPeer {
  readonly custodialOnly = true;
  readonly #nodes: ReturnType<typeof connections>;
  readonly #required: number;
  readonly #refuseBft: () => Promise<void>;

  constructor(options: FabricNetworkOptions, sdk: Sdk) {
    const { channel, identity } = options;
    this.#nodes = connections(options, sdk);
    this.#required = options.endorsements ?? Math.floor(this.#nodes.endorsers.size / 2) + 1;
    this.#refuseBft = bftRefusal(channel, { peer: this, identity, now: () => new Date() });
  }

  async evaluate(bytes: Uint8Array): Promise<Uint8Array> {
    const request = decoded('evaluate request', () =>
      gateway.EvaluateRequest.deserializeBinary(bytes),
    );
    const { signed, transient } = readSigned(request.getProposedTransaction());
    const targets = request.getTargetOrganizationsList();
    const own = this.#nodes.own;
    const asked = targets.length > 0 ? this.#of(targets) : transient ? own : this.#all();
    return firstReached(asked, async (node) => {
      const answer = await processProposal(node, signed, deadline);
      const refused = refusalOf(answer);
      if (refused !== undefined) throw evaluationRefused(node, refused);
      const result = new peer.Response();
      result.setStatus(answer.response.status);
      result.setMessage(answer.response.message);
      result.setPayload(answer.response.payload);
      const response = new gateway.EvaluateResponse();
      response.setResult(result);
      return response.serializeBinary();
    });
  }

  async endorse(bytes: Uint8Array): Promise<Uint8Array> {
    const request = decoded('endorse request', () =>
      gateway.EndorseRequest.deserializeBinary(bytes),
    );
    const { signed, transient } = readSigned(request.getProposedTransaction());
    const plan = this.#endorsers(request.getEndorsingOrganizationsList(), transient);
    await this.#refuseBft();
    const { payload, endorsements } = await collectEndorsements(signed, plan);
    const envelope = new common.Envelope();
    envelope.setPayload(
      buildTransactionPayload({
        proposalBytes: signed.proposal_bytes,
        responsePayload: payload,
        endorsements,
      }),
    );
    const response = new gateway.EndorseResponse();
    response.setPreparedTransaction(envelope);
    return response.serializeBinary();
  }

  async submit(bytes: Uint8Array): Promise<Uint8Array> {
    const request = decoded('submit request', () => gateway.SubmitRequest.deserializeBinary(bytes));
    const envelope = required('a prepared transaction', request.getPreparedTransaction());
    const signature = envelope.getSignature_asU8();
    required('a signature', signature.length === 0 ? undefined : signature);
    await this.#refuseBft();
    const sent = { payload: envelope.getPayload_asU8(), signature };
    await broadcast(this.#nodes.orderers, sent, deadline);
    return new gateway.SubmitResponse().serializeBinary();
  }

  deliver(envelope: Uint8Array, _kind: 'full', signal?: AbortSignal): AsyncIterable<Uint8Array> {
    return deliverFrom(this.#nodes.eventers, envelope, signal);
  }

  close(): void {
    const { endorsers, eventers, orderers } = this.#nodes;
    for (const node of [...[...endorsers.values()].flat(), ...eventers, ...orderers]) node.close();
  }

  /** All peers, those of the own department first. */
  #all(): readonly Node<SdkEndorser>[] {
    const { own, endorsers } = this.#nodes;
    return [...own, ...[...endorsers.values()].flat().filter((node) => !own.includes(node))];
  }

  #of(mspIds: readonly string[]): readonly Node<SdkEndorser>[] {
    return mspIds.flatMap((mspId) => this.#nodes.endorsers.get(mspId) ?? []);
  }

  /** Explicitly named departments must all endorse; transient data is sent only to those that the caller names. */
  #endorsers(wanted: readonly string[], transient: boolean): EndorsementPlan {
    const { endorsers } = this.#nodes;
    if (wanted.length === 0) {
      if (!transient) return { deadline, settle, departments: endorsers, required: this.#required };
      const text = 'name the endorsing organizations: the proposal carries transient data';
      throw new PeerFailureError(status.FAILED_PRECONDITION, text);
    }
    const missing = wanted.filter((mspId) => !endorsers.has(mspId));
    if (missing.length > 0) {
      const text = `failed to find any endorsing peers for org(s): ${missing.join(', ')}`;
      throw new PeerFailureError(status.UNAVAILABLE, text);
    }
    const departments = new Map([...endorsers].filter(([mspId]) => wanted.includes(mspId)));
    return { deadline, settle, departments, required: departments.size };
  }
}

function connections(options: FabricNetworkOptions, sdk: Sdk) {
  const client = sdk.Client.newClient('yici-gateway');
  const endorsers = new Map<string, Node<SdkEndorser>[]>();
  for (const one of options.peers) {
    const node = new Node(client.newEndorser(one.url, one.mspId), client, one.mspId, one);
    endorsers.set(one.mspId, [...(endorsers.get(one.mspId) ?? []), node]);
  }
  const eventers = options.peers
    .filter(({ mspId }) => mspId === options.mspId)
    .map((one) => new Node(client.newEventer(one.url, one.mspId), client, one.mspId, one));
  const orderers = options.orderers.map(
    (one) => new Node(client.newCommitter(one.url, ''), client, '', one),
  );
  return { endorsers, own: endorsers.get(options.mspId) ?? [], eventers, orderers };
}

function readSigned(message: peer.SignedProposal | undefined) {
  const proposal = required('a signed proposal', message);
  const bytes = proposal.getProposalBytes_asU8();
  const { transient } = decoded('proposal', () => parseProposal(bytes));
  const signed = { proposal_bytes: bytes, signature: proposal.getSignature_asU8() };
  return { signed, transient: transient.size > 0 };
}
