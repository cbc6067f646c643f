import { existsSync, readFileSync } from 'node:fs';
import type { NativeNodeStatus, NativeStatus } from '../fabric/status.js';
import { genesisHashOf } from '../genesis/prepare.js';
import { notAfter } from '../pki/certificates.js';
import { departmentPaths } from '../pki/layout.js';
import { present } from '../present.js';
import { isLocked, readRunning, type DataFolder } from '../supervisor/data-folder.js';
import { acceptsConnections } from '../supervisor/probe.js';
import { readTopology } from '../topology/load.js';
import type { Topology } from '../topology/schema.js';
import { chainHeight } from './block-export.js';

interface StatusReport {
  /** Whether a network serves this folder. */
  readonly running: boolean;
  readonly initialised: boolean;
  readonly locked: boolean;
  readonly folder: string;
  readonly channel?: string;
  readonly engine?: Topology['engine'];
  readonly genesisHash?: string;
  readonly pid?: number;
  readonly height?: number;
  readonly departments: readonly DepartmentStatus[];
  /** For native nodes: the processes, the leader, the committed chaincode. */
  readonly native?: NativeStatus;
  readonly text: string;
}

interface DepartmentStatus {
  readonly id: string;
  readonly mspId: string;
  readonly peer: string;
  readonly reachable: boolean;
  /** Expiry of the peer certificate that expires first. */
  readonly certificateEnds: string;
}

/** The content of a folder and whether it runs. Read-only. */
export async function statusOf(folder: DataFolder): Promise<StatusReport> {
  if (!existsSync(folder.topology) || !existsSync(folder.genesis)) return nothingIn(folder);
  const topology = readTopology(folder.topology);
  const running = await readRunning(folder);
  const native = await nativeOf(topology, folder);
  const report = {
    running: running !== undefined,
    initialised: true,
    locked: await isLocked(folder),
    folder: folder.root,
    channel: topology.channel,
    engine: topology.engine,
    genesisHash: genesisHashOf(readFileSync(folder.genesis)),
    ...present({
      pid: running?.pid,
      height: native === undefined ? await chainHeight(folder) : native.height,
    }),
    departments: await Promise.all(
      topology.departments.map((department) => departmentStatus(department, folder)),
    ),
    ...present({ native }),
  };
  return { ...report, text: describeStatus(report) };
}

function nothingIn(folder: DataFolder): StatusReport {
  return {
    running: false,
    initialised: false,
    locked: false,
    folder: folder.root,
    departments: [],
    text: `No network in ${folder.root}.`,
  };
}

async function nativeOf(topology: Topology, folder: DataFolder): Promise<NativeStatus | undefined> {
  if (topology.engine !== 'fabric') return undefined;
  const { nativeStatus } = await import('../fabric/status.js');
  return nativeStatus(topology, folder);
}

async function departmentStatus(
  department: Topology['departments'][number],
  folder: DataFolder,
): Promise<DepartmentStatus> {
  const { peer } = departmentPaths(folder.root, department.id);
  const ends = [peer.msp.certificate, peer.tls.certificate].map((file) =>
    notAfter(readFileSync(file, 'utf8')),
  );
  return {
    id: department.id,
    mspId: department.mspId,
    peer: `${department.host}:${department.ports.peer}`,
    reachable: await acceptsConnections(department.ports.peer, department.host),
    certificateEnds: new Date(Math.min(...ends.map(Number))).toISOString(),
  };
}

function describeStatus(report: Omit<StatusReport, 'text'>): string {
  const { channel, pid, engine, height, genesisHash, native, departments } = report;
  const state = pid === undefined ? 'stopped' : `running (process ${pid})`;
  return [
    `${channel ?? ''}: ${state}, ${engine ?? ''} engine, height ${height ?? 'not known'}`,
    `genesis hash ${genesisHash ?? ''}`,
    ...(native === undefined ? departments.map(departmentLine) : nativeLines(native)),
  ].join('\n');
}

function departmentLine({ id, mspId, peer, reachable, certificateEnds }: DepartmentStatus): string {
  return `  ${reachable ? 'up  ' : 'down'}  ${peer}  ${id} ${mspId}, certificates until ${certificateEnds.slice(0, 10)}`;
}

function nativeLines({ nodes, leader, chaincode }: NativeStatus): string[] {
  return [
    `leader ${leader ?? 'none'}`,
    chaincode === undefined
      ? 'chaincode not known'
      : `chaincode ${chaincode.name} ${chaincode.version}, sequence ${chaincode.sequence}`,
    ...nodes.map(nodeLine),
  ];
}

function nodeLine(node: NativeNodeStatus): string {
  const facts = [
    ...(node.pid === undefined ? [] : [`process ${node.pid}`]),
    ...(node.height === undefined ? [] : [`height ${node.height}`]),
    ...(node.leads === true ? ['leads'] : []),
    ...(node.restarts === undefined || node.restarts === 0 ? [] : [`restarted ${node.restarts}x`]),
    `certificates until ${node.certificateEnds.slice(0, 10)}`,
  ];
  return `  ${node.state.padEnd(6)}  ${node.name.padEnd(24)}  ${node.address}  ${facts.join(', ')}`;
}
