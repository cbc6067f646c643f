import {
  bytes,
  bytesIfAny,
  embedded,
  int32,
  message,
  string,
  type MessageOf,
} from '../wire/message.js';
import { malformed } from '../wire/reader.js';
import { concat, NONE } from '../wire/writer.js';
import { chaincodeIdMessage, type ChaincodeId } from './chaincode.js';
import { proposalHash } from './proposal.js';

/** Status 200..399 is success. */
const responseMessage = message(
  'protos.Response',
  {
    status: int32(1),
    message: string(2),
    payload: bytes(3),
  },
  () => ({ status: 0, message: '', payload: NONE }),
);
export type ChaincodeResponse = MessageOf<typeof responseMessage>;

const eventMessage = message('protos.ChaincodeEvent', {
  chaincodeId: string(1),
  txId: string(2),
  eventName: string(3),
  payload: bytes(4),
});
export type ChaincodeEvent = MessageOf<typeof eventMessage>;

/** The bytes on which all endorsers must agree. */
const responsePayload = message(
  'protos.ProposalResponsePayload',
  {
    proposalHash: bytes(1),
    /** ChaincodeAction bytes; undefined when absent. */
    extension: bytesIfAny(2),
  },
  () => ({ proposalHash: NONE, extension: undefined }),
);
export type ResponsePayload = MessageOf<typeof responsePayload>;

const chaincodeAction = message(
  'protos.ChaincodeAction',
  {
    /** TxReadWriteSet bytes. */
    results: bytes(1),
    /** ChaincodeEvent bytes; undefined when the chaincode set none. */
    event: bytesIfAny(2),
    response: embedded(3, responseMessage),
    chaincode: embedded(4, chaincodeIdMessage),
  },
  () => ({ results: NONE, event: undefined, response: undefined, chaincode: undefined }),
);
export type ChaincodeAction = MessageOf<typeof chaincodeAction>;
const resultsOnly = message('protos.ChaincodeAction', { results: bytes(1) });

interface ResponsePayloadInput {
  readonly proposalBytes: Uint8Array;
  /** TxReadWriteSet bytes. */
  readonly results: Uint8Array;
  /** ChaincodeEvent bytes ({@link encodeChaincodeEvent}). */
  readonly events?: Uint8Array | undefined;
  readonly response: ChaincodeResponse;
  readonly chaincode: ChaincodeId;
}

/**
 * `protos.ProposalResponsePayload` bytes (protoutil/proputils.go GetBytesProposalResponsePayload).
 * @throws LedgerError MALFORMED_BYTES when the proposal cannot be read.
 */
export function buildResponsePayload(input: ResponsePayloadInput): Uint8Array {
  const extension = chaincodeAction.encode({
    results: input.results,
    event: input.events,
    response: input.response,
    chaincode: { path: '', ...input.chaincode },
  });
  return responsePayload.encode({ proposalHash: proposalHash(input.proposalBytes), extension });
}

/** What an endorser signs: response payload ‖ its serialized identity (protoutil/txutils.go). */
export function endorsementMessage(payload: Uint8Array, endorser: Uint8Array): Uint8Array {
  return concat(endorsementParts(payload, endorser));
}

/** {@link endorsementMessage} in its two parts, so that a cache can look up the first part. */
export function endorsementParts(
  payload: Uint8Array,
  endorser: Uint8Array,
): readonly [Uint8Array, Uint8Array] {
  return [payload, endorser];
}

/** @throws LedgerError MALFORMED_BYTES */
export const decodeResponsePayload = responsePayload.decode;
/** @throws LedgerError MALFORMED_BYTES */
export const decodeChaincodeAction = chaincodeAction.decode;
/** `protos.Response` bytes. */
export const encodeResponse = responseMessage.encode;
/** @throws LedgerError MALFORMED_BYTES */
export const decodeResponse = responseMessage.decode;
/** `protos.ChaincodeEvent` bytes. */
export const encodeChaincodeEvent = eventMessage.encode;
/** @throws LedgerError MALFORMED_BYTES */
export const decodeChaincodeEvent = eventMessage.decode;

/** The TxReadWriteSet bytes of the ChaincodeAction in a response payload. Errors as {@link chaincodeActionOf}. */
export function chaincodeResults(payload: ResponsePayload): Uint8Array {
  return resultsOnly.decode(extensionOf(payload)).results;
}

/** The ChaincodeAction inside a response payload. @throws LedgerError MALFORMED_BYTES when absent or malformed. */
export function chaincodeActionOf(payload: ResponsePayload): ChaincodeAction {
  return decodeChaincodeAction(extensionOf(payload));
}

function extensionOf({ extension }: ResponsePayload): Uint8Array {
  if (extension === undefined) {
    throw malformed('protos.ProposalResponsePayload', 'no extension');
  }
  return extension;
}
