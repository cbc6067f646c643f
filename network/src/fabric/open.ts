import { join } from 'node:path';
import type { Text } from '@yici/terminal';
import { notInForceWords } from '../channel/settings.js';
import { silentLogger, type Logger } from '../logger.js';
import {
  checkStart,
  prepareFolder,
  plainRootsNotice,
  resolveTopology,
  type PreparedNetwork,
  type TopologySource,
} from '../genesis/prepare.js';
import { packageOf } from '../lifecycle/chaincode-code.js';
import type { ChaincodePackage } from '../lifecycle/chaincode-package.js';
import { writeIdentity } from '../identity/export.js';
import { refuseExpired } from '../pki/held.js';
import { departmentPaths } from '../pki/layout.js';
import { readUser } from '../pki/read.js';
import { forgetPrevious } from '../pki/replace.js';
import type { CloseStack } from '../supervisor/close-stack.js';
import { dataFolder, type RunningNetwork } from '../supervisor/data-folder.js';
import { announce, opening, type OpenNetwork } from '../supervisor/opening.js';
import {
  allUsers,
  consenters,
  findDepartment,
  ordererAddress,
  peerAddress,
} from '../topology/nodes.js';
import type { FabricInstallation } from './binaries/locate.js';
import { requireFabric } from './binaries/version.js';
import type { ChaincodeChange } from './chaincode-change.js';
import { configAt, definitionAt } from './channel/definition.js';
import { approveOnChannel, commitOnChannel } from './channel/deploy.js';
import { joinOrderer } from './channel/participation.js';
import { joinPeer } from './channel/peer-channel.js';
import { untilPeersDiscovered, untilLeaderElected, untilUsable } from './channel/ready.js';
import {
  adminEndpoint,
  openSession,
  peerEndpoint,
  type AdminSession,
} from './channel/department.js';
import { Fleet, type NodeState } from './fleet.js';
import { writeGatewayConfig } from './gateway-config.js';
import type { FabricPeer, PeerEndpoint } from './grpc/peer-client.js';
import { named } from './grpc/named.js';
import { isTransient } from './grpc/status-details.js';
import { fleetMembers } from './members.js';
import { openRegistry, type ProcessRegistry } from './node/process-registry.js';
import { operationsAddress } from './node/processes.js';
import type { SettingsChoice } from './node/settings.js';
import { retrying } from '../retry.js';
import { inTurn, serveRequests } from './requests.js';
import type { StartOptions } from './start-options.js';
import { upgradeOnChannel } from './upgrade.js';

/** `directory` is the data folder; it is made when it is not there. */
interface FabricNetworkOptions extends StartOptions, Omit<TopologySource, 'engine'> {
  /** `sample`: nodes with the settings of Fabric's release, and chaincode that logs at info; for comparisons. */
  readonly settings?: SettingsChoice;
}

/** Every department's own peer, orderer and chaincode as native processes, supervised by this process. */
export interface FabricNetwork extends OpenNetwork {
  /** A department's own peer over gRPC. @throws NetworkError IDENTITY_UNKNOWN */
  peer(mspId: string): FabricPeer;
  /** Address, TLS host name and TLS root of that peer, for any client. @throws NetworkError IDENTITY_UNKNOWN */
  endpoint(mspId: string): PeerEndpoint;
  /** Every process: `orderer0.<department>`, `peer0.<department>`, `chaincode.<department>`. */
  nodes(): readonly NodeState[];
  /** Stops one process; it is not restarted. Rejects with NetworkError IDENTITY_UNKNOWN. */
  stopNode(name: string): Promise<void>;
  /** Starts a stopped process and waits until it is healthy. Rejects with NetworkError NODE_FAILED, CHAINCODE_UNAVAILABLE. */
  startNode(name: string): Promise<void>;
  /**
   * Deploys the next sequence of the chaincode, approved by every department, and restarts every department's chaincode
   * process with the new code. Errors as upgradeChaincode.
   */
  upgrade(change: ChaincodeChange, progress?: (text: Text) => void): Promise<void>;
}

