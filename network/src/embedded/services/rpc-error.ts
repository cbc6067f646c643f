import { status } from '@grpc/grpc-js';
import { toError } from '../../to-error.js';

/** gateway.ErrorDetail: which peer or orderer said what. */
export interface ErrorDetail {
  readonly address: string;
  readonly mspId: string;
  readonly message: string;
}

/** A failure as gRPC carries it: a numeric status code, a message and the answers of the nodes behind it. */
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

/** What a service throws, as an RpcError; what is not one already gets the code given. */
export function toRpcError(thrown: unknown, code: number = status.UNKNOWN): RpcError {
  return thrown instanceof RpcError ? thrown : new RpcError(code, toError(thrown).message);
}

/** Decodes a request's bytes. @throws RpcError INVALID_ARGUMENT when they are not that message. */
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
