import { stringify } from 'yaml';
import type { Text } from '@yici/terminal';
import { packageOf } from '../lifecycle/chaincode-code.js';
import { writeIfChanged } from '../atomic.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { readTopology } from '../topology/load.js';
import type { Topology } from '../topology/schema.js';
import { upgraded, type ChaincodeChange } from './chaincode-change.js';
import { definitionAt } from './channel/definition.js';
import {
  approvedPackageAt,
  approveOnChannel,
  commitOnChannel,
  sequenceOnChannel,
} from './channel/deploy.js';
import { untilUsable } from './channel/ready.js';
import type { AdminSession } from './channel/department.js';
import type { Fleet } from './fleet.js';
import { chaincodeMembers } from './members.js';
import type { ProcessRegistry } from './node/process-registry.js';

interface Upgrade {
  readonly topology: Topology;
  readonly folder: DataFolder;
  readonly sessions: readonly AdminSession[];
  readonly fleet: Fleet;
  readonly registry: ProcessRegistry;
  readonly progress: (text: Text) => void;
}

/**
 * Deploys the next sequence of the chaincode and restarts every department's chaincode process with the new code;
 * returns the topology then in force. With the same label and code the package is unchanged, and the processes are replaced one
 * after the other while the others serve; with another package all are replaced at once, with a short interruption.
 * @throws NetworkError TOPOLOGY_INVALID and as approveOnChannel, CHAINCODE_UNAVAILABLE, CHANNEL_NOT_READY
 */
export async function upgradeOnChannel(
  upgrade: Upgrade,
  change: ChaincodeChange,
): Promise<Topology> {
  const { folder, progress } = upgrade;
  const running = withoutRemoved(upgrade.topology, folder);
  const sessions = upgrade.sessions.filter(({ mspId }) => isIn(running, mspId));
  const [first] = sessions;
  if (first === undefined) return upgrade.topology;
  const { channel, chaincode: before } = running;
  const sequence = await sequenceOnChannel(first, before.name);
  const served = await approvedPackageAt(first, channel, { name: before.name, sequence });
  const topology = upgraded(running, change, sequence);
  const definition = await definitionAt(first, topology);
  const made = packageOf(topology.chaincode);
  const deployment = { channel, sessions, definition, package: made, progress };
  await approveOnChannel(deployment);
  // Before the commit, so that the next start completes the upgrade after a crash.
  // What changes of the channel wrote there meanwhile stays.
  const { chaincode } = topology;
  const stored = readTopology(folder.topology, 'fabric');
  writeIfChanged(folder.topology, stringify({ ...stored, chaincode }));
  await commitOnChannel(deployment);
  await replaceProcesses(upgrade, topology, made.packageId, made.packageId === served);
  progress({
    zh: `等待各节点均可使用 ${definition.name}`,
    en: `Waiting until ${definition.name} can be used at every peer`,
  });
  await untilUsable(definition, sessions, folder);
  return topology;
}

/** What runs, less the departments that the channel has removed meanwhile: the folder's topology follows such changes. */
function withoutRemoved(running: Topology, folder: DataFolder): Topology {
  const stored = readTopology(folder.topology, 'fabric');
  const departments = running.departments.filter(({ mspId }) => isIn(stored, mspId));
  return { ...running, departments };
}

const isIn = ({ departments }: Topology, mspId: string): boolean =>
  departments.some((each) => each.mspId === mspId);

async function replaceProcesses(
  { fleet, folder, registry, progress }: Upgrade,
  topology: Topology,
  packageId: string,
  inTurn: boolean,
): Promise<void> {
  const members = chaincodeMembers({ topology, folder }, packageId, registry);
  progress({
    zh: `正在更换 ${members.length} 个链码进程`,
    en: `Replacing ${members.length} chaincode processes`,
  });
  if (inTurn) for (const member of members) await fleet.replace(member);
  else await Promise.all(members.map((member) => fleet.replace(member)));
}
