import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Words } from '@yici/domain/model';
import { stringify } from 'yaml';
import { issueAt } from '@yici/terminal/issues';
import { NetworkError } from '../errors.js';
import { renderedGatewayConfig } from '../fabric/gateway-config.js';
import { installationAt, findFabric, type FabricInstallation } from '../fabric/binaries/locate.js';
import { fabricVersion } from '../fabric/binaries/release.js';
import { configFile } from '../fabric/node/config-file.js';
import { nodeFolder } from '../fabric/node/layout.js';
import { ordererSettings } from '../fabric/node/orderer-config.js';
import { peerSettings } from '../fabric/node/peer-config.js';
import { chaincodeConnection } from '../fabric/node/processes.js';
import type { Setting } from '../fabric/node/settings.js';
import { tokenSettings } from '../fabric/node/token.js';
import { encodeGenesis } from '../genesis/genesis.js';
import { readMaterial } from '../genesis/material.js';
import { demoTopologyFile, genesisHashOf, genesisIn } from '../genesis/prepare.js';
import { packageOf } from '../lifecycle/chaincode-code.js';
import { secretMode, writeIfChanged, writeOnce } from '../atomic.js';
import { departmentPaths } from '../pki/layout.js';
import { present } from '../present.js';
import { tokenOf } from '../pki/node-token.js';
import { crlFiles } from '../pki/revoke.js';
import { dataFolder, restrictToOwner, type DataFolder } from '../supervisor/data-folder.js';
import { readTopology, settingsNamedIn, topologyInvalid } from '../topology/load.js';
import { openPorts, reconcile } from '../topology/reconcile.js';
import type { Department, Topology } from '../topology/schema.js';
import { departmentNamed } from '../topology/nodes.js';
import { readDepartmentFile, writeDepartmentFile } from './department-file.js';
import { writeGatewayFile } from './gateway-file.js';
import { copyFiles, ownFiles, publicFiles } from './files.js';
import { sayIn } from '@yici/terminal';
import { instructions } from './instructions.js';
import {
  chaincodeConnectionFile,
  environmentFile,
  systemdUnits,
  type HostPlaces,
} from './units.js';

export interface RenderOptions {
  /** Data folder with the department's own keys and every department's certificates. */
  readonly directory: string;
  readonly department: string;
  /** Target folder: new, empty, or rendered for this department before. */
  readonly out: string;
  /** Default: the data folder's own, otherwise the demo. */
  readonly topologyFile?: string | undefined;
  /** The first block of a network that exists; default: the one kept in the data folder, otherwise a new one, which is kept there. */
  readonly genesis?: string | undefined;
  /** Fabric's binaries on this machine; their sample settings are used. */
  readonly binDir?: string | undefined;
  /** Path of the folder on the department's host; default: the path where it is written. */
  readonly at?: string | undefined;
  /** Path of Fabric's release on that host; default: its path here. */
  readonly fabric?: string | undefined;
  /** Path of this project on that host; default: its path here. */
  readonly program?: string | undefined;
  /** Path of Node on that host; default: its path here. */
  readonly node?: string | undefined;
  /** The system user on that host. */
  readonly user?: string | undefined;
}

export interface RenderReport {
  readonly department: string;
  readonly mspId: string;
  readonly channel: string;
  readonly out: string;
  readonly genesisHash: string;
  /** The genesis block was made here, of the certificates, and is kept with the keys for every later rendering. */
  readonly genesisMade: boolean;
  readonly packageId: string;
  /** The gateway's settings as they would be now, where the folder has edited ones. */
  readonly gatewayBeside?: string;
  /** Every file of the folder; paths are relative to it. */
  readonly files: readonly string[];
}

/**
 * Writes everything that one department needs on its own host: keys and settings of its nodes, the genesis block, every
 * department's roots, systemd units, the gateway's settings and instructions. No key of another department is read.
 * Existing keys and certificates are kept, differing ones are refused; settings are overwritten, an edited `gateway.yaml` is not.
 * @throws NetworkError IDENTITY_UNKNOWN, TOPOLOGY_INVALID, CERTIFICATES_MISSING, KEYS_DIFFER, GENESIS_MISMATCH,
 * DATA_FOLDER_UNUSABLE (the folder contains something else), FABRIC_NOT_INSTALLED
 */
export function renderDepartment(options: RenderOptions): RenderReport {
  const source = dataFolder(options.directory);
  const topology = networkTopology(source, options.topologyFile);
  const department = departmentNamed(topology, options.department);
  const out = dataFolder(options.out);
  refuseForeign(out, department, topology, source);
  const release = sampleRelease(options.binDir);
  const work: Work = {
    topology,
    department,
    out,
    release,
    places: placesOf(options, out, release),
  };
  const genesis = genesisOf(source, out, topology, options.genesis);
  const files = [
    ...ownFiles(department, source.root),
    ...topology.departments.flatMap(publicFiles),
  ];
  restrictToOwner(out.root);
  copyFiles(distinct(files), source.root, out.root);
  copyRevocations(department, source, out);
  // Kept before it goes anywhere: of certificates that were renewed since, the next rendering would make another one.
  const genesisMade = writeOnce(source.genesis, () => genesis) && options.genesis === undefined;
  writeOnce(out.genesis, () => genesis);
  return { ...writeRest(work, genesisHashOf(genesis)), genesisMade };
}

