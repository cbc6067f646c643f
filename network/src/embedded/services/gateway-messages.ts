import { decodeEnvelope, WireReader, WireWriter } from '@yici/ledger';

/**
 * The gateway.proto messages on the path of every transaction, decoded as views: protobuf's classes would copy a
 * transaction four times between a department's gateway and its peer.
 */

/** gateway.EndorseRequest: a SignedProposal's bytes, and the departments asked for. */
interface EndorseRequest {
  /** Undefined when absent, or when no proposal is in it. */
  readonly proposed: Uint8Array | undefined;
  readonly organizations: readonly string[];
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeEndorseRequest(bytes: Uint8Array): EndorseRequest {
  const reader = new WireReader(bytes, 'gateway.EndorseRequest');
  const organizations: string[] = [];
  let proposed: Uint8Array | undefined;
  while (reader.next()) {
    if (reader.tag === 0x1a) proposed = reader.message(proposed);
    else if (reader.tag === 0x22) organizations.push(reader.string());
    else reader.skip();
  }
  return { proposed: proposed && hasProposal(proposed) ? proposed : undefined, organizations };
}

function hasProposal(signedProposal: Uint8Array): boolean {
  const reader = new WireReader(signedProposal, 'protos.SignedProposal');
  let found = false;
  while (reader.next()) {
    if (reader.tag === 0x0a) found = reader.bytes().length > 0;
    else reader.skip();
  }
  return found;
}

/** gateway.EndorseResponse with an unsigned envelope. */
export function encodeEndorseResponse(payload: Uint8Array): Uint8Array {
  const envelope = new WireWriter().bytes(1, payload);
  return new WireWriter().message(1, envelope).finish();
}

/** gateway.SubmitRequest: the bytes of its envelope and whether it is signed; undefined when absent. */
interface SubmitRequest {
  readonly envelope: Uint8Array;
  readonly isSigned: boolean;
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeSubmitRequest(bytes: Uint8Array): SubmitRequest | undefined {
  const reader = new WireReader(bytes, 'gateway.SubmitRequest');
  let envelope: Uint8Array | undefined;
  while (reader.next()) {
    if (reader.tag === 0x1a) envelope = reader.message(envelope);
    else reader.skip();
  }
  return envelope && { envelope, isSigned: decodeEnvelope(envelope).signature.length > 0 };
}
