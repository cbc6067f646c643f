import { gateway } from '@hyperledger/fabric-protos';
import { buildEnvelope, gatewayRequest } from '@yici/ledger';
import { GatewayError } from '../errors.js';

/** A proposal with its creator's signature, ready for the peer. */
interface SignedCall {
  readonly channel: string;
  readonly txId: string;
  readonly proposal: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Bytes of gateway.EvaluateRequest and of gateway.EndorseRequest, which are alike. The peer chooses who answers or endorses when no
 * organizations are named.
 */
export function proposalRequest(
  { proposal, signature, ...ids }: SignedCall,
  organizations: readonly string[] = [],
): Uint8Array {
  // protos.SignedProposal has an envelope's two fields.
  return gatewayRequest(ids, buildEnvelope(proposal, signature), organizations);
}

/** The chaincode's result in gateway.EvaluateResponse bytes. */
export function evaluateResult(response: Uint8Array): Uint8Array {
  const result = gateway.EvaluateResponse.deserializeBinary(response).getResult();
  if (result === undefined)
    throw new GatewayError('PEER_REFUSED', 'The peer answered without a result.');
  return result.getPayload_asU8();
}

/** The common.Payload to be signed, from bytes of gateway.EndorseResponse. */
export function preparedPayload(response: Uint8Array): Uint8Array {
  const envelope = gateway.EndorseResponse.deserializeBinary(response).getPreparedTransaction();
  if (envelope === undefined)
    throw new GatewayError('PEER_REFUSED', 'The peer answered without a transaction.');
  return envelope.getPayload_asU8();
}
