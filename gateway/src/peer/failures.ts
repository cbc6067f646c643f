import { parseContractError } from '@yici/domain/model';
import { z } from 'zod';
import { status as grpcStatus } from '@grpc/grpc-js';
import { ContractError, GatewayError, type GatewayErrorCode } from '../errors.js';

const detailSchema = z.object({ address: z.string(), mspId: z.string(), message: z.string() });
/** One endorsing peer's message (gateway.ErrorDetail). */
export type PeerFailureDetail = Readonly<z.output<typeof detailSchema>>;

const failureSchema = z.object({
  code: z.number(),
  message: z.string(),
  details: z.array(detailSchema).readonly().catch([]),
});
/** Failure of a {@link PeerGateway} call: gRPC status code, message, and each endorser's message. */
export type PeerFailure = Readonly<z.output<typeof failureSchema>>;

/** A failure of a peer call that this process found itself, or read from gRPC. */
export class PeerFailureError extends Error implements PeerFailure {
  readonly code: number;
  readonly details: readonly PeerFailureDetail[];

  constructor(
    code: number,
    message: string,
    details: readonly PeerFailureDetail[] = [],
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'PeerFailureError';
    this.code = code;
    this.details = details;
  }
}

/** Decodes the error of a peer call; undefined when it is not a peer's failure. */
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
const aborted: number = grpcStatus.ABORTED;
/** No set of known peers satisfies the policy (internal/pkg/gateway/endorse.go). */
const noEndorsers: number = grpcStatus.FAILED_PRECONDITION;
const timedOut: number = grpcStatus.DEADLINE_EXCEEDED;

/** A non-success response of the chaincode. */
const chaincodeText = /chaincode response \d+, ([^]*)$/;

/**
 * The only place that converts a peer's failure to our error: a {@link ContractError} when the chaincode refused,
 * otherwise ENDORSERS_UNAVAILABLE, ENDORSEMENT_FAILED, TIME_REFUSED, IDENTITY_REFUSED, PEER_UNAVAILABLE, PEER_TIMEOUT or PEER_REFUSED. `asked`
 * are the departments named as endorsers in the proposal, if any.
 */
export function toGatewayError(error: unknown, asked: readonly string[] = []): Error {
  if (error instanceof GatewayError || error instanceof ContractError) return error;
  const failure = peerFailure(error);
  if (failure === undefined) {
    return new GatewayError('INTERNAL', 'The peer call failed in an unexpected way.', {
      cause: error,
    });
  }
  return contractRefusal(failure, error, asked) ?? peerError(failure, error);
}

/**
 * Message of the peer's gateway when its department's peer has endorsed and too few others did
 * (internal/pkg/gateway/endorse.go); when its own peer refuses, the message is "failed to endorse transaction".
 */
const ownPeerEndorsed = /^failed to collect enough transaction endorsements/;

/**
 * A peer that lags refuses acts that depend on a block it does not have yet, so its refusal is not final if the own
 * peer endorsed. If the own peer is not asked (confidential values involve only two departments), the refusal is final
 * when all asked peers refuse.
 */
