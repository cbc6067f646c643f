import { existsSync, readFileSync } from 'node:fs';
import { genesisHashOf } from '../genesis/prepare.js';
import { notAfter } from '../pki/certificates.js';
import { departmentPaths } from '../pki/layout.js';
import {
  isLocked,
  readRunning,
  type DataFolder,
  type RunningNetwork,
} from '../supervisor/data-folder.js';
import { acceptsConnections } from '../supervisor/probe.js';
import { readTopology } from '../topology/load.js';
import type { Topology } from '../topology/schema.js';
import { chainHeight } from './block-export.js';

export interface StatusReport {
  /** Whether a network serves this folder. */
  readonly running: boolean;
  readonly initialised: boolean;
  readonly locked: boolean;
  readonly folder: string;
  readonly channel?: string;
  readonly genesisHash?: string;
  readonly pid?: number;
  readonly height?: number;
  readonly departments: readonly DepartmentStatus[];
  readonly text: string;
}

export interface DepartmentStatus {
  readonly id: string;
  readonly mspId: string;
  readonly peer: string;
  readonly reachable: boolean;
  /** When the first of the peer's certificates ends. */
  readonly certificateEnds: string;
}

/** What there is in a folder and whether it runs. Reads only. */
export async function statusOf(folder: DataFolder): Promise<StatusReport> {
  if (!existsSync(folder.topology) || !existsSync(folder.genesis)) {
    const text = `No network in ${folder.root}.`;
    return {
      running: false,
      initialised: false,
      locked: false,
      folder: folder.root,
      departments: [],
      text,
    };
  }
  const topology = readTopology(folder.topology);
  const running = await readRunning(folder);
  const genesisHash = genesisHashOf(readFileSync(folder.genesis));
  const height = await chainHeight(folder);
  const departments = await Promise.all(
    topology.departments.map((department) => departmentStatus(department, folder)),
  );
  return {
    running: running !== undefined,
    initialised: true,
    locked: await isLocked(folder),
    folder: folder.root,
    channel: topology.channel,
    genesisHash,
    ...(running === undefined ? {} : { pid: running.pid }),
    height,
    departments,
    text: describeStatus({ topology, running, genesisHash, height, departments }),
  };
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

interface Facts {
  readonly topology: Topology;
  readonly running: RunningNetwork | undefined;
  readonly genesisHash: string;
  readonly height: number;
  readonly departments: readonly DepartmentStatus[];
}

function describeStatus({ topology, running, genesisHash, height, departments }: Facts): string {
  const state = running === undefined ? 'stopped' : `running (process ${running.pid})`;
  return [
    `${topology.channel}: ${state}, ${topology.engine} engine, height ${height}`,
    `genesis hash ${genesisHash}`,
    ...departments.map(
      ({ id, mspId, peer, reachable, certificateEnds }) =>
        `  ${reachable ? 'up  ' : 'down'}  ${peer}  ${id} ${mspId}, certificates until ${certificateEnds.slice(0, 10)}`,
    ),
  ].join('\n');
}
