import { Client, credentials, type CallOptions } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import { tlsCertHash } from '@yici/ledger';
import { grpcLimits } from '../../grpc-options.js';
import type { DeliverKind, PeerGateway } from '../../embedded/services/peer-gateway.js';
import {
  generateSnapshot,
  peerCalls,
  peerDeliver,
  type WireMethod,
} from '../../embedded/services/wire-methods.js';
import { networkClosed } from '../../errors.js';
import { retrying } from '../../retry.js';
import { readable } from './streams.js';
import { isOrderedAlready, isUnavailable, rpcErrorOf } from './status-details.js';

/** A peer's address and how to authenticate it. */
export interface PeerEndpoint {
  /** host:port */
  readonly address: string;
  /** A name in its TLS certificate. */
  readonly tlsHostname: string;
  /** PEM of its department's TLS root. */
  readonly tlsRoot: string;
  /** For a peer that requests client certificates: a TLS certificate of one of its channel's departments, and its key (PEM). */
  readonly tlsClient?: { readonly certificatePem: string; readonly keyPem: string };
}

/**
 * Time limits in milliseconds. An install unpacks and builds, and a first call starts the chaincode. A peer gives up on
 * each endorser after 10 s (node/settings.ts): whoever waits longer than for three of them waits for nothing.
 */
const within = {
  query: 30_000,
  endorse: 30_000,
  submit: 60_000,
  resubmit: 10_000,
  install: 120_000,
};

function credentialsOf({ tlsRoot, tlsClient }: PeerEndpoint) {
  const root = Buffer.from(tlsRoot);
  if (tlsClient === undefined) return credentials.createSsl(root);
  const { certificatePem, keyPem } = tlsClient;
  return credentials.createSsl(root, Buffer.from(keyPem), Buffer.from(certificatePem));
}

/** A real peer over gRPC with TLS: the same port that the embedded peer implements, and the endorser service. */
export class FabricPeer implements PeerGateway {
  readonly address: string;
  /** Hash of the client certificate, if one is presented; a seek to a peer that requests one must contain it. */
  readonly tlsCertHash?: Uint8Array;
  readonly #client: Client;
  #closed = false;

  constructor(endpoint: PeerEndpoint) {
    this.address = endpoint.address;
    if (endpoint.tlsClient !== undefined) {
      this.tlsCertHash = tlsCertHash(endpoint.tlsClient.certificatePem);
    }
    this.#client = new Client(endpoint.address, credentialsOf(endpoint), {
      ...grpcLimits,
      'grpc.ssl_target_name_override': endpoint.tlsHostname,
      'grpc.default_authority': endpoint.tlsHostname,
      // Reconnect soon to a peer that starts later: grpc-js would let the pauses grow to two minutes.
      'grpc.initial_reconnect_backoff_ms': 200,
      'grpc.max_reconnect_backoff_ms': 2_000,
      'grpc.enable_http_proxy': 0,
    });
  }

  evaluate(request: Uint8Array): Promise<Uint8Array> {
    return this.#unary(peerCalls.evaluate, request, within.query);
  }

  endorse(request: Uint8Array): Promise<Uint8Array> {
    return this.#unary(peerCalls.endorse, request, within.endorse);
  }

  /**
   * Submits an envelope, repeating for some seconds while too few orderers accept it: the same bytes are ordered only
   * once, whereas a new transaction could be a second one.
   */
  submit(request: Uint8Array): Promise<Uint8Array> {
    return retrying(() => this.#handOver(request), isUnavailable, within.resubmit);
  }

  async #handOver(request: Uint8Array): Promise<Uint8Array> {
    try {
      return await this.#unary(peerCalls.submit, request, within.submit);
    } catch (error) {
      if (isOrderedAlready(error)) return new Uint8Array();
      throw error;
    }
  }

  commitStatus(request: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#unary(peerCalls.commitStatus, request, within.submit, signal);
  }

  chaincodeEvents(request: Uint8Array, signal?: AbortSignal): AsyncIterable<Uint8Array> {
    const { path, requestSerialize, responseDeserialize } = peerCalls.chaincodeEvents;
    const call = this.#client.makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
    );
    return readable(call, signal);
  }

  deliver(
    envelope: Uint8Array,
    kind: DeliverKind,
    signal?: AbortSignal,
  ): AsyncIterable<Uint8Array> {
    const { path, requestSerialize, responseDeserialize } = peerDeliver[kind];
    const call = this.#client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    call.write(envelope);
    return readable(call, signal);
  }

  /** protos.SignedProposal -> ProposalResponse of the endorser itself. */
  async processProposal(signedProposal: Uint8Array): Promise<peer.ProposalResponse> {
    const answer = await this.#unary(peerCalls.processProposal, signedProposal, within.install);
    return peer.ProposalResponse.deserializeBinary(answer);
  }

  /** protos.SignedSnapshotRequest: taken note of; the peer writes the snapshot afterwards. */
  async generateSnapshot(request: Uint8Array): Promise<void> {
    await this.#unary(generateSnapshot, request, within.query);
  }

  /** Closes the connection; later calls reject with NetworkError CLOSED. */
  close(): void {
    this.#closed = true;
    this.#client.close();
  }

  #unary(
    { path, requestSerialize, responseDeserialize }: WireMethod,
    request: Uint8Array,
    milliseconds: number,
    signal?: AbortSignal,
  ): Promise<Uint8Array> {
    if (this.#closed) {
      return Promise.reject(networkClosed());
    }
    const options: CallOptions = { deadline: Date.now() + milliseconds };
    return new Promise((done, fail) => {
      const call = this.#client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        options,
        (error, answer) => {
          if (error === null && answer !== undefined) done(answer);
          else if (error !== null) fail(rpcErrorOf(error));
        },
      );
      signal?.addEventListener('abort', () => call.cancel());
    });
  }
}
