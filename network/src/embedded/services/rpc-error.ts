import { status } from '@grpc/grpc-js';
import { toError } from '../../to-error.js';

/** gateway.ErrorDetail: the message of one peer or orderer. */
export interface ErrorDetail {
  readonly address: string;
  readonly mspId: string;
  readonly message: string;
}

/** A failure as transported by gRPC: status code, message and the answers of the nodes behind it. */
export class RpcError extends Error {
  readonly code: number;
  readonly details: readonly ErrorDetail[];

  constructor(code: number, message: string, details: readonly ErrorDetail[] = []) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.details = details;
  }
}

/** Converts what a service threw to an RpcError; other errors get the given code. */
export function toRpcError(thrown: unknown, code: number = status.UNKNOWN): RpcError {
  return thrown instanceof RpcError ? thrown : new RpcError(code, toError(thrown).message);
}

/** Decodes a request. @throws RpcError INVALID_ARGUMENT when it is malformed. */
export function decodeRequest<Message>(
  what: string,
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => Message,
): Message {
  try {
    return decode(bytes);
  } catch (error) {
    throw new RpcError(status.INVALID_ARGUMENT, `invalid ${what}: ${toError(error).message}`);
  }
}
