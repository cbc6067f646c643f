import { join } from 'node:path';
import { signerOf } from '@yici/keys';
import { encodeIdentity, type ChannelConfig } from '@yici/ledger';
import type { Text } from '@yici/terminal';
import { issueAt } from '@yici/terminal/issues';
import { notInForceWords } from '../../channel/settings.js';
import { NetworkError } from '../../errors.js';
import { orderingDepartments } from '../../genesis/genesis.js';
import {
  checkStart,
  prepareFolder,
  plainRootsNotice,
  resolveTopology,
  type PreparedNetwork,
  type TopologySource,
} from '../../genesis/prepare.js';
import {
  chaincodeServices,
  type ChaincodeServiceSetup,
} from '../../lifecycle/chaincode-service.js';
import { labelOf } from '../../lifecycle/chaincode-package.js';
import { TransactionClient } from '../../lifecycle/client.js';
import { definitionOf } from '../../lifecycle/definition.js';
import {
  submitApproval,
  approvedPackage,
  committedDefinition,
  deploy,
  type Approver,
} from '../../lifecycle/deploy.js';
import { backupArchive } from '../../backup/archive.js';
import { serveBackup } from '../../backup/door.js';
import { writeIdentity } from '../../identity/export.js';
import { departmentPaths } from '../../pki/layout.js';
import { forgetPrevious } from '../../pki/replace.js';
import { readOrderer, readPeer, readTls, readUser, type IdentityFiles } from '../../pki/read.js';
import type { ChaincodeHealth } from '../../supervisor/chaincode-process.js';
import type { CloseStack } from '../../supervisor/close-stack.js';
import { dataFolder, type RunningNetwork } from '../../supervisor/data-folder.js';
import { backupPath } from '../../supervisor/control.js';
import { announce, opening, type OpenNetwork } from '../../supervisor/opening.js';
import { topologyInvalid } from '../../topology/load.js';
import { allUsers } from '../../topology/nodes.js';
import type { Department, Topology } from '../../topology/schema.js';
import { openChannelLedger } from './channel-ledger.js';
import { systemClock, type Clock } from '../../clock.js';
import { silentLogger, type Logger } from '../../logger.js';
import { openEmbeddedPeer, type EmbeddedPeer, type EmbeddedPeerNode } from './peer.js';
import type { ChannelLedger } from '../ports.js';
import type { PeerGateway } from '../services/peer-gateway.js';

interface EmbeddedNetworkOptions extends TopologySource {
  /** The data folder; made when it is not there. */
  readonly directory: string;
  /** Whether the peers and the orderer listen on their ports (gRPC with TLS). Default true. */
  readonly listen?: boolean;
  readonly logger?: Logger;
  readonly clock?: Clock;
  /** Receives a sentence for each step of the start. */
  readonly progress?: (text: Text) => void;
}

/** All departments' peers and one orderer in this process: one machine, and so a single point of trust. */
export interface EmbeddedNetwork extends OpenNetwork {
  /** The department's peer, in process. @throws NetworkError IDENTITY_UNKNOWN */
  peer(mspId: string): PeerGateway;
  /** Number of committed blocks. */
  height(): bigint;
  /** Why the ledger currently refuses transactions (a full disk); undefined while it works. It recovers by itself. */
  failure(): NetworkError | undefined;
  /** Absent when the chaincode is run externally. */
  chaincode(): ChaincodeHealth | undefined;
}

/**
 * Opens the embedded network of a data folder: creates missing keys and the genesis block, opens the ledger and the
 * peers, starts the chaincode, and at the first start approves and commits its definition with each department's own
 * key. All checks come before the first file is written.
 * @throws NetworkError TOPOLOGY_INVALID, GENESIS_MISMATCH, PORT_IN_USE, DATA_FOLDER_LOCKED, DATA_FOLDER_UNUSABLE,
 * BLOCK_FILE_CORRUPT, CHAINCODE_UNAVAILABLE
 */
