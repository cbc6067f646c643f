import { setTimeout as delay } from 'node:timers/promises';
import { present } from '../present.js';
import { heldCertificates, type HeldCertificate } from '../pki/held.js';
import { departmentPaths } from '../pki/layout.js';
import { readTls, readUser } from '../pki/read.js';
import { chaincodeHere } from '../lifecycle/chaincode-code.js';
import { approvalsOfCommitted } from '../lifecycle/deploy.js';
import { inTime } from '../retry.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { acceptsConnections, chaincodePresence } from '../supervisor/probe.js';
import { consenters, hostname, ordererAddress, peerAddress } from '../topology/nodes.js';
import type { Department, Topology } from '../topology/schema.js';
import { chaincodeAnswers } from './channel/agreements.js';
import { committedAt } from './channel/definition.js';
import { approvedPackageAt } from './channel/deploy.js';
import { adminEndpoint, openSession, type AdminSession } from './channel/department.js';
import { asMember } from './channel/blocks.js';
import { participationIn } from './channel/participation.js';
import { isSilent } from './channel/signing.js';
import type { NodeKind } from './node/layout.js';
import {
  isLeader,
  lookAtNode,
  metric,
  readMetrics,
  type Metrics,
  type ProcessState,
} from './node/operations.js';
import { chaincodeAddress, operationsAddress } from './node/processes.js';
import { lookAtGateway } from './gateway-status.js';
import { readNodes, type NodeEntry } from './node/process-registry.js';
import {
  problemsOf,
  unasked,
  type CommittedChaincode,
  type Looked,
  type NodeProblem,
} from './node-facts.js';
import { publicNodes } from './public-nodes.js';

/** The current state of one native node. */
export interface NativeNodeStatus {
  readonly name: string;
  readonly kind: NodeKind | 'gateway';
  readonly department: string;
  readonly address: string;
  readonly state: ProcessState;
  readonly problems: readonly NodeProblem[];
  readonly pid?: number;
  /** Number of restarts by its supervisor. */
  readonly restarts?: number;
  /** Number of blocks. */
  readonly height?: number;
  /** The release of Fabric that a peer or orderer of this host runs. */
  readonly version?: string;
  /** For an orderer: whether it is the leader. */
  readonly leads?: boolean;
  /** Expiry of the certificate that expires first; absent for a node whose certificates are not here. */
  readonly certificateEnds?: string;
}

export interface NativeStatus {
  readonly nodes: readonly NativeNodeStatus[];
  /** The largest height of all peers; absent when none answers. */
  readonly height?: number;
  /** The leading orderer, such as `orderer0.finance`. */
  readonly leader?: string;
  readonly chaincode?: CommittedChaincode;
  /** Whether every node is up and has no problem. */
  readonly well: boolean;
}

/** How long an answer beyond a node's metrics is waited for, in milliseconds: one that hangs is to be known within five seconds. */
const answersWithin = 2_500;
/** How long the chaincode may take to answer its peer: one that does not keeps its caller for ten seconds. */
const callWithin = 4_000;
/** How long a node that is behind is watched, in milliseconds: under load a peer is some blocks behind at any moment. */
const catchesUpWithin = 1_500;

/**
 * Queries every node of a topology within some five seconds; changes nothing. With `network`, the whole network of which the
 * topology is one department's part, the others' public endpoints are asked as well, in the department's name.
 */
export async function nativeStatus(
  topology: Topology,
  folder: DataFolder,
  network?: Topology,
): Promise<NativeStatus> {
  const held = heldCertificates(network ?? topology, folder.root);
  const at = { topology, folder, held, made: packageHere(topology) };
  const looked = (
    await Promise.all([
      ...consenters(topology).map((each) => lookAtOrderer(at, each)),
      ...topology.departments.map((each) => lookAtPeer(at, each)),
      ...topology.departments.map((each) => lookAtChaincode(at, each)),
      ...(network === undefined ? [] : [publicNodes(network, topology, folder, held)]),
      lookAtGateway(topology, folder, held).then((gateway) => gateway ?? []),
    ])
  ).flat();
  const highest = Math.max(0, ...looked.map(({ height = 0 }) => height));
  const nodes = await Promise.all(looked.map((node) => watched(node, highest)));
  return summary(nodes, highest, readNodes(folder));
}

