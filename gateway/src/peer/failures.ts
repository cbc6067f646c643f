import { parseContractError } from '@yici/chaincode/model';
import { z } from 'zod';
import { status as grpcStatus } from '@grpc/grpc-js';
import { ContractError, GatewayError } from '../errors.js';
import type { PeerFailure } from './port.js';

const detailSchema = z.object({ address: z.string(), mspId: z.string(), message: z.string() });
const failureSchema = z.object({
  code: z.number(),
  message: z.string(),
  details: z.array(detailSchema).catch([]),
});

/** Reads what a peer call rejected with; undefined when it is not a peer's failure. */
export function peerFailure(error: unknown): PeerFailure | undefined {
  const parsed = failureSchema.safeParse(
    error instanceof Error
      ? { message: error.message, ...pick(error, 'code'), ...pick(error, 'details') }
      : error,
  );
  return parsed.success ? parsed.data : undefined;
}

function pick(value: object, key: string): Record<string, unknown> {
  const found: unknown = Reflect.get(value, key);
  return { [key]: found };
}

const unavailable: readonly number[] = [
  grpcStatus.UNAVAILABLE,
  grpcStatus.CANCELLED,
  grpcStatus.RESOURCE_EXHAUSTED,
];
const endorsementFailed: readonly number[] = [grpcStatus.ABORTED, grpcStatus.FAILED_PRECONDITION];
const timedOut: number = grpcStatus.DEADLINE_EXCEEDED;

/** Any answer of the chaincode that is not a success. */
const chaincodeText = /chaincode response \d+, ([^]*)$/;

/**
 * The one place that turns a peer's failure into an error of ours: a {@link ContractError} when the chaincode refused,
 * else PEER_UNAVAILABLE, PEER_TIMEOUT, ENDORSEMENT_FAILED or PEER_REFUSED.
 */
export function toGatewayError(error: unknown): Error {
  if (error instanceof GatewayError || error instanceof ContractError) return error;
  const failure = peerFailure(error);
  if (failure === undefined) {
    return new GatewayError('INTERNAL', 'The peer call failed in an unexpected way.', {
      cause: error,
    });
  }
  return contractRefusal(failure, error) ?? peerError(failure, error);
}

function contractRefusal(failure: PeerFailure, cause: unknown): Error | undefined {
  for (const text of [...failure.details.map((detail) => detail.message), failure.message]) {
    const parsed = parseContractError(text);
    if (parsed !== undefined) {
      return new ContractError(parsed.code, parsed.sentence, { cause, details: parsed.details });
    }
    const plain = chaincodeText.exec(text);
    if (plain?.[1] !== undefined) {
      return new GatewayError('CONTRACT_REFUSED', plain[1], { cause, details: peers(failure) });
    }
  }
  return undefined;
}

function peerError(failure: PeerFailure, cause: unknown): GatewayError {
  const options = { cause, details: peers(failure) };
  if (unavailable.includes(failure.code)) {
    return new GatewayError(
      'PEER_UNAVAILABLE',
      `The peer is not available: ${failure.message}`,
      options,
    );
  }
  if (failure.code === timedOut) {
    return new GatewayError(
      'PEER_TIMEOUT',
      'The peer did not answer in time; ask again with the same id.',
      options,
    );
  }
  if (endorsementFailed.includes(failure.code)) {
    return new GatewayError(
      'ENDORSEMENT_FAILED',
      `Endorsement failed: ${failure.message}`,
      options,
    );
  }
  return new GatewayError('PEER_REFUSED', `The peer refused: ${failure.message}`, options);
}

function peers(failure: PeerFailure): Record<string, unknown> {
  return failure.details.length === 0 ? {} : { peers: failure.details };
}