/**
 * Starts a topology on native Fabric: creates missing keys and the genesis block, starts every department's orderer, peer and
 * chaincode, joins them to the channel, and at the first start has every department install, approve and commit the chaincode
 * with its own key. All checks come before the first process is started; a failed start leaves no process running.
 * @throws NetworkError FABRIC_*, TOPOLOGY_INVALID, GENESIS_MISMATCH, PORT_IN_USE, DATA_FOLDER_LOCKED, DATA_FOLDER_UNUSABLE,
 * CERTIFICATE_EXPIRED, NODE_FAILED, CHAINCODE_UNAVAILABLE, CHANNEL_NOT_READY, and as approveOnChannel
 */
export async function openFabricNetwork(options: FabricNetworkOptions): Promise<FabricNetwork> {
  const folder = dataFolder(options.directory);
  const topology = await resolveTopology({ ...options, engine: 'fabric' }, folder);
  const fabric = await requireFabric({ binDir: options.binDir });
  await checkStart(topology, folder, { nodePorts: true });
  return opening(folder, options, (start) => {
    start.progress({ zh: `正在准备 ${folder.root}`, en: `Preparing ${folder.root}` });
    const prepared = prepareFolder(topology, folder, new Date());
    if (prepared.made.length > 0) start.progress(plainRootsNotice);
    refuseExpired(topology, folder.root, new Date());
    const { signal, settings, logger = silentLogger } = options;
    return open({ ...start, prepared, fabric, logger, signal, settings });
  });
}

interface Opening {
  readonly prepared: PreparedNetwork;
  readonly fabric: FabricInstallation;
  readonly closers: CloseStack;
  readonly logger: Logger;
  readonly progress: (text: Text) => void;
  readonly signal: AbortSignal | undefined;
  readonly settings: SettingsChoice | undefined;
}

/** What failed, where a node refuses. */
const doing = {
  join: { zh: '加入通道', en: 'Joining the channel' },
  deploy: { zh: '部署链码', en: 'Deploying the chaincode' },
  upgrade: { zh: '升级链码', en: 'The upgrade' },
};

async function open(opening: Opening): Promise<FabricNetwork> {
  const { topology, folder } = opening.prepared;
  const chaincode = packageOf(topology.chaincode);
  const { fleet, registry } = openFleet(opening, chaincode);
  const sessions = openSessions(opening);
  await named(doing.join, () => startNodes(opening, fleet, sessions));
  await named(doing.deploy, () => deploy(opening, sessions, chaincode));
  for (const { user } of allUsers(topology)) {
    writeIdentity(topology, folder.root, user.name, join(folder.identities, user.name));
  }
  writeGatewayConfig(topology, folder);
  for (const { id } of topology.departments) forgetPrevious(departmentPaths(folder.root, id).root);
  opening.progress({ zh: `${topology.channel} 已就绪`, en: `${topology.channel} is up` });
  let inForce = topology;
  const upgrade = inTurn(async (change, progress) => {
    const work = { topology: inForce, folder, sessions, fleet, registry, progress };
    inForce = await named(doing.upgrade, () => upgradeOnChannel(work, change));
  });
  opening.closers.add(
    await serveRequests(folder, { upgrade, restart: (name) => fleet.restart(name) }),
  );
  return {
    get topology() {
      return inForce;
    },
    channel: topology.channel,
    genesisHash: opening.prepared.genesisHash,
    running: announced(opening),
    ...accessTo(opening, sessions),
    nodes: () => fleet.states(),
    stopNode: (name) => fleet.stop(name),
    startNode: (name) => fleet.start(name),
    upgrade: (change, progress = () => undefined) => upgrade(change, progress),
    close: () => opening.closers.close(),
  };
}

function accessTo({ prepared }: Opening, sessions: readonly AdminSession[]) {
  const { topology, folder } = prepared;
  const byMsp = new Map(sessions.map((session) => [session.mspId, session.peer]));
  return {
    peer: (mspId: string) => {
      const peer = byMsp.get(mspId);
      // findDepartment throws for an MSP id that the topology does not contain.
      return peer ?? openSession(topology, folder, findDepartment(topology, mspId)).peer;
    },
    endpoint: (mspId: string) => peerEndpoint(topology, folder, findDepartment(topology, mspId)),
    identity: (user: string) => Promise.resolve().then(() => readUser(topology, folder.root, user)),
  };
}