export async function openEmbeddedNetwork(
  options: EmbeddedNetworkOptions,
): Promise<EmbeddedNetwork> {
  const folder = dataFolder(options.directory);
  const listen = options.listen ?? true;
  const topology = await resolveTopology(options, folder);
  refuseOtherEngine(topology);
  await checkStart(topology, folder, { nodePorts: listen });
  return opening(folder, { progress: options.progress }, (start) => {
    const { clock = systemClock, logger = silentLogger } = options;
    start.progress({ zh: `正在准备 ${folder.root}`, en: `Preparing ${folder.root}` });
    const prepared = prepareFolder(topology, folder, clock());
    if (prepared.made.length > 0) start.progress(plainRootsNotice);
    return open({ ...start, prepared, listen, clock, logger });
  });
}

/** The genesis block of another engine requires signatures of a quorum of consenters, which a single orderer cannot give. */
function refuseOtherEngine({ engine }: Topology): void {
  if (engine === 'embedded') return;
  throw topologyInvalid([
    issueAt('engine', {
      zh: `为 ${engine}，而本命令运行嵌入式引擎`,
      en: `is ${engine}; this command runs the embedded engine`,
    }),
  ]);
}

interface Opening {
  readonly prepared: PreparedNetwork;
  readonly listen: boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly progress: (text: Text) => void;
  readonly closers: CloseStack;
}

const noChaincode = { zh: '拓扑文件没有写明链码。', en: 'No chaincode is named.' };

async function open(opening: Opening): Promise<EmbeddedNetwork> {
  const { prepared, closers, progress } = opening;
  const { topology, folder } = prepared;
  const services = chaincodeServices(topology, folder, opening.logger);
  const [first] = services;
  if (first === undefined) throw new NetworkError('TOPOLOGY_INVALID', noChaincode);
  closers.add(async () => {
    await Promise.all(processes(services).map((process) => process.close()));
  });
  progress({
    zh: `正在启动链码 ${topology.chaincode.name} 并打开账本`,
    en: `Starting chaincode ${topology.chaincode.name} and opening the ledger`,
  });
  // Loading the chaincode process takes as long as all other steps, so they run concurrently.
  const [ledger] = await bothDone(openLedger(opening), startAll(services));
  notInForceWords(topology, ledger.config()).forEach(progress);
  const peer = await openPeers(opening, ledger, services);
  await ensureDeployed(opening, peer, ledger.config(), first.packageId);
  for (const { id } of topology.departments) forgetPrevious(departmentPaths(folder.root, id).root);
  for (const { user } of allUsers(topology)) {
    writeIdentity(topology, folder.root, user.name, join(folder.identities, user.name));
  }
  const running = announced(opening, peer);
  await handOutBackups(opening, ledger);
  return {
    topology,
    channel: topology.channel,
    genesisHash: prepared.genesisHash,
    running,
    peer: (mspId) => peer.gateway(mspId),
    identity: (user) => Promise.resolve().then(() => readUser(topology, folder.root, user)),
    height: () => ledger.height,
    failure: () => ledger.failure,
    chaincode: () => first.process?.health(),
    close: () => closers.close(),
  };
}

async function startAll(services: readonly ChaincodeServiceSetup[]): Promise<void> {
  await Promise.all(processes(services).map((process) => process.start()));
}

function processes(services: readonly ChaincodeServiceSetup[]) {
  return services.flatMap(({ process }) => (process === undefined ? [] : [process]));
}

/** Waits for both even when one fails, so that what the other opened can be closed. */
async function bothDone<A, B>(first: Promise<A>, second: B | Promise<B>): Promise<[A, Awaited<B>]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

async function openLedger({ prepared, closers, ...opening }: Opening): Promise<ChannelLedger> {
  const { topology, folder, genesisBlock } = prepared;
  const [orderer] = orderingDepartments(topology);
  if (orderer === undefined) {
    throw new NetworkError('TOPOLOGY_INVALID', {
      zh: '拓扑文件中没有部门设排序节点（orderer: true）。',
      en: 'No department orders blocks.',
    });
  }
  const ledger = await openChannelLedger(
    {
      directory: folder.embedded,
      channel: topology.channel,
      genesisBlock,
      orderer: signingIdentity(readOrderer(folder.root, orderer)),
    },
    { clock: opening.clock, logger: opening.logger },
  );
  closers.add(() => ledger.close());
  return ledger;
}