/** Whether every node is up and has no problem. */
export const areWell = (nodes: readonly Pick<NativeNodeStatus, 'state' | 'problems'>[]): boolean =>
  nodes.every(({ state, problems }) => state === 'up' && problems.length === 0);

function summary(
  looked: readonly Looked[],
  highest: number,
  entries: readonly NodeEntry[],
): NativeStatus {
  const now = new Date();
  const nodes = looked.map((node) => ({
    ...shown(node),
    problems: problemsOf(node, highest, now),
    ...supervised(entries, node.name),
  }));
  const leader = looked.find(({ leads }) => leads === true)?.name;
  const chaincode = looked.find((node) => node.chaincode !== undefined)?.chaincode;
  return {
    nodes,
    well: areWell(nodes),
    ...present({ height: heightOf(looked), leader, chaincode }),
  };
}

function shown({ name, kind, department, address, state, height, leads, ends, version }: Looked) {
  const known = present({ height, version, leads, certificateEnds: ends?.toISOString() });
  return { name, kind, department: department.id, address, state, ...known };
}

function heightOf(nodes: readonly Looked[]): number | undefined {
  const heights = nodes.flatMap(({ kind, height = [] }) => (kind === 'peer' ? height : []));
  return heights.length === 0 ? undefined : Math.max(...heights);
}

function supervised(entries: readonly NodeEntry[], name: string) {
  const entry = entries.find((each) => each.name === name);
  return present({ restarts: entry?.restarts, pid: entry?.pid });
}

/** Looks again at a node that is behind, until it has the blocks that another had before. */
async function watched(node: Looked, highest: number): Promise<Looked> {
  const deadline = performance.now() + catchesUpWithin;
  let { height } = node;
  while (node.again !== undefined && height !== undefined && height < highest) {
    if (performance.now() > deadline) break;
    await delay(250);
    height = (await inTime(node.again(), 1_000)) ?? height;
  }
  return { ...node, ...present({ height }) };
}

/** The ledger's height: consensus' own figure does not count blocks that an orderer fetched from others. */
const heightIn = (metrics: Parameters<typeof metric>[0], channel: string): number | undefined =>
  metric(metrics, 'ledger_blockchain_height', { channel });

/** What a node says of its release, as `v3.1.5`. */
const versionIn = (metrics: Metrics | undefined): string | undefined =>
  metrics?.get('fabric_version')?.[0]?.labels['version']?.replace(/^v/, '');

interface Place {
  readonly topology: Topology;
  readonly folder: DataFolder;
  readonly held: readonly HeldCertificate[];
  readonly made: string | undefined;
}

/** Undefined where the chaincode's code is not on this machine. */
function packageHere({ chaincode }: Topology): string | undefined {
  try {
    return chaincodeHere(chaincode).packageId;
  } catch {
    return undefined;
  }
}

async function lookAtOrderer(at: Place, department: Department): Promise<Looked> {
  const { topology, folder } = at;
  const operations = operationsAddress(department, 'orderer');
  const { state, metrics } = await lookAtNode(operations);
  const [part, silent] = await Promise.all([
    metrics && inTime(partOf(topology, folder, department), answersWithin),
    metrics && inTime(isSilentHere(at, department, metrics), answersWithin),
  ]);
  return {
    ...unasked(at.held, department, 'orderer'),
    ...{ address: ordererAddress(department), state },
    again: async () => heightIn(await readMetrics(operations), topology.channel),
    ...present({
      height: heightIn(metrics, topology.channel),
      version: versionIn(metrics),
      leads: metrics && isLeader(metrics, topology),
      silent,
      ...part,
    }),
  };
}

