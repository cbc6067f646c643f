import { malformed, WireReader } from '../wire/reader.js';
import { NONE, concat, WireWriter } from '../wire/writer.js';
import { decodeChaincodeId, encodeChaincodeId, type ChaincodeId } from './chaincode.js';
import { proposalHash } from './proposal.js';

/** protos.Response: the chaincode's response. Status 200..399 is success. */
export interface ChaincodeResponse {
  readonly status: number;
  readonly message: string;
  readonly payload: Uint8Array;
}

/** protos.ChaincodeEvent. */
export interface ChaincodeEvent {
  readonly chaincodeId: string;
  readonly txId: string;
  readonly eventName: string;
  readonly payload: Uint8Array;
}

/** protos.ProposalResponsePayload: the bytes on which all endorsers must agree. */
export interface ResponsePayload {
  readonly proposalHash: Uint8Array;
  /** ChaincodeAction bytes; undefined when absent. */
  readonly extension: Uint8Array | undefined;
}

/** protos.ChaincodeAction. */
export interface ChaincodeAction {
  /** TxReadWriteSet bytes. */
  readonly results: Uint8Array;
  /** ChaincodeEvent bytes; undefined when the chaincode set none. */
  readonly event: Uint8Array | undefined;
  readonly response: ChaincodeResponse | undefined;
  readonly chaincode: ChaincodeId | undefined;
}

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
  const action = new WireWriter()
    .bytes(1, input.results)
    .bytes(2, input.events)
    .message(3, encodeResponse(input.response))
    .message(4, encodeChaincodeId(input.chaincode));
  return new WireWriter().bytes(1, proposalHash(input.proposalBytes)).bytes(2, action).finish();
}

/** What an endorser signs: response payload ‖ its serialized identity (protoutil/txutils.go). */
export function endorsementMessage(responsePayload: Uint8Array, endorser: Uint8Array): Uint8Array {
  return concat(endorsementParts(responsePayload, endorser));
}

/** {@link endorsementMessage} in its two parts, so that a cache can look up the first part. */
export function endorsementParts(
  responsePayload: Uint8Array,
  endorser: Uint8Array,
): readonly [Uint8Array, Uint8Array] {
  return [responsePayload, endorser];
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeResponsePayload(bytes: Uint8Array): ResponsePayload {
  const reader = new WireReader(bytes, 'protos.ProposalResponsePayload');
  let hash = NONE;
  let extension: Uint8Array | undefined;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        hash = reader.bytes();
        break;
      case 0x12:
        extension = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return { proposalHash: hash, extension };
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeChaincodeAction(bytes: Uint8Array): ChaincodeAction {
  const reader = new WireReader(bytes, 'protos.ChaincodeAction');
  let results = NONE;
  let event: Uint8Array | undefined;
  let response: Uint8Array | undefined;
  let chaincode: Uint8Array | undefined;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        results = reader.bytes();
        break;
      case 0x12:
        event = reader.bytes();
        break;
      case 0x1a:
        response = reader.message(response);
        break;
      case 0x22:
        chaincode = reader.message(chaincode);
        break;
      default:
        reader.skip();
    }
  }
  return {
    results,
    event,
    response: response && decodeResponse(response),
    chaincode: chaincode && decodeChaincodeId(chaincode),
  };
}

/** The TxReadWriteSet bytes of the ChaincodeAction in a response payload. Errors as {@link chaincodeActionOf}. */
export function chaincodeResults(responsePayload: ResponsePayload): Uint8Array {
  const reader = new WireReader(extensionOf(responsePayload), 'protos.ChaincodeAction');
  let results = NONE;
  while (reader.next()) {
    if (reader.tag === 0x0a) results = reader.bytes();
    else reader.skip();
  }
  return results;
}

/** `protos.Response` bytes. */
export function encodeResponse(response: ChaincodeResponse): Uint8Array {
  return new WireWriter()
    .varint(1, response.status)
    .string(2, response.message)
    .bytes(3, response.payload)
    .finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeResponse(bytes: Uint8Array): ChaincodeResponse {
  const reader = new WireReader(bytes, 'protos.Response');
  let status = 0;
  let message = '';
  let payload = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x08:
        status = reader.int32();
        break;
      case 0x12:
        message = reader.string();
        break;
      case 0x1a:
        payload = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return { status, message, payload };
}

/** `protos.ChaincodeEvent` bytes. */
export function encodeChaincodeEvent(event: ChaincodeEvent): Uint8Array {
  return new WireWriter()
    .string(1, event.chaincodeId)
    .string(2, event.txId)
    .string(3, event.eventName)
    .bytes(4, event.payload)
    .finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeChaincodeEvent(bytes: Uint8Array): ChaincodeEvent {
  const reader = new WireReader(bytes, 'protos.ChaincodeEvent');
  let chaincodeId = '';
  let txId = '';
  let eventName = '';
  let payload = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        chaincodeId = reader.string();
        break;
      case 0x12:
        txId = reader.string();
        break;
      case 0x1a:
        eventName = reader.string();
        break;
      case 0x22:
        payload = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return { chaincodeId, txId, eventName, payload };
}

/** The ChaincodeAction inside a response payload. @throws LedgerError MALFORMED_BYTES when absent or malformed. */
export function chaincodeActionOf(responsePayload: ResponsePayload): ChaincodeAction {
  return decodeChaincodeAction(extensionOf(responsePayload));
}

function extensionOf({ extension }: ResponsePayload): Uint8Array {
  if (extension === undefined) {
    throw malformed('protos.ProposalResponsePayload', 'no extension');
  }
  return extension;
}
