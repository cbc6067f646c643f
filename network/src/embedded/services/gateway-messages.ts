import { bytes, decodeEnvelope, encoded, message, strings, WireWriter } from '@yici/ledger';

/**
 * The gateway.proto messages on the path of every transaction, decoded as views: protobuf's classes would copy a
 * transaction four times between a department's gateway and its peer.
 */

const endorseRequest = message('gateway.EndorseRequest', {
  /** A SignedProposal's bytes. */
  proposed: encoded(3),
  /** The departments asked for. */
  organizations: strings(4),
});
const signedProposal = message('protos.SignedProposal', { proposal: bytes(1) });

/** `proposed` is undefined when absent, or when no proposal is in it. @throws LedgerError MALFORMED_BYTES */
export function decodeEndorseRequest(request: Uint8Array) {
  const { proposed, organizations } = endorseRequest.decode(request);
  const isThere = proposed !== undefined && signedProposal.decode(proposed).proposal.length > 0;
  return { proposed: isThere ? proposed : undefined, organizations };
}

/** gateway.EndorseResponse with an unsigned envelope. */
export function encodeEndorseResponse(payload: Uint8Array): Uint8Array {
  const envelope = new WireWriter().bytes(1, payload);
  return new WireWriter().message(1, envelope).finish();
}

const submitRequest = message('gateway.SubmitRequest', { envelope: encoded(3) });

/** The bytes of its envelope and whether it is signed; undefined when absent. @throws LedgerError MALFORMED_BYTES */
export function decodeSubmitRequest(request: Uint8Array) {
  const { envelope } = submitRequest.decode(request);
  return envelope && { envelope, isSigned: decodeEnvelope(envelope).signature.length > 0 };
}
