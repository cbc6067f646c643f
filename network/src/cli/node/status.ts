import { existsSync, readFileSync } from 'node:fs';
import type { Words } from '@yici/domain/model';
import type { Text } from '@yici/terminal';
import { fabricVersion } from '../../fabric/binaries/release.js';
import type { ProcessState } from '../../fabric/node/operations.js';
import type { NativeNodeStatus, NativeStatus } from '../../fabric/status.js';
import { genesisHashOf } from '../../genesis/prepare.js';
import { firstEnd, heldCertificates, keyHolders, warnDays } from '../../pki/held.js';
import { problemsOf, type NodeProblem } from '../../fabric/node-facts.js';
import { departmentPaths } from '../../pki/layout.js';
import { present } from '../../present.js';
import { isLocked, readRunning, type DataFolder } from '../../supervisor/data-folder.js';
import { tlsPresence, type Presence } from '../../supervisor/probe.js';
import { hostname, peerAddress } from '../../topology/nodes.js';
import { readTopology } from '../../topology/load.js';
import type { Topology } from '../../topology/schema.js';
import { chainHeight } from './block-export.js';
import { genesisText } from './describe.js';

interface StatusReport {
  /** Whether a network serves this folder. */
  readonly running: boolean;
  /** Whether it runs, and none of its nodes has a problem. */
  readonly well: boolean;
  readonly initialised: boolean;
  readonly locked: boolean;
  readonly folder: string;
  readonly channel?: string;
  readonly engine?: Topology['engine'];
  readonly genesisHash?: string;
  readonly pid?: number;
  readonly height?: number;
  readonly departments: readonly DepartmentStatus[];
  /** Whose keys lie in a folder from which no network runs. */
  readonly keysOf?: readonly string[];
  /** For native nodes: the processes, the leader, the committed chaincode. */
  readonly native?: NativeStatus;
  readonly text: readonly Text[];
}

interface DepartmentStatus {
  readonly id: string;
  readonly mspId: string;
  readonly peer: string;
  readonly state: Presence;
  /** Expiry of the peer certificate that expires first. */
  readonly certificateEnds: string;
  readonly problems: readonly NodeProblem[];
}

/** The content of a folder and whether it runs. Read-only. */
export async function statusOf(folder: DataFolder): Promise<StatusReport> {
  if (!existsSync(folder.topology)) return nothingIn(folder);
  const topology = readTopology(folder.topology);
  const keys = keysAlone(folder, topology);
  if (keys.length > 0) return keysIn(folder, keys);
  if (!existsSync(folder.genesis)) return nothingIn(folder);
  const running = await readRunning(folder);
  const native = await nativeOf(topology, folder);
  const departments = await embeddedPeers(topology, folder);
  const peersWell = departments.every(
    ({ mspId, state, problems }) =>
      // A network inside of a gateway need not listen.
      problems.length === 0 && (state === 'up' || running?.peers[mspId] === undefined),
  );
  const report = {
    running: running !== undefined,
    well: running !== undefined && (native?.well ?? peersWell),
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
    departments,
    ...present({ native }),
  };
  return { ...report, text: describeStatus(report) };
}

/** The departments whose keys a folder without nodes has, where it has not those of all: no network will run from it. */
export function keysAlone(folder: DataFolder, topology: Topology): string[] {
  if (existsSync(folder.embedded) || existsSync(folder.fabric)) return [];
  const holders = keyHolders(topology, folder.root).map(({ id }) => id);
  return holders.length === topology.departments.length ? [] : holders;
}

function keysIn(folder: DataFolder, keysOf: readonly string[]): StatusReport {
  const { root } = folder;
  const ids = keysOf.join(', ');
  const words: Words = {
    zh: `${root} 中没有网络，只有 ${ids} 的密钥：证书用 yici-network keys status 查看；节点在 yici-network render 写出的主机目录中，用 yici-network node status 查看。`,
    en: `There is no network in ${root}, but the keys of ${ids}: yici-network keys status shows the certificates; nodes run from the host folder that yici-network render writes, and yici-network node status shows them.`,
  };
  return { ...nothingIn(folder), keysOf, text: [words] };
}

