import { issueAt } from '@yici/terminal/issues';
import { readTopology, topologyInvalid } from '../../topology/load.js';
import { departmentNamed } from '../../topology/nodes.js';
import type { Topology } from '../../topology/schema.js';
import type { ChaincodeChange } from '../../fabric/chaincode-change.js';
import { definitionAt } from '../../fabric/channel/definition.js';
import { approveAt, commitOnChannel, type Deployment } from '../../fabric/channel/deploy.js';
import { installPackage } from '../../fabric/channel/install.js';
import { openSession, type AdminSession } from '../../fabric/channel/department.js';
import { reachableSession } from '../../fabric/export.js';
import type { NetworkRequest } from '../../fabric/requests.js';
import { named } from '../../fabric/grpc/named.js';
import { packageOf } from '../../lifecycle/chaincode-code.js';
import { present } from '../../present.js';
import { askNetwork, controlPath } from '../../supervisor/control.js';
import type { CommandContext, TopologyOption } from '../context.js';
import { ownTopology } from '../keys/identities.js';

type UpgradeOptions = TopologyOption & Omit<ChaincodeChange, 'initRequired'>;

/** Asks the running network to deploy the next sequence of its chaincode. */
export async function upgradeChaincode(
  { folder, output }: CommandContext,
  options: UpgradeOptions,
): Promise<void> {
  const before = nativeTopology(ownTopology(folder));
  const request: NetworkRequest = { command: 'upgrade', change: changeOf(options) };
  await askNetwork(controlPath(folder), request, output.progress);
  const { name, version, sequence } = ownTopology(folder).chaincode;
  output.result(
    { channel: before.channel, chaincode: { name, version, sequence } },
    {
      zh: `${name} ${version} 已在 ${before.channel} 上提交，序号 ${sequence}。`,
      en: `${name} ${version} is committed on ${before.channel}, sequence ${sequence}.`,
    },
  );
}

/** The changes given by the options; with a topology file, the changes in its chaincode section. */
function changeOf({ topology: file, ...given }: UpgradeOptions): ChaincodeChange {
  const section = file === undefined ? undefined : readTopology(file).chaincode;
  const { version, label, path, policy, collections, sequence } = { ...section, ...given };
  return present({ version, label, path, policy, collections, sequence });
}

interface ApproveOptions extends TopologyOption {
  readonly department: string;
  /** The signing user; default: the department's administrator. */
  readonly as?: string;
}

/** One department's approval, at its own peer, of the topology's definition; for departments on separate hosts. */
export async function approveChaincode(
  { folder, output }: CommandContext,
  options: ApproveOptions,
): Promise<void> {
  const topology = chosenTopology(folder, options);
  const department = departmentNamed(topology, options.department);
  const session = openSession(topology, folder, department, options.as);
  try {
    const deployment = await deploymentOf(topology, session, [session], output.progress);
    await named(
      { zh: `在 ${session.peer.address} 批准`, en: `The approval at ${session.peer.address}` },
      async () => {
        await approveAt(session, deployment);
        await installPackage(session, deployment.package);
      },
    );
    const { name, version, sequence } = deployment.definition;
    const { packageId } = deployment.package;
    output.result(
      { department: department.id, chaincode: { name, version, sequence }, packageId },
      {
        zh: `${department.id} 已批准 ${name} ${version}，序号 ${sequence}，链码包 ${packageId}。`,
        en: `${department.id} has approved ${name} ${version}, sequence ${sequence}, package ${packageId}.`,
      },
    );
  } finally {
    session.peer.close();
  }
}

/** Commits a definition that enough departments have approved, endorsed by all departments whose keys are in the folder. */
export async function commitChaincode(
  { folder, output }: CommandContext,
  options: TopologyOption,
): Promise<void> {
  const topology = chosenTopology(folder, options);
  // Fail at once when nothing runs; from here on an absent peer may be one that is still starting.
  const first = await reachableSession(topology, folder);
  const sessions = topology.departments.map((each) => openSession(topology, folder, each));
  try {
    const deployment = await deploymentOf(topology, first, sessions, output.progress);
    await commitOnChannel(deployment);
    const { name, version, sequence } = deployment.definition;
    output.result(
      { channel: topology.channel, chaincode: { name, version, sequence } },
      {
        zh: `${name} ${version} 已在 ${topology.channel} 上提交，序号 ${sequence}。`,
        en: `${name} ${version} is committed on ${topology.channel}, sequence ${sequence}.`,
      },
    );
  } finally {
    for (const { peer } of [first, ...sessions]) peer.close();
  }
}

async function deploymentOf(
  topology: Topology,
  first: AdminSession,
  sessions: readonly AdminSession[],
  progress: Deployment['progress'],
): Promise<Deployment> {
  return {
    channel: topology.channel,
    sessions,
    definition: await definitionAt(first, topology),
    package: packageOf(topology.chaincode),
    progress,
  };
}

/** The folder's topology, with the chaincode section of the given file. */
function chosenTopology(
  folder: CommandContext['folder'],
  { topology: file }: TopologyOption,
): Topology {
  const made = nativeTopology(ownTopology(folder));
  return file === undefined ? made : { ...made, chaincode: readTopology(file, 'fabric').chaincode };
}

/** @throws NetworkError TOPOLOGY_INVALID */
function nativeTopology(topology: Topology): Topology {
  if (topology.engine === 'fabric') return topology;
  throw topologyInvalid([
    issueAt('engine', {
      zh: '为 embedded：把拓扑文件中的 chaincode.sequence 加一，再执行 up',
      en: 'is embedded: raise chaincode.sequence in the topology and run up again',
    }),
  ]);
}