/** The department's revocation list, of which there may be a newer one at every rendering. */
function copyRevocations(department: Department, source: DataFolder, out: DataFolder): void {
  const files = crlFiles(department, out.root);
  const [list] = crlFiles(department, source.root);
  if (!existsSync(list)) return;
  for (const file of files) writeIfChanged(file, readFileSync(list, 'utf8'));
}

interface Work {
  readonly topology: Topology;
  readonly department: Department;
  readonly out: DataFolder;
  readonly release: FabricInstallation;
  readonly places: HostPlaces;
}

function writeRest(work: Work, genesisHash: string): Omit<RenderReport, 'genesisMade'> {
  const { topology, department, out, places } = work;
  const { packageId } = packageOf(topology.chaincode);
  writeTopology(work);
  writeNodeConfigs(work);
  writeRoots(work);
  const input = { topology, department, places, packageId };
  for (const { name, text } of systemdUnits(input)) {
    writeIfChanged(join(out.root, 'systemd', name), text);
  }
  mkdirSync(join(out.root, 'gateway'), { recursive: true, mode: 0o700 });
  writeIfChanged(join(out.root, 'yici.env'), environmentFile());
  const gateway = renderedGatewayConfig(topology, department, places.folder.root);
  const gatewayBeside = writeGatewayFile(join(out.root, 'gateway.yaml'), gateway);
  const told = { ...input, genesisHash, version: work.release.version };
  writeIfChanged(join(out.root, 'INSTRUCTIONS.md'), instructions(told, sayIn('zh')));
  writeIfChanged(join(out.root, 'INSTRUCTIONS.en.md'), instructions(told, sayIn('en')));
  const { id, mspId } = department;
  const { channel } = topology;
  // Written last: it marks the folder as complete.
  writeDepartmentFile(out.root, { v: 1, department: id, mspId, channel, genesisHash });
  const files = filesIn(out.root);
  const report = { department: id, mspId, channel, out: out.root, genesisHash, packageId, files };
  return { ...report, ...present({ gatewayBeside }) };
}

/**
 * The topology that every department renders from. Unassigned ports are refused: each host would choose others.
 * @throws NetworkError TOPOLOGY_INVALID, GENESIS_MISMATCH
 */
export function networkTopology(folder: DataFolder, file: string | undefined): Topology {
  const stored = existsSync(folder.topology) ? readTopology(folder.topology, 'fabric') : undefined;
  const given =
    file === undefined
      ? (stored ?? readTopology(demoTopologyFile, 'fabric'))
      : readTopology(file, 'fabric');
  const topology =
    stored === undefined
      ? given
      : reconcile(
          given,
          stored,
          existsSync(folder.genesis) ? 'settings' : 'channel',
          file === undefined ? undefined : settingsNamedIn(file),
        );
  if (openPorts(topology) === 0) return topology;
  throw topologyInvalid([
    issueAt('departments', {
      zh: '有端口为 0：各部门独立部署的，须写明端口，且各部门一致',
      en: 'a port is 0: departments on hosts of their own must all have the same numbers',
    }),
  ]);
}

/** The named genesis block, the one kept with the keys, otherwise a new one from their certificates. */
function genesisOf(
  source: DataFolder,
  out: DataFolder,
  topology: Topology,
  given: string | undefined,
): Uint8Array {
  refuseLacking(topology, source);
  const known = given ?? (existsSync(source.genesis) ? source.genesis : undefined);
  const genesis =
    known === undefined
      ? encodeGenesis({ topology, material: readMaterial(topology, source.root) })
      : genesisIn(known, topology);
  for (const folder of [source, out]) refuseOtherBlock(folder.genesis, genesis);
  return genesis;
}

function refuseOtherBlock(file: string, asked: Uint8Array): void {
  if (!existsSync(file)) return;
  const found = readFileSync(file);
  if (found.equals(asked)) return;
  throw new NetworkError(
    'GENESIS_MISMATCH',
    {
      zh: `${file} 是另一个网络的区块；没有写入。网络已在运行的，用 --genesis 指明其创世区块；该文件不属于任何已启动的网络的，先删除。`,
      en: `${file} is the block of another network; nothing was written. Of a network that exists, name its first block with --genesis; if this file is of no network that was ever started, remove it first.`,
    },
    { details: { file, found: genesisHashOf(found), made: genesisHashOf(asked) } },
  );
}