function nothingIn({ root }: DataFolder): StatusReport {
  return {
    running: false,
    well: false,
    initialised: false,
    locked: false,
    folder: root,
    departments: [],
    text: [{ zh: `${root} 中没有网络。`, en: `No network in ${root}.` }],
  };
}

async function nativeOf(topology: Topology, folder: DataFolder): Promise<NativeStatus | undefined> {
  if (topology.engine !== 'fabric') return undefined;
  const { nativeStatus } = await import('../../fabric/status.js');
  return nativeStatus(topology, folder);
}

/** The department's peer of an embedded network; of native nodes there is more to say, in {@link NativeStatus}. */
function embeddedPeers(topology: Topology, folder: DataFolder): Promise<DepartmentStatus[]> {
  const held = heldCertificates(topology, folder.root);
  const now = new Date();
  return Promise.all(
    topology.departments.map(async (department) => {
      const { id, mspId, host, ports } = department;
      const ends = firstEnd(held, `peer0.${id}`) ?? now;
      const root = readFileSync(departmentPaths(folder.root, id).tlsca.certificate);
      const name = hostname(topology, department, 'peer0');
      const { state } = await tlsPresence({ host, port: ports.peer }, root, name);
      return {
        ...{ id, mspId, peer: peerAddress(department), state },
        certificateEnds: ends.toISOString(),
        problems: problemsOf({ kind: 'peer', state, ends }, 0, now),
      };
    }),
  );
}

function describeStatus(report: Omit<StatusReport, 'text'>): Text[] {
  const { channel = '', pid, engine, height, genesisHash = '', native, departments } = report;
  const state =
    pid === undefined
      ? { zh: '已停止', en: 'stopped' }
      : { zh: `正在运行（进程 ${pid}）`, en: `running (process ${pid})` };
  const made = engine === 'fabric' ? '真实 Fabric' : '嵌入式引擎';
  return [
    {
      zh: `${channel}：${state.zh}，${made}，区块数 ${height ?? '不详'}`,
      en: `${channel}: ${state.en}, ${engine ?? ''} engine, height ${height ?? 'not known'}`,
    },
    genesisText(genesisHash),
    ...(native === undefined ? departments.flatMap(departmentLines) : nativeLines(native)),
  ];
}

const untilText = (ends: string): Words => ({
  zh: `证书有效至 ${ends.slice(0, 10)}`,
  en: `certificates until ${ends.slice(0, 10)}`,
});

const stateWords: Readonly<Record<ProcessState, Words>> = {
  up: { zh: '运行', en: 'up' },
  unwell: { zh: '异常', en: 'unwell' },
  hangs: { zh: '无响应', en: 'hangs' },
  down: { zh: '停止', en: 'down' },
};

/** What is wrong with a node, and what to do. */
const problemWords: Readonly<Record<NodeProblem, Words>> = {
  lags: {
    zh: '区块落后于其他节点：查看该节点日志和到排序节点的网络',
    en: 'is behind other nodes: see its log, and its way to the orderers',
  },
  notInChannel: {
    zh: '没有加入通道：执行 yici-network node join',
    en: 'is not in the channel: yici-network node join',
  },
  removed: {
    zh: '通道不再接纳本部门（已由其他部门移除，或者管理员证书已吊销）：向其他部门核对；确已移除的，停止本部门的节点和网关',
    en: "the channel does not admit its department any more (the others removed it, or its administrator's certificate is revoked): ask them; if it is out, stop its nodes and gateway",
  },
  notConsenting: {
    zh: '没有参与共识：核对通道配置中该排序节点的证书和地址',
    en: "takes no part in consensus: compare its certificates and address with the channel's configuration",
  },
  silent: {
    zh: '没有签署最近的区块，区块取自其他排序节点：重启该排序节点；之后仍不签署的，查看其日志',
    en: 'signed none of the newest blocks, which it took from the others: start it again; if it still does not sign, see its log',
  },
  notApproved: {
    zh: '本部门没有批准通道上的链码定义：执行 yici-network node approve',
    en: "its department has not approved the channel's chaincode definition: yici-network node approve",
  },
  unanswered: {
    zh: '链码没有应答本部门节点：以批准的版本重启链码；节点是新建的，先执行 yici-network node approve；换发过链码证书的，节点和链码都重启',
    en: "the chaincode does not answer the peer: start it again, as the release that was approved; on a peer that is new run yici-network node approve first; after the chaincode's certificates were renewed start both again",
  },
  otherCode: {
    zh: '链码的代码不是本部门所批准的，节点不予接受：恢复原来的版本，或者以下一个 chaincode.sequence 批准',
    en: "the chaincode's code is not what its department approved, and its peer refuses it: put that release back, or approve the next chaincode.sequence",
  },
  otherFabric: {
    zh: `运行的 Fabric 版本未与本版本一同测试：yici-network fabric install 安装 ${fabricVersion}，再启动`,
    en: `runs a release of Fabric that was not tried beside this one: yici-network fabric install brings ${fabricVersion}; start it from there`,
  },
  standIn: {
    zh: '本部门节点不可用，网关正从其他部门的节点读取：恢复本部门节点',
    en: "reads from another department's peer, since its own is away: bring that back",
  },
  certificateEnds: {
    zh: `证书在 ${warnDays} 天内到期：yici-network keys status`,
    en: `a certificate ends within ${warnDays} days: yici-network keys status`,
  },
  certificateEnded: {
    zh: '证书已到期，其他节点不再接受：以 yici-network keys renew 换发（逐项见 keys status），再启动',
    en: 'a certificate has ended, and other nodes take it no more: yici-network keys renew (keys status lists them), then start it again',
  },
};

