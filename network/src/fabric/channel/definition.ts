import { peer } from '@hyperledger/fabric-protos';
import { channelConfigFrom, type ChannelConfig } from '@yici/ledger';
import { definitionOf, type ChaincodeDefinition } from '../../lifecycle/definition.js';
import { definitionIn } from '../../lifecycle/deploy.js';
import type { Topology } from '../../topology/schema.js';
import type { AdminSession } from './department.js';
import { isTransient } from '../grpc/status-details.js';
import { callSystemChaincode } from '../grpc/system-call.js';
import { retrying } from '../../retry.js';

/** A peer that has just joined answers only after it has written the channel's first block. */
const answersWithin = 30_000;

/**
 * The channel's config in force, from the department's own peer.
 * @throws NetworkError ACCESS_DENIED, PEER_REFUSED; RpcError when the peer does not answer
 */
export async function configAt(session: AdminSession, channel: string): Promise<ChannelConfig> {
  // Not the config block: a peer that began with a snapshot does not have it until the next one.
  const call = { chaincode: 'cscc', args: ['GetChannelConfig', channel] } as const;
  const config = await retrying(
    () => callSystemChaincode(session, call),
    isTransient,
    answersWithin,
  );
  return channelConfigFrom(config, channel);
}

/** What the department's own peer has committed of a chaincode. Errors as {@link callSystemChaincode}. */
export async function committedAt(
  session: AdminSession,
  channel: string,
  name: string,
): Promise<ChaincodeDefinition | undefined> {
  const all = new peer.lifecycle.QueryChaincodeDefinitionsArgs().serializeBinary();
  const args = ['QueryChaincodeDefinitions', all];
  const payload = await callSystemChaincode(session, { chaincode: '_lifecycle', channel, args });
  return definitionIn(payload, name);
}

/**
 * The topology's definition for the channel, with the channel's config read from the department's own peer.
 * @throws NetworkError TOPOLOGY_INVALID, ACCESS_DENIED, PEER_REFUSED; LedgerError MALFORMED_POLICY
 */
export async function definitionAt(
  session: AdminSession,
  topology: Topology,
): Promise<ChaincodeDefinition> {
  const { channel, chaincode } = topology;
  const config = await configAt(session, channel);
  return definitionOf(topology, config, await committedAt(session, channel, chaincode.name));
}
