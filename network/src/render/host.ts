import { resolve } from 'node:path';
import type { Text } from '@yici/terminal';
import { notInForceWords } from '../channel/settings.js';
import { silentLogger } from '../logger.js';
import type { StartOptions } from '../fabric/start-options.js';
import { requireFabric } from '../fabric/binaries/version.js';
import { configAt } from '../fabric/channel/definition.js';
import { membershipOf, type Membership } from '../fabric/channel/membership.js';
import { joinOrderer } from '../fabric/channel/participation.js';
import { joinPeer } from '../fabric/channel/peer-channel.js';
import { readSnapshot, takeSnapshot, type Snapshot } from '../fabric/channel/snapshot.js';
import { adminEndpoint, openSession, type AdminSession } from '../fabric/channel/department.js';
import { Fleet, type NodeState } from '../fabric/fleet.js';
import { named } from '../fabric/grpc/named.js';
import { isTransient } from '../fabric/grpc/status-details.js';
import { fleetMembers } from '../fabric/members.js';
import { nodeFolder } from '../fabric/node/layout.js';
import { openRegistry } from '../fabric/node/process-registry.js';
import { serveRequests } from '../fabric/requests.js';
import { inTime, retrying } from '../retry.js';
import {
  areWell,
  nativeStatus,
  type NativeNodeStatus,
  type NativeStatus,
} from '../fabric/status.js';
import { checkStart } from '../genesis/prepare.js';
import { refuseExpired } from '../pki/held.js';
import { departmentPaths } from '../pki/layout.js';
import { finishReplacing, forgetPrevious } from '../pki/replace.js';
import { packageOf } from '../lifecycle/chaincode-code.js';
import { dataFolder, type RunningNetwork } from '../supervisor/data-folder.js';
import { announce, opening } from '../supervisor/opening.js';
import { ordererAddress, peerAddress } from '../topology/nodes.js';
import { ownPart, readDepartmentFolder, type DepartmentFolder } from './department-file.js';

/** One department's own nodes on its own host, supervised by this process. */
interface DepartmentHost {
  readonly department: string;
  readonly running: RunningNetwork;
  nodes(): readonly NodeState[];
  /** Stops the nodes and releases the folder. */
  close(): Promise<void>;
}

interface HostOptions extends StartOptions {
  /** Folder of another peer's snapshot by which a peer without a channel begins, instead of with block 0. */
  readonly snapshot?: string | undefined;
}

/**
 * Starts one department's orderer (if it has one), peer and chaincode from its rendered folder and joins them to the
 * channel. This needs no node of another department; a failed start leaves no process running.
 * @throws NetworkError FABRIC_*, DATA_FOLDER_UNUSABLE, DATA_FOLDER_LOCKED, GENESIS_MISMATCH, PORT_IN_USE,
 * CERTIFICATE_EXPIRED, NODE_FAILED, CHAINCODE_UNAVAILABLE, ORDERER_REFUSED, PEER_REFUSED
 */
export async function openDepartmentHost(options: HostOptions): Promise<DepartmentHost> {
  const host = readDepartmentFolder(dataFolder(options.directory));
  const { folder, topology, department } = host;
  const own = ownPart(topology, department);
  const fabric = await requireFabric({ binDir: options.binDir });
  await checkStart(own, folder, { nodePorts: true });
  const { root } = departmentPaths(folder.root, department.id);
  finishReplacing(root);
  refuseExpired(own, folder.root, new Date());
  return opening(folder, options, async ({ closers, progress }) => {
    const registry = openRegistry(folder, options.logger ?? silentLogger, closers);
    const { packageId } = packageOf(topology.chaincode);
    const fleet = new Fleet(fleetMembers({ topology: own, folder, fabric }, packageId, registry));
    closers.add(() => fleet.close());
    await start(host, fleet, progress, options.snapshot);
    closers.add(await serveRequests(folder, { restart: (name) => fleet.restart(name) }));
    const running = announce(folder, closers, {
      engine: 'fabric',
      channel: topology.channel,
      genesisHash: host.genesisHash,
      peers: { [department.mspId]: peerAddress(department) },
      orderers: department.orderer ? [ordererAddress(department)] : [],
    });
    const nodes = () => fleet.states();
    return { department: department.id, running, nodes, close: () => closers.close() };
  });
}

async function start(
  host: DepartmentFolder,
  fleet: Fleet,
  progress: (text: Text) => void,
  snapshot: string | undefined,
): Promise<void> {
  const { department } = host;
  progress({
    zh: `正在启动 ${department.id} 的节点`,
    en: `Starting the nodes of ${department.id}`,
  });
  await Promise.all([
    fleet.startAll('orderer'),
    fleet.startAll('peer'),
    fleet.startAll('chaincode'),
  ]);
  await join(host, progress, snapshot);
}