const problemLines = (problems: readonly NodeProblem[]): Words[] =>
  problems.map((problem) => ({
    zh: `        ${problemWords[problem].zh}`,
    en: `        ${problemWords[problem].en}`,
  }));

function departmentLines(department: DepartmentStatus): Words[] {
  const { id, mspId, peer, state, certificateEnds, problems } = department;
  const until = untilText(certificateEnds);
  const { zh, en } = stateWords[state];
  return [
    {
      zh: `  ${zh}  ${peer}  ${id} ${mspId}，${until.zh}`,
      en: `  ${en.padEnd(6)}  ${peer}  ${id} ${mspId}, ${until.en}`,
    },
    ...problemLines(problems),
  ];
}

function nativeLines({ nodes, leader, chaincode }: NativeStatus): Text[] {
  return [
    { zh: `主节点 ${leader ?? '无'}`, en: `leader ${leader ?? 'none'}` },
    chaincodeText(chaincode),
    ...nodes.flatMap(nodeLines),
  ];
}

/** What is committed on the channel. */
export const chaincodeText = (chaincode: NativeStatus['chaincode']): Words =>
  chaincode === undefined
    ? { zh: '链码：不详', en: 'chaincode not known' }
    : {
        zh: `链码 ${chaincode.name} ${chaincode.version}，序号 ${chaincode.sequence}`,
        en: `chaincode ${chaincode.name} ${chaincode.version}, sequence ${chaincode.sequence}`,
      };

/** A node with what is known of it, and what is wrong. */
export function nodeLines(node: NativeNodeStatus): Words[] {
  const { pid, height, restarts = 0, certificateEnds, version = fabricVersion } = node;
  const facts: Words[] = [
    ...(pid === undefined ? [] : [{ zh: `进程 ${pid}`, en: `process ${pid}` }]),
    ...(height === undefined ? [] : [{ zh: `区块数 ${height}`, en: `height ${height}` }]),
    ...(version === fabricVersion ? [] : [{ zh: `Fabric ${version}`, en: `Fabric ${version}` }]),
    ...(node.leads === true ? [{ zh: '主节点', en: 'leads' }] : []),
    ...(restarts === 0 ? [] : [{ zh: `已重启 ${restarts} 次`, en: `restarted ${restarts}x` }]),
    ...(certificateEnds === undefined ? [] : [untilText(certificateEnds)]),
  ];
  const named = `${node.name.padEnd(24)}  ${node.address}`;
  const state = stateWords[node.state];
  return [
    {
      zh: `  ${state.zh}  ${named}  ${facts.map(({ zh }) => zh).join('，')}`,
      en: `  ${state.en.padEnd(6)}  ${named}  ${facts.map(({ en }) => en).join(', ')}`,
    },
    ...problemLines(node.problems),
  ];
}
