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

/** Whether the ports of the departments on this host are free; ports of a network running here are exempt. */
export async function checkPorts(topology: Topology, running: boolean): Promise<Check> {
  const wanted = topology.departments.flatMap((department) =>
    Object.entries(department.ports).flatMap(([node, port = 0]) =>
      port === 0
        ? []
        : [{ department: department.id, node, host: listensOn(department, node), port }],
    ),
  );
  const all = wanted.length;
  const probed = running ? [] : await Promise.all(wanted.map(probe));
  const here = probed.filter(({ code }) => !elsewhere.includes(code));
  const taken = here.filter(({ code }) => code !== '');
  // A folder with the wrong topology, or a host whose address was not set up: its orderer would refuse to start.
  const hosts = [...new Set(topology.departments.map(({ host }) => host))];
  const refused = await Promise.all(hosts.map((host) => refusal(0, host)));
  const nowhere = !running && refused.every((code) => elsewhere.includes(code));
  const isOk = taken.length === 0 && !nowhere;
  return {
    name: 'ports',
    status: isOk ? 'ok' : 'missing',
    found: running
      ? inUse(all)
      : nowhere
        ? notHere(hosts)
        : isOk
          ? free(here.length, all)
          : unusable(taken),
    mend: isOk ? undefined : nowhere ? setUp : mend,
    details: { running, taken },
  };
}

interface Wanted {
  readonly department: string;
  readonly node: string;
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

const free = (here: number, all: number): Words => ({
  zh: `拓扑的 ${all} 个端口中 ${here} 个在本机，均空闲`,
  en: `${here} of the topology's ${all} ports are on this host, all free`,
});

const notHere = (hosts: readonly string[]): Words => ({
  zh: `拓扑中的地址（${hosts.join('、')}）都不是本机的`,
  en: `none of the topology's addresses (${hosts.join(', ')}) is of this host`,
});

const setUp: Words = {
  zh: '在本机网卡上配置本部门的地址，或者改正拓扑文件中的 host；检查某一目录的，加 --dir',
  en: "set the department's address up on this host, or mend `host` in the topology; --dir checks a folder's own",
};

function unusable(taken: readonly TakenPort[]): Words {
  const list = taken
    .map(({ department, node, address, code }) => `${address} (${department} ${node}, ${code})`)
    .join(', ');
  return { zh: `端口不可用：${list}`, en: `ports cannot be used: ${list}` };
}

const mend: Words = {
  zh: '停止占用端口的程序，或在拓扑文件中改用别的端口',
  en: 'stop what holds them, or change them in the topology file',
};

/** The error code when a server cannot listen; empty when it can. */
async function refusal(port: number, host: string): Promise<string> {
  const error = await listenError(port, host);
  if (error === undefined) return '';
  return 'code' in error ? String(error.code) : error.message;
}
