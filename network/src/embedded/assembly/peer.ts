import { ChaincodeHost, type SystemChaincode } from '../chaincode/host.js';
import { systemClock, type Clock } from '../../clock.js';
import { AccessControl } from '../endorse/access.js';
import { EndorsementCollector } from '../endorse/collect.js';
import { Definitions } from '../endorse/definitions.js';
import { Endorser, noPeerHere, type PeerIdentity } from '../endorse/endorser.js';
import { defaultWindowSeconds } from '../endorse/proposal.js';
import { silentLogger, type Logger } from '../../logger.js';
import type { ChannelLedger } from '../ports.js';
import { ordererDelivery } from '../services/broadcast.js';
import { DeliverService, peerDelivery } from '../services/deliver.js';
import { GatewayService, type GatewayOptions } from '../services/gateway.js';
import { ordererMethods, peerMethods } from '../services/methods.js';
import type { PeerGateway } from '../services/peer-gateway.js';
import { PrivateBlocks } from '../services/private-blocks.js';
import {
  startServer,
  tlsRootsOf,
  type Listen,
  type RunningServer,
  type ServerTls,
} from '../services/server.js';
import { configChaincode } from '../system/cscc.js';
import { lifecycleChaincode } from '../system/lifecycle/lifecycle.js';
import { ChaincodePackages, type ChaincodeService } from '../system/packages.js';
import { queryChaincode } from '../system/qscc.js';

/** One department's peer: identity and, if it listens, address. */
export interface EmbeddedPeerNode extends Omit<PeerIdentity, 'mspId'> {
  readonly tls?: ServerTls;
  readonly listen?: Listen;
}

