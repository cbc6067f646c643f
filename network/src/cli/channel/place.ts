import type { Words } from '@yici/domain/model';
import { isBft, type ChannelConfig } from '@yici/ledger';
import { configAt } from '../../fabric/channel/definition.js';
import type { AdminSession } from '../../fabric/channel/department.js';
import { silentConsenters, type Look } from '../../fabric/channel/signing.js';
import { reachableSession } from '../../fabric/export.js';
import { named } from '../../fabric/grpc/named.js';
import { isTransient } from '../../fabric/grpc/status-details.js';
import { readDepartmentFile } from '../../render/department-file.js';
import { retrying } from '../../retry.js';
import type { Topology } from '../../topology/schema.js';
import type { CommandContext } from '../context.js';
import { ownTopology } from '../keys/identities.js';

export interface DepartmentOption {
  readonly department?: string;
}

/** The folder's network, and access to one peer of it. */
interface Place {
  readonly topology: Topology;
  readonly session: AdminSession;
  readonly config: ChannelConfig;
}

/** Runs an operation at the folder's own peer, or that of the named department. */
export async function at<T>(
  { folder }: CommandContext,
  { department }: DepartmentOption,
  act: (place: Place) => Promise<T>,
): Promise<T> {
  const topology = ownTopology(folder);
  const own = department ?? readDepartmentFile(folder.root)?.department;
  const session = await reachableSession(topology, folder, own);
  try {
    return await named({ zh: `读取通道 ${topology.channel} `, en: topology.channel }, async () =>
      act({ topology, session, config: await configAt(session, topology.channel) }),
    );
  } finally {
    session.peer.close();
  }
}

/** What a department is called; one that the topology does not know by its MSP id. */
export const namesIn =
  ({ departments }: Topology) =>
  (mspId: string): Words => {
    const known = departments.find((each) => each.mspId === mspId);
    if (known === undefined) return { zh: mspId, en: mspId };
    return { zh: `${known.name.zh}（${mspId}）`, en: `${known.name.en} (${mspId})` };
  };

/** Numbers of the consenters that do not sign blocks; none where blocks carry one orderer's signature only. */
export const silentOf = (
  session: AdminSession,
  config: ChannelConfig,
  { chaincode }: Topology,
  look: Look,
) =>
  isBft(config) ? silentConsenters(session, config, chaincode.name, look) : Promise.resolve([]);

/** Orderers that start again choose a leader anew, which takes a while. */
const answersWithin = 60_000;

/** Where one has yet to be started no block may come before it is, and whoever starts it waits for this. */
export const answersWithout = 25_000;

/** {@link silentOf}, asked again while orderers start. */
export const silentOnceTheyAnswer = (
  ...[session, config, topology, look, within = answersWithin]: [
    ...Parameters<typeof silentOf>,
    within?: number,
  ]
) => retrying(() => silentOf(session, config, topology, look), isTransient, within);

export function silentText(
  id: number,
  { consenters }: ChannelConfig,
  nameOf: (mspId: string) => Words,
): Words {
  const { zh, en } = nameOf(consenters.find((each) => each.id === id)?.mspId ?? '');
  return {
    zh: `排序节点 ${id}，${zh}，没有签署区块：请该部门启动或者重启该节点，仍不签署的，查看其日志。`,
    en: `Consenter ${id} of ${en} does not sign blocks: have it started, or started again; if it still does not, look into its log.`,
  };
}
