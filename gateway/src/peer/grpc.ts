import {
  Client,
  Metadata,
  connectivityState,
  credentials,
  type CallOptions,
  type ClientDuplexStream,
  type ServiceError,
} from '@grpc/grpc-js';
import { gateway, google } from '@hyperledger/fabric-protos';
import { PeerFailureError, type PeerFailureDetail } from './failures.js';
import type { PeerGateway } from './port.js';

/** Address of a peer and how to authenticate it. */
export interface GrpcPeerOptions {
  readonly endpoint: string;
  /** PEM of the department's TLS root; absent: plain text, for tests on loopback only. */
  readonly tlsRootPem?: string;
  /** Host name in the peer's TLS certificate, if it differs from the endpoint's host. */
  readonly tlsHostname?: string;
  /** Client certificate and key (PEM) if the peer requires mutual TLS. */
  readonly tlsClient?: { readonly certificatePem: string; readonly keyPem: string };
  /** Time limit of evaluate, endorse and submit, in milliseconds. Default 30 000, the peer's own limit. */
  readonly deadline?: number;
}

/** A peer over gRPC; must be closed. */
export interface GrpcPeer extends PeerGateway {
  /** Whether it is connected; starts to connect if it is idle. */
  connected(): boolean;
  close(): void;
}

const toWire = (bytes: Uint8Array): Buffer => Buffer.from(bytes);
const fromWire = (bytes: Buffer): Uint8Array => bytes;

/** Opens a Deliver stream on a connection. */
export function delivered(
  client: Pick<Client, 'makeBidiStreamRequest'>,
  envelope: Uint8Array,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const stream = client.makeBidiStreamRequest('/protos.Deliver/Deliver', toWire, fromWire);
  stream.write(envelope);
  return streamed(stream, signal);
}

const mebibyte = 1024 * 1024;
const channelOptions = {
  // 100 MB is Fabric's own limit for blocks (core.yaml peer.maxRecvMsgSize).
  'grpc.max_receive_message_length': 100 * mebibyte,
  'grpc.max_send_message_length': 100 * mebibyte,
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.initial_reconnect_backoff_ms': 250,
  'grpc.max_reconnect_backoff_ms': 2_000,
};

/** Opens the port to a peer's Gateway and Deliver services. Connects lazily and reconnects with back-off. */
export function openGrpcPeer(options: GrpcPeerOptions): GrpcPeer {
  const client = new Client(options.endpoint, channelCredentials(options), {
    ...channelOptions,
    ...(options.tlsHostname === undefined
      ? {}
      : { 'grpc.ssl_target_name_override': options.tlsHostname }),
  });
  const deadline = options.deadline ?? 30_000;
  const call = (method: string, request: Uint8Array) =>
    unary(client, `/gateway.Gateway/${method}`, request, { deadline: Date.now() + deadline });
  return {
    evaluate: (request) => call('Evaluate', request),
    endorse: (request) => call('Endorse', request),
    submit: (request) => call('Submit', request),
    deliver: (envelope, _kind, signal) => delivered(client, envelope, signal),
    connected: () => client.getChannel().getConnectivityState(true) === connectivityState.READY,
    close: () => client.close(),
  };
}

function channelCredentials({ tlsRootPem, tlsClient }: GrpcPeerOptions) {
  if (tlsRootPem === undefined) return credentials.createInsecure();
  const shown = tlsClient ? [tlsClient.keyPem, tlsClient.certificatePem] : [];
  return credentials.createSsl(Buffer.from(tlsRootPem), ...shown.map((pem) => Buffer.from(pem)));
}

function unary(
  client: Client,
  path: string,
  request: Uint8Array,
  options: CallOptions,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      path,
      toWire,
      fromWire,
      request,
      new Metadata(),
      options,
      (error, response) => {
        if (error !== null) reject(failureOf(error));
        else resolve(response ?? new Uint8Array());
      },
    );
  });
}

/** The messages of a stream until it ends or the signal aborts; failures are {@link PeerFailureError}s. */
async function* streamed(
  stream: ClientDuplexStream<Uint8Array, Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const cancel = () => stream.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    for await (const message of stream) yield message as Uint8Array;
  } catch (error) {
    if (signal?.aborted !== true) throw asFailure(error);
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancel();
  }
}

function asFailure(error: unknown): unknown {
  return error instanceof Error && 'code' in error && 'metadata' in error
    ? failureOf(error as ServiceError)
    : error;
}

/** With the endorsers' messages from the `grpc-status-details-bin` trailer. */
const failureOf = (error: ServiceError): PeerFailureError =>
  new PeerFailureError(
    error.code,
    error.details === '' ? error.message : error.details,
    statusDetails(error.metadata),
    error,
  );

function statusDetails(metadata: Metadata | undefined): PeerFailureDetail[] {
  const trailers = metadata?.get('grpc-status-details-bin') ?? [];
  return trailers.flatMap((value) => (typeof value === 'string' ? [] : readStatus(value)));
}

function readStatus(bytes: Uint8Array): PeerFailureDetail[] {
  const status = google.rpc.Status.deserializeBinary(bytes);
  return status
    .getDetailsList()
    .filter((any) => any.getTypeUrl().endsWith('/gateway.ErrorDetail'))
    .map((any) => gateway.ErrorDetail.deserializeBinary(any.getValue_asU8()))
    .map((detail) => ({
      address: detail.getAddress(),
      mspId: detail.getMspId(),
      message: detail.getMessage(),
    }));
}