function contractRefusal(
  failure: PeerFailure,
  cause: unknown,
  asked: readonly string[],
): Error | undefined {
  if (ownPeerEndorsed.test(failure.message) && !allRefuse(failure, asked)) return undefined;
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

function allRefuse({ details }: PeerFailure, asked: readonly string[]): boolean {
  const refusing = details.filter(({ message }) => chaincodeText.test(message));
  return asked.length > 0 && asked.every((id) => refusing.some(({ mspId }) => mspId === id));
}

function peerError(failure: PeerFailure, cause: unknown): GatewayError {
  const [code, message] = plainRefusal(failure) ?? meaningOf(failure);
  return new GatewayError(code, message, { cause, details: peers(failure) });
}

/** How Go's gRPC reports that a node behind the peer was not reached, or not in time. */
const notReached = /^rpc error: code = (Unavailable|Canceled|DeadlineExceeded) /;

/** What says more than that too few agree, where every peer says it that is reached at all: in Fabric 3.1.5’s own words. */
const plainRefusals: readonly PlainRefusal[] = [
  {
    // core/handlers/auth/filter/timewindow.go
    words: /incorrect timestamp[^]*/,
    code: 'TIME_REFUSED',
    sentence:
      'The peer does not take the time of this act: this gateway’s clock, or the peer’s, is wrong. Nothing was sent; set the clock by a time server and try again.',
  },
  {
    // core/endorser/msgvalidation.go; peers then take no new connection of a department that they do not know
    words: /creator org unknown[^]*/,
    code: 'IDENTITY_REFUSED',
    sentence:
      'The other departments’ peers do not know this department: the channel has it no more, or not yet. Nothing was sent; ask the other departments.',
    others: notReached,
  },
];

interface PlainRefusal {
  readonly words: RegExp;
  readonly code: GatewayErrorCode;
  readonly sentence: string;
  /** What peers may say beside it. */
  readonly others?: RegExp;
}

function plainRefusal({ message, details }: PeerFailure): [GatewayErrorCode, string] | undefined {
  const texts = details.length > 0 ? details.map((one) => one.message) : [message];
  for (const { words, code, sentence, others } of plainRefusals) {
    const [said] = texts.flatMap((text) => words.exec(text) ?? []);
    if (
      said !== undefined &&
      texts.every((text) => words.test(text) || others?.test(text) === true)
    )
      return [code, `${sentence} (${said})`];
  }
  return undefined;
}

function meaningOf({ code, message, details }: PeerFailure): [GatewayErrorCode, string] {
  const unreached = details.length > 0 && details.every((one) => notReached.test(one.message));
  if (code === noEndorsers || (code === aborted && unreached)) {
    return [
      'ENDORSERS_UNAVAILABLE',
      `Too few departments’ peers can be reached to endorse: nothing can be written until another one runs again. Nothing was sent; try again later. (${message})`,
    ];
  }
  if (unavailable.includes(code)) {
    return ['PEER_UNAVAILABLE', `The peer is not available: ${message}`];
  }
  if (code === timedOut) {
    return ['PEER_TIMEOUT', 'The peer did not answer in time; ask again with the same id.'];
  }
  if (code !== aborted) return ['PEER_REFUSED', `The peer refused: ${message}`];
  return [
    'ENDORSEMENT_FAILED',
    `Too few departments’ peers agree; one that was away may be behind for some seconds. Nothing was sent; try again. (${message})`,
  ];
}

/**
 * Like {@link toGatewayError}, for an endorsement: one that does not come in time gives ENDORSERS_UNAVAILABLE, since
 * nothing was sent and the caller may try again as after any other that was missing.
 */
export function toEndorseError(error: unknown, asked: readonly string[] = []): Error {
  const failure = peerFailure(error);
  if (failure?.code !== timedOut) return toGatewayError(error, asked);
  return new GatewayError(
    'ENDORSERS_UNAVAILABLE',
    `Too few departments’ peers answer in time to endorse. Nothing was sent; try again later. (${failure.message})`,
    { cause: error, details: peers(failure) },
  );
}

/** Like {@link toGatewayError}, for a submit: failures of the orderers behind the peer give ORDERERS_UNAVAILABLE. */
export function toSubmitError(error: unknown): Error {
  const failure = peerFailure(error);
  if (failure === undefined || failure.details.length === 0) return toGatewayError(error);
  if (!unavailable.includes(failure.code)) return toGatewayError(error);
  return new GatewayError(
    'ORDERERS_UNAVAILABLE',
    `Too few departments’ orderers take transactions: nothing is written until another one runs again. Ask again for the same transaction, or with the same Idempotency-Key; do not file anew. (${failure.message})`,
    { cause: error, details: peers(failure) },
  );
}

/**
 * Whether a failed submit means that the envelope is being ordered or already in a block: an orderer that receives it
 * after its block refuses it with this text (SmartBFT internal/bft/requestpool.go), and the peer's gateway treats that
 * as a failure (internal/pkg/gateway/submit.go, Fabric 3.1.5, which accepts only "request already exists").
 */
export function isOrderedAlready(error: unknown): boolean {
  const failure = peerFailure(error);
  return (
    failure !== undefined &&
    unavailable.includes(failure.code) &&
    failure.details.some(({ message }) => message.includes('request already processed'))
  );
}

function peers(failure: PeerFailure): Record<string, unknown> {
  return failure.details.length === 0 ? {} : { peers: failure.details };
}
