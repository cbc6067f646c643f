import { common, peer } from '@hyperledger/fabric-protos';
import { NetworkError } from '../../errors.js';
import { genesisHashOf } from '../../genesis/prepare.js';
import { callSystemChaincode, type PeerAccess } from '../grpc/system-call.js';
import { joinBySnapshot, type Snapshot } from './snapshot.js';

/** The channels a peer has joined (cscc.GetChannels). Errors as {@link callSystemChaincode}. */
async function channelsOf(at: PeerAccess): Promise<string[]> {
  const payload = await callSystemChaincode(at, { chaincode: 'cscc', args: ['GetChannels'] });
  return peer.ChannelQueryResponse.deserializeBinary(payload)
    .getChannelsList()
    .map((each) => each.getChannelId());
}

/**
 * Joins a peer to the channel of a genesis block (cscc.JoinChain), or by another peer's snapshot; does nothing if it has joined, and
 * says whether it had.
 * @throws NetworkError GENESIS_MISMATCH when it has joined a channel of that name with another genesis block; and as
 * {@link callSystemChaincode}
 */
export async function joinPeer(
  at: PeerAccess,
  channel: string,
  genesisBlock: Uint8Array,
  snapshot?: Snapshot,
): Promise<boolean> {
  const joined = async () => (await channelsOf(at)).includes(channel);
  if (await joined()) {
    await refuseAnotherChannel(at, channel, genesisBlock);
    return true;
  }
  if (snapshot === undefined) {
    await callSystemChaincode(at, { chaincode: 'cscc', args: ['JoinChain', genesisBlock] });
  } else await joinBySnapshot(at, snapshot, joined);
  return false;
}

/** Detects the data folder of another network: its data would be served as if it were this network's. */
async function refuseAnotherChannel(
  at: PeerAccess,
  channel: string,
  genesisBlock: Uint8Array,
): Promise<void> {
  const genesisHash = genesisHashOf(genesisBlock);
  const found = await firstBlockHash(at, channel, genesisHash);
  if (found === genesisHash) return;
  throw new NetworkError(
    'GENESIS_MISMATCH',
    {
      zh: `对等节点 ${at.peer.address} 在另一个名为 ${channel} 的通道中，其数据不属于本网络。使用该网络自己的拓扑文件，或者换一个目录。`,
      en: `The peer ${at.peer.address} is on another channel of the name ${channel}: its data is not this network's.`,
    },
    { details: { address: at.peer.address, found, genesisHash } },
  );
}

/**
 * Undefined when the peer's channel does not admit our administrator, as this network's does. A peer that began with a snapshot
 * has no first block: there its admitting our administrator has to do.
 */
async function firstBlockHash(
  at: PeerAccess,
  channel: string,
  expected: string,
): Promise<string | undefined> {
  try {
    const info = await callSystemChaincode(at, {
      chaincode: 'qscc',
      args: ['GetChainInfo', channel],
    });
    if (common.BlockchainInfo.deserializeBinary(info).hasBootstrappingsnapshotinfo()) {
      return expected;
    }
    const args = ['GetBlockByNumber', channel, '0'];
    return genesisHashOf(await callSystemChaincode(at, { chaincode: 'qscc', args }));
  } catch (error) {
    if (error instanceof NetworkError && error.code === 'ACCESS_DENIED') return undefined;
    throw error;
  }
}
