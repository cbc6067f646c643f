import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { headerHash, parseBlock, parseConfigBlock, parseSignaturePolicy } from '@yici/ledger';
import { stringify } from 'yaml';
import type { Words } from '@yici/domain/model';
import { readGiven } from '@yici/terminal';
import { issueAt, type Issue } from '@yici/terminal/issues';
import { NetworkError } from '../errors.js';
import { faultIn } from '../to-error.js';
import { namedDefinition } from '../lifecycle/definition.js';
import { ensurePki } from '../pki/ensure.js';
import { writeAtomically, writeIfChanged } from '../atomic.js';
import {
  checkWritable,
  dataFolder,
  refuseLocked,
  type DataFolder,
} from '../supervisor/data-folder.js';
import { refuseNewerRelease } from '../supervisor/release.js';
import { becomesFree, freePorts, listenError } from '../supervisor/probe.js';
import { parseTopology, readTopology, settingsNamedIn, topologyInvalid } from '../topology/load.js';
import { fillPorts, openPorts, reconcile, withoutPorts } from '../topology/reconcile.js';
import { listensOn } from '../topology/derive.js';
import type { Department, Topology, TopologyInput } from '../topology/schema.js';
import { encodeGenesis, orderingDepartments } from './genesis.js';
import { readMaterial } from './material.js';
import { isMetaRule } from './policies.js';

/** The six demo departments. */
export const demoTopologyFile = fileURLToPath(new URL('../../demo/topology.yaml', import.meta.url));

/** Notice for keys that one operator made for all departments; a department makes its own with `keys make`. */
export const plainRootsNotice: Words = {
  zh: '各部门的根密钥以明文存放在此目录中：仅供演示。为一个部门生成加口令的密钥：yici-network keys make。',
  en: "The keys of every department's roots are in this folder, in the clear: throw-away keys, for demonstrations. For a department's own, under a passphrase: yici-network keys make.",
};

/** A network that is ready to start: all files are in the data folder. */
export interface PreparedNetwork {
  readonly topology: Topology;
  readonly folder: DataFolder;
  /** Raw `common.Block`. */
  readonly genesisBlock: Uint8Array;
  /** SHA-256 of the genesis block's header, lower-case hex; auditors pin it. */
  readonly genesisHash: string;
  /** Whether this call created the genesis block. */
  readonly fresh: boolean;
  /** Certificates created by this call. */
  readonly made: readonly string[];
}

/** The topology: a file or a value; default: the folder's own, for a new folder the demo. */
export interface TopologySource {
  readonly topologyFile?: string | undefined;
  readonly topology?: TopologyInput | undefined;
  /** Overrides the engine named in the topology file. */
  readonly engine?: Topology['engine'] | undefined;
}

/**
 * The validated topology of a data folder, with its final ports. Writes nothing.
 * @throws NetworkError TOPOLOGY_INVALID, GENESIS_MISMATCH
 */
export async function resolveTopology(
  source: TopologySource,
  folder: DataFolder,
): Promise<Topology> {
  const stored = existsSync(folder.topology) ? readTopology(folder.topology) : undefined;
  const given = givenTopology(source, stored);
  const topology =
    stored === undefined
      ? await movedAside(source, given)
      : reconcile(
          given,
          stored,
          existsSync(folder.genesis) ? 'departments' : 'channel',
          namedIn(source),
        );
  checkPolicies(topology);
  return fillPorts(topology, await freePorts(openPorts(topology)));
}

/**
 * Checks everything that could prevent a start, before anything is written.
 * @throws NetworkError DATA_FOLDER_LOCKED, DATA_FOLDER_UNUSABLE, PORT_IN_USE, ADDRESS_NOT_HERE
 */
export async function checkStart(
  topology: Topology,
  folder: DataFolder,
  check: { readonly nodePorts: boolean },
): Promise<void> {
  checkWritable(folder);
  refuseNewerRelease(folder);
  await refuseLocked(folder);
  await checkPorts([
    ...(check.nodePorts ? nodeAddresses(topology) : []),
    ...chaincodeAddresses(topology),
  ]);
}

/** Writes topology, keys and genesis block where they are missing. The caller must hold the folder's lock. */
export function prepareFolder(topology: Topology, folder: DataFolder, now: Date): PreparedNetwork {
  writeIfChanged(folder.topology, stringify(topology));
  const { made } = ensurePki(topology, folder.root, now);
  const fresh = !existsSync(folder.genesis);
  if (fresh) writeAtomically(folder.genesis, genesisOf(topology, folder));
  const genesisBlock = readFileSync(folder.genesis);
  return { topology, folder, genesisBlock, genesisHash: genesisHashOf(genesisBlock), fresh, made };
}

/** SHA-256 of a block's header, hex. */
export function genesisHashOf(block: Uint8Array): string {
  return Buffer.from(headerHash(parseBlock(block))).toString('hex');
}

/** The hash of a data folder's genesis block; undefined where there is none. */
export function genesisHashIn(root: string): string | undefined {
  const { genesis } = dataFolder(root);
  return existsSync(genesis) ? genesisHashOf(readFileSync(genesis)) : undefined;
}

const namedIn = ({ topology, topologyFile }: TopologySource): ReadonlySet<string> | undefined =>
  topology === undefined && topologyFile !== undefined ? settingsNamedIn(topologyFile) : undefined;

function givenTopology(source: TopologySource, stored: Topology | undefined): Topology {
  const { topology, topologyFile, engine } = source;
  if (topology !== undefined) {
    return parseTopology(engine === undefined ? topology : { ...topology, engine });
  }
  if (topologyFile !== undefined) return readTopology(topologyFile, engine);
  return stored ?? readTopology(demoTopologyFile, engine);
}