/** @throws NetworkError CERTIFICATES_MISSING: they travel to the host, whatever its first block is made of. */
function refuseLacking(topology: Topology, source: DataFolder): void {
  const lacking = topology.departments.filter((department) =>
    publicFiles(department).some(({ path }) => !existsSync(join(source.root, path))),
  );
  if (lacking.length === 0) return;
  const departments = lacking.map(({ id }) => id);
  const none = lacking.length === topology.departments.length;
  throw new NetworkError(
    'CERTIFICATES_MISSING',
    none
      ? {
          zh: `${source.root} 中没有证书：用 --dir 指明密钥目录，或者先执行 yici-network keys make。`,
          en: `${source.root} has no certificates: name the folder that has with --dir, or begin with yici-network keys make.`,
        }
      : {
          zh: `${source.root} 缺少以下部门的证书，用 yici-network keys collect 导入：${departments.join('、')}。`,
          en: `${source.root} lacks certificates of ${departments.join(', ')}: take theirs in with yici-network keys collect.`,
        },
    { details: { folder: source.root, departments } },
  );
}

/** @throws NetworkError DATA_FOLDER_UNUSABLE unless the folder is new, empty or this department's */
function refuseForeign(
  out: DataFolder,
  department: Department,
  topology: Topology,
  source: DataFolder,
): void {
  const refuse = ({ zh, en }: Words) => {
    const words = {
      zh: `${out.root} ${zh}；没有写入。`,
      en: `${out.root} ${en}; nothing was written.`,
    };
    throw new NetworkError('DATA_FOLDER_UNUSABLE', words, { details: { folder: out.root } });
  };
  if (out.root === source.root)
    refuse({
      zh: '是存放密钥的目录，主机上不得有其全部内容，请另写一个目录',
      en: 'is the folder with the keys, and the host must not have all of them',
    });
  if (!existsSync(out.root) || readdirSync(out.root).length === 0) return;
  const own = readDepartmentFile(out.root);
  if (own === undefined) refuse({ zh: '中有其他内容', en: 'holds something else' });
  else if (own.department !== department.id || own.channel !== topology.channel) {
    const [whose, channel] = [own.department, own.channel];
    refuse({
      zh: `是为通道 ${channel} 的 ${whose} 生成的`,
      en: `was rendered for ${whose} on ${channel}`,
    });
  }
}

function sampleRelease(binDir: string | undefined): FabricInstallation {
  const found = findFabric({ binDir });
  if (found !== undefined) return found;
  throw new NetworkError(
    'FABRIC_NOT_INSTALLED',
    {
      zh: '生成配置须有 Fabric 自带的配置样例。执行 yici-network fabric install。',
      en: 'Fabric’s sample settings are needed: run yici-network fabric install.',
    },
    { details: { binDir } },
  );
}

const ownProgram = resolve(fileURLToPath(new URL('../../..', import.meta.url)));

function placesOf(
  options: RenderOptions,
  out: DataFolder,
  release: FabricInstallation,
): HostPlaces {
  return {
    folder: options.at === undefined ? out : dataFolder(options.at),
    fabric: options.fabric ?? release.directory,
    program: options.program ?? ownProgram,
    node: options.node ?? process.execPath,
    user: options.user ?? 'yici',
  };
}

/** The topology for the host; paths of other machines are removed. */
function writeTopology({ topology, out }: Work): void {
  const { collections, ...chaincode } = topology.chaincode;
  if (collections !== undefined) {
    writeIfChanged(join(out.root, 'collections.json'), readFileSync(collections, 'utf8'));
  }
  const onHost = {
    ...topology,
    demo: undefined,
    chaincode: {
      ...chaincode,
      ...(collections === undefined ? {} : { collections: 'collections.json' }),
    },
  };
  writeIfChanged(out.topology, stringify(onHost));
}

function writeNodeConfigs({ topology, department, out, release, places }: Work): void {
  const fabric = installationAt(places.fabric, fabricVersion);
  const host = { topology, department, folder: places.folder, fabric };
  const write = (kind: 'peer' | 'orderer', file: string, settings: readonly Setting[]) => {
    const here = nodeFolder(out, department, kind);
    mkdirSync(here.data, { recursive: true, mode: 0o700 });
    const all = [...settings, ...tokenSettings(kind, tokenOf(out.root, department, kind))];
    writeIfChanged(join(here.config, file), configFile(join(release.config, file), all));
  };
  write('peer', 'core.yaml', peerSettings(host));
  if (department.orderer) write('orderer', 'orderer.yaml', ordererSettings(host));
}

/** Every department's TLS root in one file, for clients, and the ccaas builder's file. */
function writeRoots({ topology, department, out }: Work): void {
  const rootOf = (id: string) =>
    readFileSync(departmentPaths(out.root, id).tlsca.certificate, 'utf8');
  writeIfChanged(
    join(out.root, 'tls-roots.pem'),
    topology.departments.map(({ id }) => rootOf(id)).join(''),
  );
  const { chaincode } = departmentPaths(out.root, department.id);
  const connection = JSON.stringify(chaincodeConnection(topology, department, chaincode));
  writeIfChanged(chaincodeConnectionFile(out, department), connection, secretMode);
}

function distinct<File extends { readonly path: string }>(files: readonly File[]): File[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

function filesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}
