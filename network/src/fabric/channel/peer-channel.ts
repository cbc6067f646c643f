import { peer } from '@hyperledger/fabric-protos';
import { headerHash, parseBlock } from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import type { FabricPeer } from '../grpc/peer-client.js';
import { callSystemChaincode } from '../grpc/system-call.js';
import type { IdentityFiles } from '../../pki/read.js';

/** The channels a peer has joined (cscc.GetChannels). Errors as {@link callSystemChaincode}. */
async function channelsOf(target: FabricPeer, admin: IdentityFiles): Promise<string[]> {
  const payload = await callSystemChaincode(target, admin, {
    chaincode: 'cscc',
    args: ['GetChannels'],
  });
  return peer.ChannelQueryResponse.deserializeBinary(payload)
    .getChannelsList()
    .map((each) => each.getChannelId());
}

/**
 * Joins a peer to the channel of a genesis block (cscc.JoinChain); does nothing if it has joined.
 * @throws NetworkError GENESIS_MISMATCH when it has joined a channel of that name with another genesis block; and as
 * {@link callSystemChaincode}
 */
export async function joinPeer(
  target: FabricPeer,
  admin: IdentityFiles,
  channel: string,
  genesisBlock: Uint8Array,
): Promise<void> {
  if ((await channelsOf(target, admin)).includes(channel)) {
    await refuseAnotherChannel(target, admin, channel, genesisBlock);
    return;
  }
  await callSystemChaincode(target, admin, {
    chaincode: 'cscc',
    args: ['JoinChain', genesisBlock],
  });
}

/** Detects the data folder of another network: its data would be served as if it were this network's. */
async function refuseAnotherChannel(
  target: FabricPeer,
  admin: IdentityFiles,
  channel: string,
  genesisBlock: Uint8Array,
): Promise<void> {
  const genesisHash = hashOf(genesisBlock);
  const found = await firstBlockHash(target, admin, channel);
  if (found === genesisHash) return;
  throw new NetworkError(
    'GENESIS_MISMATCH',
    `The peer ${target.address} is on another channel of the name ${channel}: its data is not this network's.`,
    { details: { address: target.address, found, genesisHash } },
  );
}

/** Undefined when the peer's channel does not admit our administrator, as this network's does. */
async function firstBlockHash(
  target: FabricPeer,
  admin: IdentityFiles,
  channel: string,
): Promise<string | undefined> {
  try {
    const args = ['GetBlockByNumber', channel, '0'];
    return hashOf(await callSystemChaincode(target, admin, { chaincode: 'qscc', args }));
  } catch (error) {
    if (error instanceof NetworkError && error.code === 'ACCESS_DENIED') return undefined;
    throw error;
  }
}

function hashOf(block: Uint8Array): string {
  return Buffer.from(headerHash(parseBlock(block))).toString('hex');
}
