import { peer } from '@hyperledger/fabric-protos';
import type { DataFolder } from '../supervisor/data-folder.js';
import { departmentPaths } from '../pki/layout.js';
import { acceptsConnections, hasChaincodeKey } from '../supervisor/probe.js';
import { consenters, ordererAddress, peerAddress } from '../topology/nodes.js';
import type { Department, Topology } from '../topology/schema.js';
import { nodeCertificates, type NodeCertificate } from './certificates.js';
import { reachableSession } from './export.js';
import { callSystemChaincode } from './grpc/system-call.js';
import { readNodes, type NodeEntry } from './node/process-registry.js';
import { nodeName, type NodeKind } from './node/layout.js';
import { isHealthy, isLeader, metric, readMetrics } from './node/operations.js';
import { present } from '../present.js';
import { chaincodeAddress, operationsAddress } from './node/processes.js';

/** The current state of one native node. */
export interface NativeNodeStatus {
  readonly name: string;
  readonly kind: NodeKind;
  readonly department: string;
  readonly address: string;
  /** `up`: running and healthy. `unwell`: running but not healthy. */
  readonly state: 'up' | 'unwell' | 'down';
  readonly pid?: number;
  /** Number of restarts by its supervisor. */
  readonly restarts?: number;
  /** Number of blocks. */
  readonly height?: number;
  /** For an orderer: whether it is the leader. */
  readonly leads?: boolean;
  /** Expiry of the certificate that expires first. */
  readonly certificateEnds: string;
}

/** What is committed on the channel. */
type CommittedChaincode = Pick<Topology['chaincode'], 'name' | 'version' | 'sequence'>;

export interface NativeStatus {
  readonly nodes: readonly NativeNodeStatus[];
  /** The largest height of all peers; absent when none answers. */
  readonly height?: number;
  /** The leading orderer, such as `orderer0.finance`. */
  readonly leader?: string;
  readonly chaincode?: CommittedChaincode;
}

/** Queries every node of a network; nodes that do not answer are down. Changes nothing. */
export async function nativeStatus(topology: Topology, folder: DataFolder): Promise<NativeStatus> {
  const entries = readNodes(folder);
  const nodes = await Promise.all([
    ...consenters(topology).map((each) => nativeNodeStatus('orderer', topology, folder, each)),
    ...topology.departments.map((each) => nativeNodeStatus('peer', topology, folder, each)),
    ...topology.departments.map((each) => chaincodeStatus(topology, folder, each)),
  ]);
  const leader = nodes.find(({ leads }) => leads === true)?.name;
  const chaincode = await committedChaincode(topology, folder);
  return {
    nodes: nodes.map((node) => ({ ...node, ...supervised(entries, node.name) })),
    ...present({ height: heightOf(nodes), leader, chaincode }),
  };
}

function heightOf(nodes: readonly NativeNodeStatus[]): number | undefined {
  const heights = nodes.flatMap(({ kind, height = [] }) => (kind === 'peer' ? height : []));
  return heights.length === 0 ? undefined : Math.max(...heights);
}

function supervised(entries: readonly NodeEntry[], name: string) {
  const entry = entries.find((each) => each.name === name);
  return present({ restarts: entry?.restarts, pid: entry?.pid });
}

async function nativeNodeStatus(
  kind: 'peer' | 'orderer',
  topology: Topology,
  folder: DataFolder,
  department: Department,
): Promise<NativeNodeStatus> {
  const operations = operationsAddress(department, kind);
  const metrics = await readMetrics(operations);
  const healthy = metrics !== undefined && (await isHealthy(operations));
  return {
    name: nodeName(department, kind),
    kind,
    department: department.id,
    state: healthy ? 'up' : metrics === undefined ? 'down' : 'unwell',
    address: kind === 'peer' ? peerAddress(department) : ordererAddress(department),
    ...present({
      // The ledger's height. The consensus' own figure does not count blocks that an orderer fetched from others.
      height: metric(metrics, 'ledger_blockchain_height', { channel: topology.channel }),
      leads: kind === 'orderer' && metrics ? isLeader(metrics, topology) : undefined,
    }),
    certificateEnds: firstEnd(folder, department, kind),
  };
}

async function chaincodeStatus(
  topology: Topology,
  folder: DataFolder,
  department: Department,
): Promise<NativeNodeStatus> {
  const address = chaincodeAddress(topology, department);
  const [host = '', port = ''] = address.split(':');
  const { chaincode } = departmentPaths(folder.root, department.id);
  // Verifies the node's key: while the process restarts, another one may listen on the port.
  const answers = () =>
    topology.chaincode.address === undefined
      ? hasChaincodeKey(Number(port), chaincode)
      : acceptsConnections(Number(port), host);
  return {
    name: nodeName(department, 'chaincode'),
    kind: 'chaincode',
    department: department.id,
    address,
    state: (await answers()) ? 'up' : 'down',
    certificateEnds: firstEnd(folder, department, 'chaincode'),
  };
}

function firstEnd(
  folder: DataFolder,
  department: Department,
  node: NodeCertificate['node'],
): string {
  const ends = nodeCertificates(folder, department)
    .filter((each) => each.node === node)
    .map((each) => each.ends.getTime());
  return new Date(Math.min(...ends)).toISOString();
}

/** The committed definition of the topology's chaincode, from the first peer that answers. */
async function committedChaincode(
  topology: Topology,
  folder: DataFolder,
): Promise<CommittedChaincode | undefined> {
  try {
    const session = await reachableSession(topology, folder);
    const args = new peer.lifecycle.QueryChaincodeDefinitionsArgs();
    try {
      const payload = await callSystemChaincode(session, {
        chaincode: '_lifecycle',
        channel: topology.channel,
        args: ['QueryChaincodeDefinitions', args.serializeBinary()],
      });
      return definitionNamed(topology.chaincode.name, payload);
    } finally {
      session.peer.close();
    }
  } catch {
    // The status shows what is known; unreachable nodes are reported in it.
    return undefined;
  }
}

function definitionNamed(name: string, payload: Uint8Array): CommittedChaincode | undefined {
  const found = peer.lifecycle.QueryChaincodeDefinitionsResult.deserializeBinary(payload)
    .getChaincodeDefinitionsList()
    .find((each) => each.getName() === name);
  if (found === undefined) return undefined;
  return { name, version: found.getVersion(), sequence: found.getSequence() };
}
