import { parseConfigBlock } from '@yici/ledger';
import { definitionOf, type ChaincodeDefinition } from '../../lifecycle/definition.js';
import type { Topology } from '../../topology/schema.js';
import type { DepartmentDesk } from './department.js';
import { mayPass } from '../grpc/status-details.js';
import { callSystemChaincode } from '../grpc/system-call.js';
import { retrying } from '../../retry.js';

/** A peer that has just joined answers as soon as it has written the channel's first block. */
const answersWithin = 30_000;

/**
 * The definition that the topology asks for on the channel, as the department's own peer has the channel.
 * @throws NetworkError TOPOLOGY_INVALID, ACCESS_DENIED, PEER_REFUSED; LedgerError MALFORMED_POLICY
 */
export async function definitionAt(
  { peer, admin }: DepartmentDesk,
  topology: Topology,
): Promise<ChaincodeDefinition> {
  const call = { chaincode: 'cscc', args: ['GetConfigBlock', topology.channel] } as const;
  const block = await retrying(
    () => callSystemChaincode(peer, admin, call),
    mayPass,
    answersWithin,
  );
  return definitionOf(topology, parseConfigBlock(block));
}
