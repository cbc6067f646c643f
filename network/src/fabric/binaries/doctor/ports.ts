import type { Words } from '@yici/domain/model';
import { listenError } from '../../../supervisor/probe.js';
import { listensOn } from '../../../topology/derive.js';
import type { Topology } from '../../../topology/schema.js';
import type { Check } from './check.js';

/** A port of the topology, and what the system says when it cannot be listened on; empty when it can. */
interface TakenPort {
  readonly department: string;
  readonly node: string;
  readonly address: string;
  readonly code: string;
}

/** Addresses of other hosts, or names that this host cannot resolve: their departments check them. */
const elsewhere: readonly string[] = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'];

/**
 * Whether the ports of the departments on this host are free; ports of a network running here are exempt. With `startsAll` the
 * topology is of departments that all start here, so that an address of another machine is refused.
 */
export async function checkPorts(
  topology: Topology,
  { running, startsAll }: { readonly running: boolean; readonly startsAll: boolean },
): Promise<Check> {
  const wanted = topology.departments.flatMap((department) =>
    Object.entries(department.ports).flatMap(([node, port = 0]) =>
      port === 0
        ? []
        : [
            {
              ...{ department: department.id, of: department.host },
              ...{ node, host: listensOn(department, node), port },
            },
          ],
    ),
  );
  const name = 'ports';
  if (running) {
    return { name, status: 'ok', found: inUse(wanted.length), details: { running, taken: [] } };
  }
  const away = await notHere([...new Set(topology.departments.map(({ host }) => host))]);
  // The loopback ports of a department that starts elsewhere are that host's.
  const here = wanted.filter(({ of }) => !away.includes(of));
  const taken = (await Promise.all(here.map(probe))).filter(({ code }) => code !== '');
  const details = { running, taken, away };
  if (taken.length > 0) {
    return { name, status: 'missing', found: unusable(taken), mend, details };
  }
  if (away.length === 0) {
    return { name, status: 'ok', found: free(wanted.length), details };
  }
  // A folder with the wrong topology, or a host whose address was not set up: its orderer would refuse to start.
  const isNowhere = topology.departments.every(({ host }) => away.includes(host));
  const status = isNowhere || startsAll ? 'missing' : 'warning';
  return { name, status, found: awayText(away), mend: setUp, details };
}

/** Those of the topology's addresses that are of no interface of this machine. */
async function notHere(hosts: readonly string[]): Promise<string[]> {
  const codes = await Promise.all(hosts.map((host) => refusal(0, host)));
  return hosts.filter((_, no) => elsewhere.includes(codes[no] ?? ''));
}

interface Wanted {
  readonly department: string;
  /** The address of its department. */
  readonly of: string;
  readonly node: string;
  /** Where it listens. */
  readonly host: string;
  readonly port: number;
}

async function probe({ department, node, host, port }: Wanted): Promise<TakenPort> {
  return { department, node, address: `${host}:${port}`, code: await refusal(port, host) };
}

const inUse = (all: number): Words => ({
  zh: `网络正在运行，使用拓扑的 ${all} 个端口`,
  en: `the network runs and has the topology's ${all} ports`,
});

const free = (all: number): Words => ({
  zh: `拓扑的 ${all} 个端口均空闲`,
  en: `the topology's ${all} ports are all free`,
});

const awayText = (away: readonly string[]): Words => ({
  zh: `拓扑中的地址 ${away.join('、')} 不是本机的`,
  en: `not of this machine are the topology's addresses ${away.join(', ')}`,
});

const setUp: Words = {
  zh: '部门要在本机启动的，在本机网卡上配置其地址，或者改正拓扑文件中的 host；在其他主机启动的，在各自主机上检查；检查某一目录的，加 --dir',
  en: 'where its department is to start here, set the address up on this machine or mend `host` in the topology; where it starts on another host, check there; --dir checks a folder’s own',
};

function unusable(taken: readonly TakenPort[]): Words {
  const list = taken
    .map(({ department, node, address, code }) => `${address} (${department} ${node}, ${code})`)
    .join(', ');
  return { zh: `端口不可用：${list}`, en: `ports cannot be used: ${list}` };
}

const mend: Words = {
  zh: '停止占用端口的程序，或者在拓扑文件中改用其他端口',
  en: 'stop what holds them, or change them in the topology file',
};

/** The error code when a server cannot listen; empty when it can. */
async function refusal(port: number, host: string): Promise<string> {
  const error = await listenError(port, host);
  if (error === undefined) return '';
  return 'code' in error ? String(error.code) : error.message;
}