/**
 * Joins a department's running nodes to the channel of its genesis block; does nothing for nodes that have joined. With a
 * snapshot of another peer its own begins with that instead of with block 0.
 * @throws NetworkError ORDERER_UNAVAILABLE, ORDERER_REFUSED, ACCESS_DENIED, PEER_REFUSED
 */
export async function joinChannel(
  directory: string,
  progress: (text: Text) => void,
  snapshot?: string,
): Promise<DepartmentFolder> {
  const host = readDepartmentFolder(dataFolder(directory));
  await join(host, progress, snapshot);
  return host;
}

/** The services of a systemd target start together: the joining service may run before the nodes listen. */
const joinWithin = 60_000;

async function join(
  host: DepartmentFolder,
  progress: (text: Text) => void,
  from: string | undefined,
): Promise<void> {
  const { folder, topology, department, genesisBlock } = host;
  // The peer opens it by this path.
  const snapshot = from === undefined ? undefined : readSnapshot(resolve(from), topology.channel);
  if (department.orderer) {
    progress({
      zh: `${department.id} 的排序节点加入 ${topology.channel}`,
      en: `The orderer of ${department.id} joins ${topology.channel}`,
    });
    await joinOrderer(adminEndpoint(topology, folder, department), topology.channel, genesisBlock);
  }
  progress({
    zh: `${department.id} 的对等节点加入 ${topology.channel}`,
    en: `The peer of ${department.id} joins ${topology.channel}`,
  });
  const { channel } = topology;
  await withSession(host, async (session) => {
    const joining = () => joinPeer(session, channel, genesisBlock, snapshot);
    // A peer that begins has the first block's configuration at most.
    if (!(await retrying(joining, isTransient, joinWithin))) return;
    notInForceWords(topology, await configAt(session, channel)).forEach(progress);
  });
  forgetPrevious(departmentPaths(folder.root, department.id).root);
}

/** Has the department's own peer write a snapshot of the channel. Errors as {@link takeSnapshot}. */
export async function snapshotOfOwnPeer(
  directory: string,
  progress: (text: Text) => void,
): Promise<Snapshot> {
  const host = readDepartmentFolder(dataFolder(directory));
  const { topology, folder, department } = host;
  progress({
    zh: `${department.id} 的对等节点正在写快照`,
    en: `The peer of ${department.id} writes a snapshot`,
  });
  const { data } = nodeFolder(folder, department, 'peer');
  return await withSession(host, (session) => takeSnapshot(session, topology.channel, data));
}

/**
 * Runs an operation as the department's administrator at its own peer.
 * @throws NetworkError PEER_UNAVAILABLE, PEER_REFUSED in place of what the connection says
 */
export async function withSession<T>(
  { topology, folder, department }: DepartmentFolder,
  act: (session: AdminSession) => Promise<T>,
): Promise<T> {
  const session = openSession(topology, folder, department);
  const what = {
    zh: `在 ${department.id} 的节点上的操作`,
    en: `What was asked of the peer of ${department.id}`,
  };
  try {
    return await named(what, () => act(session));
  } finally {
    session.peer.close();
  }
}

/** How long the channel's members are asked for, in milliseconds: a peer that hangs is to be known within five seconds. */
const membersWithin = 3_000;

/**
 * The state of the department's own nodes; of the whole network as far as its public endpoints tell, if asked for: of the
 * departments that the channel has, whatever the folder's topology still names.
 */
export async function departmentStatus(
  directory: string,
  { network = false }: { readonly network?: boolean } = {},
): Promise<NativeStatus> {
  const host = readDepartmentFolder(dataFolder(directory));
  const { folder, topology, department } = host;
  const own = ownPart(topology, department);
  const [status, membership] = await Promise.all([
    nativeStatus(own, folder, network ? topology : undefined),
    inTime(
      withSession(host, (session) => membershipOf(session, topology.channel)),
      membersWithin,
    ),
  ]);
  return membership === undefined ? status : asMember(status, host, membership);
}

function asMember(
  status: NativeStatus,
  { topology: { departments }, department }: DepartmentFolder,
  { isOut, members }: Membership,
): NativeStatus {
  // A peer of another release answers that the channel is not there, whoever is in it.
  if (isOut && status.nodes.some(({ problems }) => problems.includes('otherFabric'))) return status;
  const left = departments.filter(
    ({ id, mspId }) => id !== department.id && !members.includes(mspId),
  );
  const nodes = status.nodes
    .filter((node) => isOut || !left.some(({ id }) => id === node.department))
    .map((node) => (isOut && node.kind !== 'chaincode' ? ofRemoved(node, department.id) : node));
  return { ...status, nodes, well: areWell(nodes) };
}

/** Whatever else is wrong with a node of a department that is out follows from that. */
function ofRemoved(node: NativeNodeStatus, department: string): NativeNodeStatus {
  return node.department === department ? { ...node, problems: ['removed'] } : node;
}
