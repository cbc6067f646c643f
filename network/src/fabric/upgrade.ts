import { stringify } from 'yaml';
import { buildChaincodePackage } from '../lifecycle/chaincode-package.js';
import { writeIfChanged } from '../atomic.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import type { Topology } from '../topology/schema.js';
import { upgraded, type ChaincodeChange } from './chaincode-change.js';
import { definitionAt } from './channel/definition.js';
import { approveOnChannel, commitOnChannel, sequenceOnChannel } from './channel/deploy.js';
import { untilUsable } from './channel/ready.js';
import type { DepartmentDesk } from './channel/department.js';
import type { Fleet } from './fleet.js';
import { chaincodeMembers } from './members.js';
import type { ProcessRegistry } from './node/process-registry.js';

interface Upgrade {
  readonly topology: Topology;
  readonly folder: DataFolder;
  readonly desks: readonly DepartmentDesk[];
  readonly fleet: Fleet;
  readonly registry: ProcessRegistry;
  readonly progress: (text: string) => void;
}

/**
 * Brings the next sequence of the chaincode onto the channel and its new code into every department's process; answers the
 * topology that is in force then. With the same label the package stays the same, and the processes are replaced one after
 * the other while the others serve; with another label all change at once, which nobody can use for a moment.
 * @throws NetworkError TOPOLOGY_INVALID and as approveOnChannel, CHAINCODE_UNAVAILABLE, CHANNEL_NOT_READY
 */
export async function upgradeOnChannel(
  upgrade: Upgrade,
  change: ChaincodeChange,
): Promise<Topology> {
  const { desks, folder, progress } = upgrade;
  const [first] = desks;
  if (first === undefined) return upgrade.topology;
  const before = upgrade.topology.chaincode;
  const topology = upgraded(upgrade.topology, change, await sequenceOnChannel(first, before.name));
  const definition = await definitionAt(first, topology);
  const made = buildChaincodePackage(topology.chaincode.label, topology.chaincode);
  const deployment = { channel: topology.channel, desks, definition, package: made, progress };
  await approveOnChannel(deployment);
  // Before the commit, so that a crash in between is made good by the next start.
  writeIfChanged(folder.topology, stringify(topology));
  await commitOnChannel(deployment);
  await replaceProcesses(upgrade, topology, made.packageId);
  progress(`Waiting until ${definition.name} can be used at every peer`);
  await untilUsable(definition.name, desks);
  return topology;
}

async function replaceProcesses(
  { fleet, folder, registry, progress, topology: before }: Upgrade,
  topology: Topology,
  packageId: string,
): Promise<void> {
  const members = chaincodeMembers({ topology, folder }, packageId, registry);
  progress(`Replacing ${members.length} chaincode processes`);
  if (before.chaincode.label === topology.chaincode.label) {
    for (const member of members) await fleet.replace(member);
  } else await Promise.all(members.map((member) => fleet.replace(member)));
}