function openFleet(
  { prepared, fabric, closers, logger, settings }: Opening,
  chaincode: ChaincodePackage,
): { readonly fleet: Fleet; readonly registry: ProcessRegistry } {
  const { topology, folder } = prepared;
  const registry = openRegistry(folder, logger, closers);
  const nodes = { topology, folder, fabric, settings };
  const fleet = new Fleet(fleetMembers(nodes, chaincode.packageId, registry));
  closers.add(() => fleet.close());
  return { fleet, registry };
}

function openSessions({ prepared: { topology, folder }, closers }: Opening): AdminSession[] {
  return topology.departments.map((department) => {
    const session = openSession(topology, folder, department);
    closers.add(() => session.peer.close());
    return session;
  });
}

/** Starts everything concurrently; orderers join first, because peers fetch blocks from them. */
async function startNodes(
  { prepared, progress }: Opening,
  fleet: Fleet,
  sessions: readonly AdminSession[],
): Promise<void> {
  const { topology, folder, genesisBlock } = prepared;
  const ordering = consenters(topology);
  progress({
    zh: `正在启动 ${ordering.length} 个排序节点、${sessions.length} 个对等节点及其链码`,
    en: `Starting ${ordering.length} orderers, ${sessions.length} peers and their chaincode`,
  });
  const chaincodes = fleet.startAll('chaincode');
  const peers = fleet.startAll('peer');
  // Awaited below; until then a rejection must not count as unhandled.
  chaincodes.catch(() => undefined);
  peers.catch(() => undefined);
  await fleet.startAll('orderer');
  progress({ zh: `排序节点加入 ${topology.channel}`, en: `Orderers join ${topology.channel}` });
  await Promise.all(
    ordering.map((each) =>
      joinOrderer(adminEndpoint(topology, folder, each), topology.channel, genesisBlock),
    ),
  );
  await peers;
  progress({ zh: `对等节点加入 ${topology.channel}`, en: `Peers join ${topology.channel}` });
  // One after the other, so that each finds the earlier ones on the channel. Two peers that join concurrently reject
  // each other's connections, since neither knows the other's department yet, and connect only when gossip retries.
  for (const session of sessions) {
    const join = () => joinPeer(session, topology.channel, genesisBlock);
    await retrying(join, isTransient, joinWithin);
  }
  await chaincodes;
}

/** A peer reports healthy shortly before it accepts calls. */
const joinWithin = 60_000;

async function deploy(
  { prepared: { topology, folder }, progress, signal }: Opening,
  sessions: readonly AdminSession[],
  chaincode: ChaincodePackage,
): Promise<void> {
  progress({
    zh: '等待选出主节点、节点互通',
    en: 'Waiting for a leader and for the peers to meet',
  });
  const ordering = consenters(topology).map((each) => operationsAddress(each, 'orderer'));
  const peers = topology.departments.map((each) => operationsAddress(each, 'peer'));
  await Promise.all([
    untilLeaderElected(topology, ordering, signal),
    untilPeersDiscovered(topology, peers, signal),
  ]);
  const [first] = sessions;
  if (first === undefined) return;
  const definition = await definitionAt(first, topology);
  const { channel } = topology;
  const deployment = { channel, sessions, definition, package: chaincode, progress };
  if (await approveOnChannel(deployment)) await commitOnChannel(deployment);
  notInForceWords(topology, await configAt(first, channel)).forEach(progress);
  progress({
    zh: `等待各节点均可使用 ${definition.name}`,
    en: `Waiting until ${definition.name} can be used at every peer`,
  });
  await untilUsable(definition, sessions, folder);
}

function announced({ prepared, closers, logger }: Opening): RunningNetwork {
  const { topology, folder, genesisHash } = prepared;
  const running = announce(folder, closers, {
    engine: 'fabric',
    channel: topology.channel,
    genesisHash,
    peers: Object.fromEntries(topology.departments.map((each) => [each.mspId, peerAddress(each)])),
    orderers: consenters(topology).map(ordererAddress),
  });
  logger.info({ channel: running.channel, genesisHash }, 'network is up');
  return running;
}
