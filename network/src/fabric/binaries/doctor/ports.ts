import { listenError } from '../../../supervisor/probe.js';
import { listensOn } from '../../../topology/derive.js';
import type { Topology } from '../../../topology/schema.js';
import type { Check } from './check.js';

/** A port of the topology that cannot be listened on, and what the system says. */
interface TakenPort {
  readonly department: string;
  readonly node: string;
  readonly address: string;
  readonly code: string;
}

/** Addresses of other hosts, or names that this host cannot resolve: their departments check them. */
const elsewhere: readonly string[] = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'];

/** Whether the ports of the departments on this host are free; ports of a network running here are exempt. */
export async function checkPorts(topology: Topology, running: boolean): Promise<Check> {
  const wanted = topology.departments.flatMap((department) =>
    Object.entries(department.ports).flatMap(([node, port = 0]) =>
      port === 0
        ? []
        : [{ department: department.id, node, host: listensOn(department, node), port }],
    ),
  );
  if (running) return runningAlready(wanted.length);
  const probed = await Promise.all(
    wanted.map(async ({ department, node, host, port }) => ({
      department,
      node,
      address: `${host}:${port}`,
      code: await refusal(port, host),
    })),
  );
  const here = probed.filter(({ code }) => !elsewhere.includes(code));
  const taken: readonly TakenPort[] = here.filter(({ code }) => code !== '');
  return taken.length === 0 ? allFree(here.length, probed.length) : someTaken(taken);
}

function runningAlready(count: number): Check {
  return {
    name: 'ports',
    status: 'ok',
    found: {
      zh: `网络正在运行，使用拓扑的 ${count} 个端口`,
      en: `the network runs and has the topology's ${count} ports`,
    },
    details: { running: true, taken: [] },
  };
}

function allFree(here: number, all: number): Check {
  return {
    name: 'ports',
    status: 'ok',
    found: {
      zh: `拓扑的 ${all} 个端口中 ${here} 个在本机，均空闲`,
      en: `${here} of the topology's ${all} ports are on this host, all free`,
    },
    details: { running: false, taken: [] },
  };
}

function someTaken(taken: readonly TakenPort[]): Check {
  const list = taken
    .map(({ department, node, address, code }) => `${address} (${department} ${node}, ${code})`)
    .join(', ');
  return {
    name: 'ports',
    status: 'missing',
    found: { zh: `端口不可用：${list}`, en: `ports cannot be used: ${list}` },
    mend: {
      zh: '停止占用端口的程序，或在拓扑文件中改用别的端口',
      en: 'stop what holds them, or change them in the topology file',
    },
    details: { running: false, taken },
  };
}

/** The error code when a server cannot listen; empty when it can. */
async function refusal(port: number, host: string): Promise<string> {
  const error = await listenError(port, host);
  if (error === undefined) return '';
  return 'code' in error ? String(error.code) : error.message;
}
