import { once } from 'node:events';
import {
  Metadata,
  status,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type StatusObject,
  type sendUnaryData,
  type UntypedHandleCall,
} from '@grpc/grpc-js';
import { sha256, WireWriter } from '@yici/ledger';
import { toRpcError, type ErrorDetail, type RpcError } from './rpc-error.js';

export function unary(
  answer: (request: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>,
): UntypedHandleCall {
  return (
    call: ServerUnaryCall<Uint8Array, Uint8Array>,
    respond: sendUnaryData<Uint8Array>,
  ): void => {
    answer(call.request, signalOf(call)).then(
      (response) => respond(null, response),
      (error: unknown) => respond(statusOf(toRpcError(error))),
    );
  };
}

export function serverStream(
  answers: (request: Uint8Array, signal: AbortSignal) => AsyncIterable<Uint8Array>,
  closing: AbortSignal,
): UntypedHandleCall {
  return (call: ServerWritableStream<Uint8Array, Uint8Array>): void => {
    const signal = AbortSignal.any([signalOf(call), closing]);
    void finish(call, pour(call, answers(call.request, signal), signal));
  };
}

/** Answers one of several requests; `shown` is the hash of the caller's TLS certificate. */
type Answers = (
  request: Uint8Array,
  signal: AbortSignal,
  shown: Uint8Array | undefined,
) => AsyncIterable<Uint8Array>;

/** A stream of requests with several answers each; the next request is read while `again` accepts the last answer. */
export function conversation(
  answers: Answers,
  again: (last: Uint8Array) => boolean,
  closing: AbortSignal,
): UntypedHandleCall {
  return (call: ServerDuplexStream<Uint8Array, Uint8Array>): void => {
    const signal = AbortSignal.any([signalOf(call), closing]);
    void finish(call, converse(call, answers, again, signal));
  };
}

async function converse(
  call: ServerDuplexStream<Uint8Array, Uint8Array>,
  answers: Answers,
  again: (last: Uint8Array) => boolean,
  signal: AbortSignal,
): Promise<void> {
  for await (const request of requestsOf(call)) {
    const shown = call.getAuthContext().sslPeerCertificate?.raw;
    const last = await pour(call, answers(request, signal, shown && sha256(shown)), signal);
    if (!last || !again(last)) {
      return;
    }
  }
}

/** A stream of requests with one answer each, in order; requests are processed concurrently. */
export function pipeline(answer: (request: Uint8Array) => Promise<Uint8Array>): UntypedHandleCall {
  return (call: ServerDuplexStream<Uint8Array, Uint8Array>): void => {
    void finish(call, pump(call, answer));
  };
}

async function pump(
  call: ServerDuplexStream<Uint8Array, Uint8Array>,
  answer: (request: Uint8Array) => Promise<Uint8Array>,
): Promise<void> {
  let written = Promise.resolve();
  for await (const request of requestsOf(call)) {
    const answered = answer(request);
    written = Promise.all([answered, written]).then(([response]) => {
      call.write(response);
    });
    written.catch(() => undefined);
  }
  await written;
}

async function* requestsOf(
  call: ServerDuplexStream<Uint8Array, Uint8Array>,
): AsyncIterable<Uint8Array> {
  // Plain iteration would destroy the call when it stops, with the answers that are still being sent.
  const messages = call.iterator({ destroyOnReturn: false });
  const stream: AsyncIterable<unknown> = { [Symbol.asyncIterator]: () => messages };
  for await (const request of stream) {
    if (request instanceof Uint8Array) {
      yield request;
    }
  }
}

interface Writable {
  write(response: Uint8Array): boolean;
  once(event: string, listener: () => void): unknown;
}

async function pour(
  call: Writable & NodeJS.EventEmitter,
  answers: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  let last: Uint8Array | undefined;
  for await (const response of answers) {
    if (signal.aborted) {
      return last;
    }
    last = response;
    if (!call.write(response)) {
      await once(call, 'drain', { signal });
    }
  }
  return last;
}

async function finish(
  call: {
    end(): unknown;
    emit(event: 'error', error: Error): unknown;
    readonly cancelled: boolean;
  },
  work: Promise<unknown>,
): Promise<void> {
  try {
    await work;
    call.end();
  } catch (error) {
    if (!call.cancelled) {
      // Not destroy(): a destroyed call sends no status.
      call.emit('error', Object.assign(toRpcError(error), statusOf(toRpcError(error))));
    }
  }
}

function signalOf(call: {
  on(event: 'cancelled', listener: () => void): unknown;
  readonly cancelled: boolean;
}): AbortSignal {
  const controller = new AbortController();
  call.on('cancelled', () => controller.abort());
  if (call.cancelled) {
    controller.abort();
  }
  return controller.signal;
}

const statusCodes = new Map<number, status>(
  Object.values(status).flatMap((value) => (typeof value === 'number' ? [[value, value]] : [])),
);

/** The error as gRPC status with google.rpc.Status in the trailer, where clients look for details. */
function statusOf(error: RpcError): StatusObject {
  const metadata = new Metadata();
  const code = statusCodes.get(error.code) ?? status.UNKNOWN;
  if (error.details.length > 0) {
    const rich = new WireWriter()
      .varint(1, error.code)
      .string(2, error.message)
      .repeated(3, error.details.map(detailOf));
    metadata.set('grpc-status-details-bin', Buffer.from(rich.finish()));
  }
  return { code, details: error.message, metadata };
}

/** google.protobuf.Any bytes of a gateway.ErrorDetail. */
function detailOf({ address, mspId, message }: ErrorDetail): WireWriter {
  const detail = new WireWriter().string(1, address).string(2, mspId).string(3, message);
  return new WireWriter().string(1, 'type.googleapis.com/gateway.ErrorDetail').bytes(2, detail);
}
