import { randomBytes } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { signerOf } from '@yici/keys';
import {
  claimedConfigs,
  deliverResponse,
  encodeIdentity,
  parseBlock,
  parseConfigBlock,
  seekEnvelope,
  type ChannelConfig,
  type ParsedBlock,
  type SigningIdentity,
} from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import type { IdentityFiles } from '../../pki/read.js';
import type { FabricPeer } from '../grpc/peer-client.js';
import { callSystemChaincode, type PeerAccess } from '../grpc/system-call.js';

/** Number of blocks that a peer has committed (qscc.GetChainInfo). Errors as {@link callSystemChaincode}. */
export async function channelHeight(at: PeerAccess, channel: string): Promise<bigint> {
  // Of the channel, whose members may ask; what names none another department's peer takes from its own people only.
  const call = { chaincode: 'qscc', channel, args: ['GetChainInfo', channel] } as const;
  const payload = await callSystemChaincode(at, call);
  return BigInt(common.BlockchainInfo.deserializeBinary(payload).getHeight());
}

/**
 * The raw `common.Block`s `from` to `last` from a peer's Deliver service, with validation codes.
 * @throws NetworkError PEER_REFUSED with the final status
 */
export async function* deliveredBlocks(
  { peer: target, admin }: PeerAccess,
  channel: string,
  from: bigint,
  last: bigint,
): AsyncGenerator<Uint8Array> {
  const { tlsCertHash } = target;
  const reader = { ...asMember(admin), ...(tlsCertHash && { tlsCertHash }) };
  const envelope = await blocksEnvelope(reader, channel, from, last);
  for await (const response of target.deliver(envelope, 'full')) {
    const { block, status } = deliverResponse.decode(response);
    if (block !== undefined) yield block;
    else if (status !== common.Status.SUCCESS) throw refused(target, status);
    else return;
  }
}

/**
 * The config before the one in force; undefined for the first one, and where the peer does not have it, as one that began with
 * a snapshot. Errors as {@link channelHeight}.
 */
export async function configBefore(
  at: PeerAccess,
  channel: string,
): Promise<ChannelConfig | undefined> {
  const newest = await blockOf(at, channel, (await channelHeight(at, channel)) - 1n);
  const [inForce = 0n] = newest === undefined ? [] : claimedConfigs(newest);
  const last = inForce > 0n ? await blockOf(at, channel, inForce - 1n) : undefined;
  const [before] = last === undefined ? [] : claimedConfigs(last);
  const block = before === undefined ? undefined : await blockOf(at, channel, before);
  return block && parseConfigBlock(block);
}

async function blockOf(
  at: PeerAccess,
  channel: string,
  number: bigint,
): Promise<ParsedBlock | undefined> {
  try {
    for await (const bytes of deliveredBlocks(at, channel, number, number))
      return parseBlock(bytes);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
  }
  return undefined;
}

function refused(target: FabricPeer, status: number): NetworkError {
  const { address } = target;
  const words = {
    zh: `对等节点 ${address} 不提供区块（状态 ${status}）。使用通道允许读取的身份；原因见其日志。`,
    en: `The peer ${address} does not deliver blocks (status ${status}).`,
  };
  return new NetworkError('PEER_REFUSED', words, { details: { address, status } });
}

export const asMember = ({ mspId, certificatePem, keyPem }: IdentityFiles): SigningIdentity => ({
  creator: encodeIdentity(mspId, certificatePem),
  sign: signerOf(keyPem),
});

/** A seek for an orderer's newest block, signed by a reader of the channel. */
export const newestBlockEnvelope = (
  reader: SigningIdentity,
  channel: string,
): Promise<Uint8Array> =>
  seekEnvelope({ channel, newest: true }, reader, new Date(), randomBytes(24));

/** A seek for some blocks, signed by a reader of the channel; refused when one is not there yet. */
export const blocksEnvelope = (
  reader: SigningIdentity,
  channel: string,
  from: bigint,
  to = from,
): Promise<Uint8Array> =>
  seekEnvelope({ channel, from, to, failIfNotReady: true }, reader, new Date(), randomBytes(24));
