import { NetworkError } from '../errors.js';
import { silentLogger, type Logger } from '../logger.js';
import type { StartOptions } from '../fabric/start-options.js';
import { requireFabric } from '../fabric/binaries/version.js';
import { refuseExpired } from '../fabric/certificates.js';
import { joinOrderer } from '../fabric/channel/participation.js';
import { joinPeer } from '../fabric/channel/peer-channel.js';
import { adminEndpoint, openSession, type AdminSession } from '../fabric/channel/department.js';
import { Fleet, type NodeState } from '../fabric/fleet.js';
import { isTransient } from '../fabric/grpc/status-details.js';
import { fleetMembers } from '../fabric/members.js';
import { ProcessRegistry } from '../fabric/node/process-registry.js';
import { retrying } from '../retry.js';
import { nativeStatus, type NativeStatus } from '../fabric/status.js';
import { checkStart } from '../genesis/prepare.js';
import { buildChaincodePackage } from '../lifecycle/chaincode-package.js';
import { CloseStack } from '../supervisor/close-stack.js';
import {
  clearRunning,
  dataFolder,
  lockPrivate,
  writeRunning,
  type DataFolder,
  type RunningNetwork,
} from '../supervisor/data-folder.js';
import { Reaper } from '../supervisor/reaper.js';
import { ordererAddress, peerAddress } from '../topology/nodes.js';
import { ownPart, readDepartmentFolder, type DepartmentFolder } from './department-file.js';

/** `directory` is a folder that was rendered for the department. */
type DepartmentHostOptions = StartOptions;

/** One department's own nodes on its own host, supervised by this process. */
interface DepartmentHost {
  readonly department: string;
  readonly running: RunningNetwork;
  nodes(): readonly NodeState[];
  /** Stops the nodes and releases the folder. */
  close(): Promise<void>;
}

/**
 * Starts one department's orderer (if it has one), peer and chaincode from its rendered folder and joins them to the
 * channel. This needs no node of another department; a failed start leaves no process running.
 * @throws NetworkError FABRIC_*, DATA_FOLDER_UNUSABLE, DATA_FOLDER_LOCKED, GENESIS_MISMATCH, PORT_IN_USE,
 * CERTIFICATE_EXPIRED, NODE_FAILED, CHAINCODE_UNAVAILABLE, ORDERER_REFUSED, PEER_REFUSED
 */
export async function openDepartmentHost(options: DepartmentHostOptions): Promise<DepartmentHost> {
  const host = readDepartmentFolder(dataFolder(options.directory));
  const { folder, topology, department } = host;
  const own = ownPart(topology, department);
  const fabric = await requireFabric({ binDir: options.binDir });
  await checkStart(own, folder, { nodePorts: true });
  refuseExpired(own, folder, new Date());
  const closers = new CloseStack();
  const giveUp = () => void closers.close().catch(() => undefined);
  options.signal?.addEventListener('abort', giveUp);
  try {
    const lock = await lockPrivate(folder);
    closers.add(() => lock.release());
    const { registry, closeReaper } = openRegistry(folder, options.logger ?? silentLogger);
    closers.add(closeReaper);
    const { packageId } = buildChaincodePackage(topology.chaincode.label, topology.chaincode);
    const fleet = new Fleet(fleetMembers({ topology: own, folder, fabric }, packageId, registry));
    closers.add(() => fleet.close());
    await start(host, fleet, progressOf(options));
    return {
      department: department.id,
      running: announce(host, closers),
      nodes: () => fleet.states(),
      close: () => closers.close(),
    };
  } catch (error) {
    await closers.close();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
}

function openRegistry(folder: DataFolder, logger: Logger) {
  const reaper = new Reaper();
  const registry = new ProcessRegistry(folder, logger, (pid, alive) => {
    reaper.note(pid, alive);
  });
  return { registry, closeReaper: () => reaper.close() };
}

function progressOf({ progress, signal }: DepartmentHostOptions): (text: string) => void {
  return (text) => {
    if (signal?.aborted === true) {
      throw new NetworkError('CLOSED', 'The start was given up; nothing is left running.');
    }
    progress?.(text);
  };
}

async function start(
  host: DepartmentFolder,
  fleet: Fleet,
  progress: (text: string) => void,
): Promise<void> {
  const { department } = host;
  progress(`Starting the nodes of ${department.id}`);
  await Promise.all([
    fleet.startAll('orderer'),
    fleet.startAll('peer'),
    fleet.startAll('chaincode'),
  ]);
  await join(host, progress);
}

/**
 * Joins a department's running nodes to the channel of its genesis block; does nothing for nodes that have joined.
 * @throws NetworkError ORDERER_UNAVAILABLE, ORDERER_REFUSED, ACCESS_DENIED, PEER_REFUSED
 */
export async function joinChannel(
  directory: string,
  progress: (text: string) => void,
): Promise<DepartmentFolder> {
  const host = readDepartmentFolder(dataFolder(directory));
  await join(host, progress);
  return host;
}

/** The services of a systemd target start together: the joining service may run before the nodes listen. */
const joinWithin = 60_000;

async function join(host: DepartmentFolder, progress: (text: string) => void): Promise<void> {
  const { folder, topology, department, genesisBlock } = host;
  if (department.orderer) {
    progress(`The orderer of ${department.id} joins ${topology.channel}`);
    await joinOrderer(adminEndpoint(topology, folder, department), topology.channel, genesisBlock);
  }
  progress(`The peer of ${department.id} joins ${topology.channel}`);
  await withSession(host, ({ peer, admin }) =>
    retrying(() => joinPeer(peer, admin, topology.channel, genesisBlock), isTransient, joinWithin),
  );
}

/** Runs an operation as the department's administrator at its own peer. */
export async function withSession<T>(
  { topology, folder, department }: DepartmentFolder,
  act: (session: AdminSession) => Promise<T>,
): Promise<T> {
  const session = openSession(topology, folder, department);
  try {
    return await act(session);
  } finally {
    session.peer.close();
  }
}

/** The state of the department's own nodes. */
export async function departmentStatus(directory: string): Promise<NativeStatus> {
  const { folder, topology, department } = readDepartmentFolder(dataFolder(directory));
  return await nativeStatus(ownPart(topology, department), folder);
}

function announce(
  { topology, folder, department, genesisHash }: DepartmentFolder,
  closers: CloseStack,
): RunningNetwork {
  const running: RunningNetwork = {
    pid: process.pid,
    engine: 'fabric',
    startedAt: new Date().toISOString(),
    channel: topology.channel,
    genesisHash,
    peers: { [department.mspId]: peerAddress(department) },
    orderers: department.orderer ? [ordererAddress(department)] : [],
  };
  writeRunning(folder, running);
  closers.add(() => {
    clearRunning(folder);
  });
  return running;
}