/** Whether the orderer has joined, and as what; rejects where the administrator's key is not here. */
async function partOf(topology: Topology, folder: DataFolder, department: Department) {
  const endpoint = adminEndpoint(topology, folder, department);
  const participation = await participationIn(endpoint, topology.channel, answersWithin);
  return { joined: participation !== undefined, participation };
}

/** Whether the BFT consenter signs nothing; undefined where that cannot be known, and rejects without the administrator's key. */
async function isSilentHere(
  { topology, folder }: Place,
  department: Department,
  metrics: Metrics,
): Promise<boolean | undefined> {
  const began = metric(metrics, 'process_start_time_seconds');
  if (topology.ordering !== 'bft' || began === undefined) return undefined;
  const { mspId, id } = department;
  const endpoint = {
    ...{ mspId, address: ordererAddress(department) },
    tlsRoots: [Buffer.from(readTls(departmentPaths(folder.root, id).orderer.tls).rootPem)],
    tlsHostname: hostname(topology, department, 'orderer0'),
  };
  const reader = asMember(readUser(topology, folder.root, `${id}.admin`));
  const since = new Date(began * 1_000);
  return isSilent({ endpoint, reader, channel: topology.channel, since }, answersWithin);
}

async function lookAtPeer(at: Place, department: Department): Promise<Looked> {
  const { topology } = at;
  const operations = operationsAddress(department, 'peer');
  const { state, metrics } = await lookAtNode(operations);
  const height = heightIn(metrics, topology.channel);
  const used = height === undefined ? {} : await usedAt(at, department).catch(() => ({}));
  return {
    ...unasked(at.held, department, 'peer'),
    ...{ address: peerAddress(department), state },
    again: async () => heightIn(await readMetrics(operations), topology.channel),
    ...present({ height, version: versionIn(metrics), made: at.made }),
    ...present({ joined: metrics && height !== undefined, ...used }),
  };
}

/**
 * What the channel has committed, whether the peer's department approved it and, then, whether the chaincode answers the peer;
 * rejects without the administrator's key.
 */
async function usedAt(
  { topology, folder }: Place,
  department: Department,
): Promise<Pick<Looked, 'chaincode' | 'approved' | 'answered'>> {
  const session = openSession(topology, folder, department);
  try {
    const [agreed, answered] = await Promise.all([
      inTime(agreementOf(session, topology), answersWithin),
      chaincodeAnswers(session, topology.chaincode.name, callWithin),
    ]);
    const isApproved = agreed?.chaincode !== undefined && agreed.approved !== '';
    return { ...agreed, ...(isApproved && { answered }) };
  } finally {
    session.peer.close();
  }
}

async function agreementOf(
  session: AdminSession,
  topology: Topology,
): Promise<Pick<Looked, 'chaincode' | 'approved'>> {
  const chaincode = await committedHere(session, topology);
  if (chaincode === undefined) return {};
  const approved = await approvedPackageAt(session, topology.channel, chaincode);
  if (approved !== undefined) return { chaincode, approved };
  // A peer that was set up anew does not know any more which package it was.
  const who = await approvalsOfCommitted(session.client, chaincode.name);
  return { chaincode, ...(who.get(session.mspId) === true ? {} : { approved: '' }) };
}

async function committedHere(
  session: AdminSession,
  { channel, chaincode }: Topology,
): Promise<CommittedChaincode | undefined> {
  const found = await committedAt(session, channel, chaincode.name);
  return found && { name: found.name, version: found.version, sequence: found.sequence };
}

async function lookAtChaincode(at: Place, department: Department): Promise<Looked> {
  const { topology, folder } = at;
  const address = chaincodeAddress(topology, department);
  const [host = '', port = ''] = address.split(':');
  const { chaincode } = departmentPaths(folder.root, department.id);
  // Verifies the node's key: while the process restarts, another one may listen on the port.
  const state =
    topology.chaincode.address === undefined
      ? await chaincodePresence(Number(port), chaincode)
      : (await acceptsConnections(Number(port), host))
        ? 'up'
        : 'down';
  return { ...unasked(at.held, department, 'chaincode'), address, state };
}