async function openPeers(
  { prepared, listen, clock, logger, closers }: Opening,
  ledger: ChannelLedger,
  services: readonly ChaincodeServiceSetup[],
): Promise<EmbeddedPeer> {
  const { topology, folder } = prepared;
  const [orderer] = orderingDepartments(topology);
  const peer = await openEmbeddedPeer({
    ledger,
    peers: new Map(
      topology.departments.map((department) => [
        department.mspId,
        peerNode(folder.root, department, listen),
      ]),
    ),
    ...(listen && orderer !== undefined ? { orderer: ordererDoor(folder.root, orderer) } : {}),
    chaincodes: services,
    packagesDirectory: join(folder.embedded, 'packages'),
    dialTimeoutMs: 15_000,
    windowSeconds: topology.windowSeconds,
    clock,
    logger,
  });
  closers.add(() => peer.close());
  return peer;
}

function peerNode(directory: string, department: Department, listen: boolean): EmbeddedPeerNode {
  const identity = signingIdentity(readPeer(directory, department));
  if (!listen) return identity;
  const { certificatePem, keyPem } = readTls(departmentPaths(directory, department.id).peer.tls);
  return {
    ...identity,
    listen: { host: department.host, port: department.ports.peer },
    tls: { cert: certificatePem, key: keyPem },
  };
}

function ordererDoor(directory: string, department: Department) {
  const { certificatePem, keyPem } = readTls(departmentPaths(directory, department.id).orderer.tls);
  return {
    listen: { host: department.host, port: department.ports.orderer ?? 0 },
    tls: { cert: certificatePem, key: keyPem },
  };
}

function signingIdentity({ mspId, certificatePem, keyPem }: IdentityFiles) {
  return { identity: encodeIdentity(mspId, certificatePem), sign: signerOf(keyPem) };
}

/** Approves and commits the topology's definition when the channel's is older. */
async function ensureDeployed(
  { prepared, clock, progress }: Opening,
  peer: EmbeddedPeer,
  config: ChannelConfig,
  packageId: string,
): Promise<void> {
  const { topology, folder } = prepared;
  const approvers = topology.departments.map(({ id, mspId }): Approver => {
    const identity = readUser(topology, folder.root, `${id}.admin`);
    const client = new TransactionClient({
      channel: topology.channel,
      gateway: peer.gateway(mspId),
      identity,
      now: clock,
    });
    return { mspId, client };
  });
  const [first] = approvers;
  if (first === undefined) return;
  const committed = await committedDefinition(first.client, topology.chaincode.name);
  const definition = definitionOf(topology, config, committed);
  if (committed?.sequence === definition.sequence) {
    for (const approver of approvers) {
      const approved = await approvedPackage(approver, definition);
      if (approved === undefined || approved === packageId) continue;
      if (labelOf(approved) !== labelOf(packageId)) continue;
      progress({
        zh: `链码的代码与批准时不同，${approver.mspId} 批准 ${packageId}`,
        en: `The chaincode's code is not what was approved: ${approver.mspId} approves ${packageId}`,
      });
      await submitApproval(approver, committed, packageId);
    }
  }
  if (committed !== undefined && committed.sequence >= definition.sequence) return;
  progress({
    zh: `${approvers.length} 个部门批准链码 ${definition.name}`,
    en: `${approvers.length} departments approve chaincode ${definition.name}`,
  });
  await deploy(approvers, definition, packageId);
}

async function handOutBackups(
  { prepared, closers, logger }: Opening,
  ledger: ChannelLedger,
): Promise<void> {
  const { folder, topology, genesisHash } = prepared;
  let height = 0n;
  const take = () =>
    backupArchive(
      ledger.files((blocks) => (height = blocks)),
      () => ({ kind: 'embedded', channel: topology.channel, genesisHash, height: Number(height) }),
    );
  closers.add(await serveBackup(backupPath(folder), take, logger));
}

function announced({ prepared, closers, logger }: Opening, peer: EmbeddedPeer): RunningNetwork {
  const { topology, folder, genesisHash } = prepared;
  const { peers, orderer } = peer.addresses;
  const running = announce(folder, closers, {
    engine: 'embedded',
    channel: topology.channel,
    genesisHash,
    peers: Object.fromEntries(peers),
    orderers: orderer === undefined ? [] : [orderer],
  });
  logger.info(
    { channel: running.channel, genesisHash },
    'embedded network is up: one machine, and so one point of trust',
  );
  return running;
}