function genesisOf(topology: Topology, folder: DataFolder): Uint8Array {
  const material = readMaterial(topology, folder.root);
  return encodeGenesis({ topology, material });
}

/** What the schema cannot judge. @throws NetworkError TOPOLOGY_INVALID */
export function checkPolicies(topology: Topology): void {
  const rules = Object.entries(topology.policies).filter(([, rule]) => !isMetaRule(rule));
  const issues = [
    ...rules.flatMap(([name, rule]) =>
      issueOf(`policies.${name}`, () => {
        parseSignaturePolicy(rule);
      }),
    ),
    ...issueOf('chaincode', () => {
      namedDefinition(topology);
    }),
  ];
  if (issues.length > 0) {
    throw topologyInvalid(issues);
  }
}

function issueOf(path: string, check: () => void): Issue[] {
  const fault = faultIn(check);
  return fault === undefined ? [] : [issueAt(path, fault)];
}

async function checkPorts(addresses: readonly Address[]): Promise<void> {
  const refused = await refusedAddresses(addresses);
  const named = (taken: boolean) =>
    refused.flatMap(({ host, port, isTaken }) => (isTaken === taken ? [`${host}:${port}`] : []));
  const [taken, elsewhere] = [named(true), named(false)];
  if (elsewhere.length > 0) {
    throw new NetworkError(
      'ADDRESS_NOT_HERE',
      {
        zh: `${elsewhere.join('、')} 不是本机的地址。在拓扑文件中改为本机的地址；其他部门的节点在其自己的主机上启动。`,
        en: `No addresses of this machine: ${elsewhere.join(', ')}. Name its own in the topology; others' nodes start on their own hosts.`,
      },
      { details: { addresses: elsewhere } },
    );
  }
  if (taken.length > 0) {
    throw new NetworkError(
      'PORT_IN_USE',
      {
        zh: `${taken.join('、')} 已被占用。停止占用的程序，或者在拓扑文件中更换端口。`,
        en: `Already in use: ${taken.join(', ')}. Stop what listens there or change the ports in the topology.`,
      },
      { details: { addresses: taken } },
    );
  }
}

interface RefusedAddress extends Address {
  /** Somebody listens there; otherwise the address is not of this machine. */
  readonly isTaken: boolean;
}

async function refusedAddresses(addresses: readonly Address[]): Promise<RefusedAddress[]> {
  const refused: RefusedAddress[] = [];
  for (const { host, port } of addresses) {
    if (await becomesFree(port, host)) continue;
    const error = await listenError(port, host);
    const code = error !== undefined && 'code' in error ? error.code : undefined;
    refused.push({ host, port, isTaken: code !== 'EADDRNOTAVAIL' && code !== 'ENOTFOUND' });
  }
  return refused;
}

/**
 * The demo's ports are a proposal: a second demo beside one that runs has others. Ports that somebody asked for stay, and a
 * start without them is refused.
 */
async function movedAside(source: TopologySource, topology: Topology): Promise<Topology> {
  if (source.topology !== undefined || source.topologyFile !== undefined) return topology;
  const addresses = [...nodeAddresses(topology), ...chaincodeAddresses(topology)];
  const held = await Promise.all(addresses.map(({ host, port }) => listenError(port, host)));
  return held.every((error) => error === undefined) ? topology : withoutPorts(topology);
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** The listening addresses of the engine: one port per department's peer and one per orderer; native processes have more. */
function nodeAddresses(topology: Topology): Address[] {
  if (topology.engine === 'fabric') return topology.departments.flatMap(nativeAddresses);
  const peers = topology.departments.map(({ host, ports }) => ({ host, port: ports.peer }));
  const orderers = orderingDepartments(topology).map(({ host, ports }) => ({
    host,
    port: ports.orderer ?? 0,
  }));
  return [...peers, ...orderers];
}

function nativeAddresses(department: Department): Address[] {
  return Object.entries(department.ports).flatMap(([name, port]) =>
    port === undefined || (name.startsWith('orderer') && !department.orderer)
      ? []
      : [{ host: listensOn(department, name), port }],
  );
}

/** The loopback addresses of chaincode processes that we start. */
function chaincodeAddresses({ chaincode, engine }: Topology): Address[] {
  return chaincode.address === undefined && engine === 'embedded'
    ? [{ host: '127.0.0.1', port: chaincode.port }]
    : [];
}

/** @throws NetworkError GENESIS_MISMATCH when the file is no first block of the topology's channel */
export function genesisIn(file: string, { channel }: Topology): Uint8Array {
  const bytes = readGiven(file, ({ zh, en }, cause) => {
    const words = { zh: `创世区块 ${zh}。`, en: `The genesis block ${en}.` };
    return new NetworkError('GENESIS_MISMATCH', words, { details: { file, channel }, cause });
  });
  try {
    const block = parseBlock(bytes);
    if (block.number === 0n && parseConfigBlock(block).channelId === channel) return bytes;
  } catch (cause) {
    throw notGenesis(file, channel, cause);
  }
  throw notGenesis(file, channel);
}

const notGenesis = (file: string, channel: string, cause?: unknown): NetworkError =>
  new NetworkError(
    'GENESIS_MISMATCH',
    {
      zh: `${file} 不是通道 ${channel} 的创世区块。`,
      en: `${file} is no first block of ${channel}.`,
    },
    { details: { file, channel }, cause },
  );
