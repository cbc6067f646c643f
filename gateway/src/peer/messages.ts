import { common, gateway, orderer, peer } from '@hyperledger/fabric-protos';
import {
  buildEnvelope,
  encodeChannelHeader,
  encodePayload,
  encodeSignatureHeader,
  headerType,
  timestampFromDate,
  WireReader,
} from '@yici/ledger';
import { GatewayError } from '../errors.js';

/** A proposal with its creator's signature, ready for the peer. */
interface SignedCall {
  readonly channel: string;
  readonly txId: string;
  readonly proposal: Uint8Array;
  readonly signature: Uint8Array;
}

/** Bytes of a request of the gateway service that carries a signed proposal. */
function requestBytes(
  request: gateway.EvaluateRequest | gateway.EndorseRequest,
  { channel, txId, proposal, signature }: SignedCall,
): Uint8Array {
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal);
  signed.setSignature(signature);
  request.setTransactionId(txId);
  request.setChannelId(channel);
  request.setProposedTransaction(signed);
  return request.serializeBinary();
}

/** Bytes of gateway.EvaluateRequest; a peer of the named organizations answers, or any if none are named. */
export function evaluateRequest(
  call: SignedCall,
  organizations: readonly string[] = [],
): Uint8Array {
  const request = new gateway.EvaluateRequest();
  request.setTargetOrganizationsList([...organizations]);
  return requestBytes(request, call);
}

/** The chaincode's result in gateway.EvaluateResponse bytes. */
export function evaluateResult(response: Uint8Array): Uint8Array {
  const result = gateway.EvaluateResponse.deserializeBinary(response).getResult();
  if (result === undefined)
    throw new GatewayError('PEER_REFUSED', 'The peer answered without a result.');
  return result.getPayload_asU8();
}

/** Bytes of gateway.EndorseRequest; the peer chooses the endorsers when no organizations are named. */
export function endorseRequest(
  call: SignedCall,
  organizations: readonly string[] = [],
): Uint8Array {
  const request = new gateway.EndorseRequest();
  request.setEndorsingOrganizationsList([...organizations]);
  return requestBytes(request, call);
}

/** The common.Payload to be signed, from bytes of gateway.EndorseResponse. */
export function preparedPayload(response: Uint8Array): Uint8Array {
  const envelope = gateway.EndorseResponse.deserializeBinary(response).getPreparedTransaction();
  if (envelope === undefined)
    throw new GatewayError('PEER_REFUSED', 'The peer answered without a transaction.');
  return envelope.getPayload_asU8();
}

/** Bytes of gateway.SubmitRequest for a payload signed by its creator. */
export function submitRequest(
  channel: string,
  txId: string,
  payload: Uint8Array,
  signature: Uint8Array,
): Uint8Array {
  const envelope = new common.Envelope();
  envelope.setPayload(payload);
  envelope.setSignature(signature);
  const request = new gateway.SubmitRequest();
  request.setTransactionId(txId);
  request.setChannelId(channel);
  request.setPreparedTransaction(envelope);
  return request.serializeBinary();
}

/** Which blocks a Deliver stream gives: from `from` to `to`, for ever when `to` is absent; or the newest one. */
type SeekRange = { readonly channel: string } & (
  | { readonly newest: true }
  | { readonly newest?: never; readonly from: bigint; readonly to?: bigint }
);

/** The identity for a seek, and its signer (low-S DER over SHA-256). */
export interface SeekIdentity {
  readonly creator: Uint8Array;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array> | Uint8Array;
  /** Hash of the TLS client certificate of its connections (ledger's tlsCertHash), checked by peers that request one. */
  readonly tlsCertHash?: Uint8Array;
}

/** Bytes of a signed common.Envelope with orderer.SeekInfo, for PeerGateway.deliver. */
export async function seekEnvelope(
  range: SeekRange,
  { creator, sign, tlsCertHash }: SeekIdentity,
  now: Date,
  nonce: Uint8Array,
): Promise<Uint8Array> {
  const channelHeader = encodeChannelHeader({
    type: headerType.deliverSeekInfo,
    channelId: range.channel,
    timestamp: timestampFromDate(now),
    ...(tlsCertHash && { tlsCertHash }),
  });
  const signatureHeader = encodeSignatureHeader({ creator, nonce });
  const headers = { channelHeader, signatureHeader };
  const payload = encodePayload(headers, seekInfo(range).serializeBinary());
  return buildEnvelope(payload, await sign(payload));
}

/** Stop position of an unlimited stream (uint64 max; exact as a string in the wire format). */
const forever = Number.MAX_SAFE_INTEGER;

function seekInfo(range: SeekRange): orderer.SeekInfo {
  const info = new orderer.SeekInfo();
  if (range.newest === true) {
    const position = new orderer.SeekPosition();
    position.setNewest(new orderer.SeekNewest());
    info.setStart(position);
    info.setStop(position);
  } else {
    info.setStart(position(Number(range.from)));
    info.setStop(position(range.to === undefined ? forever : Number(range.to)));
  }
  info.setBehavior(orderer.SeekInfo.SeekBehavior.BLOCK_UNTIL_READY);
  return info;
}

function position(number: number): orderer.SeekPosition {
  const specified = new orderer.SeekSpecified();
  specified.setNumber(number);
  const seek = new orderer.SeekPosition();
  seek.setSpecified(specified);
  return seek;
}

/** A peer.DeliverResponse: a whole block's bytes, or the status that ends the stream. */
type Delivered =
  | { readonly kind: 'block'; readonly block: Uint8Array }
  | { readonly kind: 'status'; readonly status: number };

/**
 * Decodes a peer.DeliverResponse of the full Deliver service: status is field 1, block field 2. The block stays encoded.
 * @throws LedgerError MALFORMED_BYTES
 */
export function readDelivered(response: Uint8Array): Delivered {
  const reader = new WireReader(response, 'protos.DeliverResponse');
  let status = 0;
  let block: Uint8Array | undefined;
  while (reader.next()) {
    if (reader.tag === 0x12) block = reader.bytes();
    else if (reader.tag === 0x08) status = reader.int32();
    else reader.skip();
  }
  return block === undefined ? { kind: 'status', status } : { kind: 'block', block };
}
