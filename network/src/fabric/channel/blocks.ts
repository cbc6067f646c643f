import { randomBytes } from 'node:crypto';
import { common, orderer } from '@hyperledger/fabric-protos';
import {
  buildEnvelope,
  createSigner,
  encodeChannelHeader,
  encodeIdentity,
  encodePayload,
  encodeSignatureHeader,
  timestampFromDate,
  WireReader,
} from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import type { IdentityFiles } from '../../pki/read.js';
import type { FabricPeer } from '../grpc/peer-client.js';
import { callSystemChaincode } from '../grpc/system-call.js';

/** Number of blocks that a peer has committed (qscc.GetChainInfo). Errors as {@link callSystemChaincode}. */
export async function channelHeight(
  target: FabricPeer,
  reader: IdentityFiles,
  channel: string,
): Promise<bigint> {
  const payload = await callSystemChaincode(target, reader, {
    chaincode: 'qscc',
    args: ['GetChainInfo', channel],
  });
  return BigInt(common.BlockchainInfo.deserializeBinary(payload).getHeight());
}

/**
 * The raw `common.Block`s `from` to `last` from a peer's Deliver service, with validation codes.
 * @throws NetworkError PEER_REFUSED with the final status
 */
export async function* deliveredBlocks(
  target: FabricPeer,
  reader: IdentityFiles,
  {
    channel,
    from,
    last,
  }: { readonly channel: string; readonly from: bigint; readonly last: bigint },
): AsyncGenerator<Uint8Array> {
  const envelope = seekEnvelope(target, reader, channel, seekInfo(from, last));
  for await (const response of target.deliver(envelope, 'full')) {
    const { block, status } = readResponse(response);
    if (block !== undefined) yield block;
    else if (status !== common.Status.SUCCESS) throw refused(target, status);
    else return;
  }
}

function refused(target: FabricPeer, status: number): NetworkError {
  return new NetworkError(
    'PEER_REFUSED',
    `The peer ${target.address} does not deliver blocks (status ${status}).`,
    { details: { address: target.address, status } },
  );
}

/** protos.DeliverResponse: `status` is field 1, `block` field 2; its bytes are not decoded. */
function readResponse(bytes: Uint8Array): { readonly block?: Uint8Array; readonly status: number } {
  const reader = new WireReader(bytes, 'protos.DeliverResponse');
  let status = 0;
  let block: Uint8Array | undefined;
  while (reader.next()) {
    if (reader.tag === ((1 << 3) | 0)) status = reader.int32();
    else if (reader.tag === ((2 << 3) | 2)) block = reader.message(block);
    else reader.skip();
  }
  return block === undefined ? { status } : { block, status };
}

function seekInfo(from: bigint, last: bigint): Uint8Array {
  const info = new orderer.SeekInfo();
  info.setStart(position(from));
  info.setStop(position(last));
  info.setBehavior(orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY);
  return info.serializeBinary();
}

function position(number: bigint): orderer.SeekPosition {
  const specified = new orderer.SeekSpecified();
  specified.setNumber(Number(number));
  const message = new orderer.SeekPosition();
  message.setSpecified(specified);
  return message;
}

function seekEnvelope(
  { tlsCertHash }: Pick<FabricPeer, 'tlsCertHash'>,
  reader: IdentityFiles,
  channel: string,
  data: Uint8Array,
): Uint8Array {
  const headers = {
    channelHeader: encodeChannelHeader({
      type: common.HeaderType.DELIVER_SEEK_INFO,
      channelId: channel,
      txId: '',
      timestamp: timestampFromDate(new Date()),
      ...(tlsCertHash && { tlsCertHash }),
    }),
    signatureHeader: encodeSignatureHeader({
      creator: encodeIdentity(reader.mspId, reader.certificatePem),
      nonce: randomBytes(24),
    }),
  };
  const payload = encodePayload(headers, data);
  return buildEnvelope(payload, createSigner(reader.keyPem)(payload));
}
