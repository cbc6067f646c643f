import {
  Client,
  Metadata,
  connectivityState,
  credentials,
  type CallOptions,
  type ClientDuplexStream,
  type ClientReadableStream,
  type ServiceError,
} from '@grpc/grpc-js';
import { gateway, google } from '@hyperledger/fabric-protos';
import type { DeliverKind, PeerFailure, PeerFailureDetail, PeerGateway } from './port.js';

/** Address of a peer and how to authenticate it. */
export interface GrpcPeerOptions {
  /** host:port */
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

const deliverPaths: Readonly<Record<DeliverKind, string>> = {
  full: '/protos.Deliver/Deliver',
  filtered: '/protos.Deliver/DeliverFiltered',
  private: '/protos.Deliver/DeliverWithPrivateData',
};

const toWire = (bytes: Uint8Array): Buffer => Buffer.from(bytes);
const fromWire = (bytes: Buffer): Uint8Array => bytes;

/** Opens a Deliver stream on a connection. */
export function delivered(
  client: Pick<Client, 'makeBidiStreamRequest'>,
  envelope: Uint8Array,
  kind: DeliverKind,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const stream = client.makeBidiStreamRequest(deliverPaths[kind], toWire, fromWire);
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
    commitStatus: (request, signal) =>
      unary(client, '/gateway.Gateway/CommitStatus', request, {}, signal),
    chaincodeEvents: (request, signal) =>
      streamed(
        client.makeServerStreamRequest(
          '/gateway.Gateway/ChaincodeEvents',
          toWire,
          fromWire,
          request,
        ),
        signal,
      ),
    deliver: (envelope, kind, signal) => delivered(client, envelope, kind, signal),
    connected: () => client.getChannel().getConnectivityState(true) === connectivityState.READY,
    close: () => {
      client.close();
    },
  };
}

function channelCredentials(options: GrpcPeerOptions) {
  if (options.tlsRootPem === undefined) return credentials.createInsecure();
  return options.tlsClient === undefined
    ? credentials.createSsl(Buffer.from(options.tlsRootPem))
    : credentials.createSsl(
        Buffer.from(options.tlsRootPem),
        Buffer.from(options.tlsClient.keyPem),
        Buffer.from(options.tlsClient.certificatePem),
      );
}

function unary(
  client: Client,
  path: string,
  request: Uint8Array,
  options: CallOptions,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const call = client.makeUnaryRequest(
      path,
      toWire,
      fromWire,
      request,
      new Metadata(),
      options,
      (error, response) => {
        signal?.removeEventListener('abort', cancel);
        if (error !== null) reject(new PeerFailureError(error));
        else resolve(response ?? new Uint8Array());
      },
    );
    const cancel = () => {
      call.cancel();
    };
    signal?.addEventListener('abort', cancel, { once: true });
  });
}

type ByteStream = ClientReadableStream<Uint8Array> | ClientDuplexStream<Uint8Array, Uint8Array>;

/** The messages of a stream until it ends or the signal aborts; failures are {@link PeerFailure}s. */
async function* streamed(stream: ByteStream, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const cancel = () => {
    stream.cancel();
  };
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
    ? new PeerFailureError(error as ServiceError)
    : error;
}

/** A gRPC status with the endorsers' messages from the `grpc-status-details-bin` trailer. */
class PeerFailureError extends Error implements PeerFailure {
  readonly code: number;
  readonly details: readonly PeerFailureDetail[];

  constructor(error: ServiceError) {
    super(error.details === '' ? error.message : error.details, { cause: error });
    this.name = 'PeerFailureError';
    this.code = error.code;
    this.details = statusDetails(error.metadata);
  }
}

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