interface EmbeddedPeerOptions {
  readonly ledger: ChannelLedger;
  /** By MSP id. */
  readonly peers: ReadonlyMap<string, EmbeddedPeerNode>;
  readonly orderer?: { readonly listen?: Listen; readonly tls?: ServerTls };
  readonly chaincodes: readonly ChaincodeService[];
  /** Folder of packages installed through `_lifecycle`. */
  readonly packagesDirectory?: string;
  /** Time that a transaction waits for an absent chaincode, in milliseconds; default 5000. */
  readonly dialTimeoutMs?: number;
  /**
   * Time limit of one transaction in the chaincode, in milliseconds; default 30000, as `chaincode.executetimeout` of core.yaml.
   */
  readonly executeTimeoutMs?: number;
  /** Permitted difference between a proposal's time and the clock, as `peer.authentication.timewindow`; default 15 minutes. */
  readonly windowSeconds?: number;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

interface EmbeddedPeerAddresses {
  /** `host:port` by MSP id, of the peers that listen. */
  readonly peers: ReadonlyMap<string, string>;
  readonly orderer?: string;
}

/** The peers of all departments and the orderer's services, in this process. */
export interface EmbeddedPeer {
  /** The department's peer, in process. @throws NetworkError IDENTITY_UNKNOWN */
  gateway(mspId: string): PeerGateway;
  readonly addresses: EmbeddedPeerAddresses;
  /** Ends streams, servers and chaincode connections; the ledger stays open. */
  close(): Promise<void>;
}

/** Opens the peers. Rejects with NetworkError PORT_IN_USE when a port is taken. */
export async function openEmbeddedPeer(options: EmbeddedPeerOptions): Promise<EmbeddedPeer> {
  const parts = await assemble(options);
  const closing = new AbortController();
  const servers: RunningServer[] = [];
  const close = async (): Promise<void> => {
    closing.abort();
    await Promise.all(servers.map((server) => server.close()));
    await parts.packages.close();
  };
  try {
    const addresses = await listen(options, parts, servers, closing.signal);
    parts.addresses = addresses;
    return { gateway: (mspId) => gatewayOf(parts, mspId), addresses, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Parts {
  readonly options: EmbeddedPeerOptions;
  readonly packages: ChaincodePackages;
  readonly endorser: Endorser;
  readonly gateways: Map<string, GatewayService>;
  readonly ordererDeliver: DeliverService;
  addresses: EmbeddedPeerAddresses;
}

/** What endorses for all departments, and what that stands on. */
async function openEndorser(options: EmbeddedPeerOptions) {
  const { ledger, clock = systemClock, logger = silentLogger } = options;
  const mspIds = [...options.peers.keys()];
  const config = (): ReturnType<ChannelLedger['config']> => ledger.config();
  const access = new AccessControl({ config });
  const packages = packagesOf(options, logger);
  await packages.load(mspIds);
  const system = new Map<string, SystemChaincode>([
    ['qscc', queryChaincode(ledger, access)],
    ['cscc', configChaincode(ledger, access)],
    ['_lifecycle', lifecycleChaincode({ access, config, packages })],
  ]);
  const systemNames = new Set(system.keys());
  const definitions = new Definitions({ ledger, access, packages, system: systemNames, mspIds });
  const host = new ChaincodeHost({
    system,
    endorsementInfo: (call, chaincode) => definitions.endorsementInfo(call, chaincode),
    connection: (mspId, packageId) => packages.connection(mspId, packageId),
  });
  const peers = new Map<string, PeerIdentity>(
    [...options.peers].map(([mspId, { identity, sign }]) => [mspId, { mspId, identity, sign }]),
  );
  const endorser = new Endorser({
    ...{ ledger, access, host, definitions, peers, clock, logger },
    windowSeconds: options.windowSeconds ?? defaultWindowSeconds,
  });
  return { ledger, clock, logger, access, packages, definitions, peers, endorser };
}

/** The services of each peer and of the orderer. */
async function assemble(options: EmbeddedPeerOptions): Promise<Parts> {
  const shared = await openEndorser(options);
  const { ledger, packages, definitions, peers, endorser } = shared;
  const collector = new EndorsementCollector({
    ...{ endorser, definitions, peers },
    shareProcess: (chaincode, left, right) => definitions.shareProcess(chaincode, left, right),
    keepPrivate: async (txId, writes) => {
      if (writes.length > 0) await ledger.stagePrivate(txId, writes);
    },
  });
  const deliverTo = (identity: Uint8Array, kind: typeof peerDelivery): DeliverService =>
    new DeliverService(kind, { ...shared, privateBlocks: new PrivateBlocks(identity, shared) });
  const parts: Parts = {
    ...{ options, packages, endorser, gateways: new Map() },
    ordererDeliver: deliverTo(new Uint8Array(0), ordererDelivery),
    addresses: { peers: new Map() },
  };
  for (const [mspId, { identity }] of peers) {
    const dependencies = { ...shared, collector, deliver: deliverTo(identity, peerDelivery) };
    parts.gateways.set(mspId, new GatewayService(gatewayOptions(parts, mspId), dependencies));
  }
  return parts;
}

function gatewayOptions(parts: Parts, mspId: string): GatewayOptions {
  return {
    mspId,
    addressOf: (other) => parts.addresses.peers.get(other) ?? `peer0.${other}`,
    ordererAddress: () => parts.addresses.orderer ?? 'orderer0',
  };
}

function packagesOf(options: EmbeddedPeerOptions, logger: Logger): ChaincodePackages {
  const { chaincodes, packagesDirectory: directory } = options;
  const connection = {
    dialTimeoutMs: options.dialTimeoutMs ?? 5_000,
    executeTimeoutMs: options.executeTimeoutMs ?? 30_000,
  };
  return new ChaincodePackages({ services: chaincodes, directory, connection }, { logger });
}

function gatewayOf(parts: Parts, mspId: string): GatewayService {
  const gateway = parts.gateways.get(mspId);
  if (!gateway) {
    throw noPeerHere(mspId);
  }
  return gateway;
}

async function listen(
  { peers, orderer, ledger }: EmbeddedPeerOptions,
  parts: Parts,
  servers: RunningServer[],
  closing: AbortSignal,
): Promise<EmbeddedPeerAddresses> {
  const addresses = new Map<string, string>();
  const absoluteMaxBytes = ledger.config().orderer?.batch.absoluteMaxBytes ?? 0;
  for (const [mspId, node] of peers) {
    if (node.listen) {
      const gateway = gatewayOf(parts, mspId);
      const { endorser } = parts;
      const mutualTls = node.tls !== undefined;
      const methods = peerMethods({ mspId, gateway, endorser, ledger, mutualTls, closing });
      const tls = node.tls && { ...node.tls, clientRoots: tlsRootsOf(ledger.config()) };
      const server = await startServer(node.listen, tls, methods, absoluteMaxBytes);
      servers.push(server);
      addresses.set(mspId, server.address);
    }
  }
  if (!orderer?.listen) {
    return { peers: addresses };
  }
  const methods = ordererMethods({ ledger, deliver: parts.ordererDeliver, closing });
  const server = await startServer(orderer.listen, orderer.tls, methods, absoluteMaxBytes);
  servers.push(server);
  return { peers: addresses, orderer: server.address };
}
