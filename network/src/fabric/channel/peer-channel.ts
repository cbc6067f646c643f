import { peer } from '@hyperledger/fabric-protos';
import type { FabricPeer } from '../grpc/peer-client.js';
import { callSystemChaincode } from '../grpc/system-call.js';
import type { IdentityFiles } from '../../pki/read.js';

/** The channels a peer has joined (cscc.GetChannels). Errors as {@link callSystemChaincode}. */
export async function channelsOf(target: FabricPeer, admin: IdentityFiles): Promise<string[]> {
  const payload = await callSystemChaincode(target, admin, {
    chaincode: 'cscc',
    args: ['GetChannels'],
  });
  return peer.ChannelQueryResponse.deserializeBinary(payload)
    .getChannelsList()
    .map((each) => each.getChannelId());
}

/** Lets a peer join the channel of a genesis block (cscc.JoinChain); one that has joined stays as it is. */
export async function joinPeer(
  target: FabricPeer,
  admin: IdentityFiles,
  channel: string,
  genesisBlock: Uint8Array,
): Promise<void> {
  if ((await channelsOf(target, admin)).includes(channel)) return;
  await callSystemChaincode(target, admin, {
    chaincode: 'cscc',
    args: ['JoinChain', genesisBlock],
  });
}
