import type { ServiceError } from '@grpc/grpc-js';
import { rpcCode } from './codes.js';
import { rpcErrorOf } from './status-details.js';

interface Stream extends AsyncIterable<unknown> {
  cancel(): void;
}

/** A call's messages until it ends, the signal aborts or the reader stops; failures are RpcErrors. */
export async function* readable(call: Stream, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const cancel = () => call.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted === true) cancel();
  try {
    for await (const message of call) {
      if (message instanceof Uint8Array) yield message;
    }
  } catch (error) {
    if (!wasCancelled(error, signal)) throw isServiceError(error) ? rpcErrorOf(error) : error;
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancel();
  }
}

function wasCancelled(error: unknown, signal: AbortSignal | undefined): boolean {
  return (
    signal?.aborted === true &&
    isServiceError(error) &&
    rpcErrorOf(error).code === rpcCode.cancelled
  );
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && 'metadata' in error;
}
