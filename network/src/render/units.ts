import { join } from 'node:path';
import { builtPackages, nodeFolder, type NodeKind } from '../fabric/node/layout.js';
import { nodeEnvironment } from '../fabric/node/settings.js';
import { departmentPaths } from '../pki/layout.js';
import { chaincodeTlsArguments } from '../supervisor/chaincode-process.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import type { Department, Topology } from '../topology/schema.js';
import { gatewayUser } from '../fabric/gateway-config.js';

/** Paths on the department's own host. */
export interface HostPlaces {
  /** The rendered folder. */
  readonly folder: DataFolder;
  /** Fabric's release: `bin`, `builders` and `config`. */
  readonly fabric: string;
  /** This project's root, built. */
  readonly program: string;
  /** The Node executable. */
  readonly node: string;
  /** The system user that all services run as. */
  readonly user: string;
}

export interface UnitsInput {
  readonly topology: Topology;
  readonly department: Department;
  readonly places: HostPlaces;
  readonly packageId: string;
}

/** A file to write, by its name. */
interface TextFile {
  readonly name: string;
  readonly text: string;
}

interface Unit {
  readonly kind: NodeKind | 'gateway';
  readonly what: string;
  readonly after: readonly string[];
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly writes: readonly string[];
  /** Parts of the folder that the service must not access. */
  readonly hidden: readonly string[];
  /** Node writes and executes memory at run time (JIT). */
  readonly compiles: boolean;
}

/** `yici-<department>-<kind>.service` for every process and one target for all of them. */
export function systemdUnits(input: UnitsInput): TextFile[] {
  const { department } = input;
  const units = serviceKinds(input).map((kind) => unitOf[kind](input));
  return [
    ...units.map((unit) => ({
      name: unitName(department, unit.kind),
      text: unitText(unit, input),
    })),
    { name: targetName(department), text: targetText(input, units) },
  ];
}

/** The services of a department, in the order of their start; a chaincode that runs elsewhere is none. */
export const serviceKinds = ({ department, topology }: UnitsInput): Unit['kind'][] => [
  ...(department.orderer ? (['orderer'] as const) : []),
  'peer',
  ...(topology.chaincode.address === undefined ? (['chaincode'] as const) : []),
  'gateway',
];

const unitOf: Readonly<Record<Unit['kind'], (input: UnitsInput) => Unit>> = {
  orderer: ordererUnit,
  peer: peerUnit,
  chaincode: chaincodeUnit,
  gateway: gatewayUnit,
};

/** Environment of all units: logging only, no secrets. */
export function environmentFile(): string {
  const variables = {
    ...nodeEnvironment(),
    CORE_CHAINCODE_LOGGING_LEVEL: 'ERROR',
    NODE_ENV: 'production',
  };
  return [
    '# 各服务共用的环境变量，无机密。',
    ...Object.entries(variables).map(([name, value]) => `${name}='${value}'`),
    '',
  ].join('\n');
}

/** Connection data of the chaincode process for the peer's builder; see peerNode. */
export function chaincodeConnectionFile(folder: DataFolder, department: Department): string {
  return join(nodeFolder(folder, department, 'peer').config, 'chaincode.json');
}

function ordererUnit({ department, places }: UnitsInput): Unit {
  const { config } = nodeFolder(places.folder, department, 'orderer');
  return {
    kind: 'orderer',
    what: '排序节点',
    after: [],
    command: [join(places.fabric, 'bin', 'orderer')],
    environment: { FABRIC_CFG_PATH: config },
    folder: config,
    writes: [config],
    hidden: hiddenFrom(places, department, ['peers', 'users', 'chaincode']),
    compiles: false,
  };
}

function peerUnit({ department, places }: UnitsInput): Unit {
  const { config, data } = nodeFolder(places.folder, department, 'peer');
  // The builder reads the chaincode's address from this variable only, and JSON in a unit's Environment= would need
  // different escaping in different versions of systemd.
  const script =
    'rm -rf "$2" && CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG="$(cat "$0")" && export CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG && exec "$1" node start';
  return {
    kind: 'peer',
    what: '对等节点',
    after: [unitName(department, 'chaincode')],
    command: [
      '/bin/sh',
      '-c',
      script,
      chaincodeConnectionFile(places.folder, department),
      join(places.fabric, 'bin', 'peer'),
      builtPackages(data),
    ],
    environment: { FABRIC_CFG_PATH: config },
    folder: config,
    writes: [config],
    hidden: hiddenFrom(places, department, ['orderers', 'users']),
    compiles: false,
  };
}

function chaincodeUnit({ topology, department, places, packageId }: UnitsInput): Unit {
  const { chaincode } = topology;
  const tls = departmentPaths(places.folder.root, department.id).chaincode;
  const module = chaincode.path ?? join(places.program, 'chaincode');
  const shim =
    chaincode.path === undefined
      ? join(places.program, 'node_modules', 'fabric-shim')
      : join(chaincode.path, 'node_modules', 'fabric-shim');
  return {
    kind: 'chaincode',
    what: '链码',
    after: [],
    command: [
      places.node,
      '--import',
      join(places.program, 'network', 'dist', 'lifecycle', 'check-code.js'),
      join(shim, 'cli.js'),
      'server',
      `--chaincode-address=127.0.0.1:${department.ports.chaincode ?? 0}`,
      `--chaincode-id=${packageId}`,
      `--module-path=${module}`,
      ...chaincodeTlsArguments(tls),
    ],
    environment: { CORE_PEER_LOCALMSPID: department.mspId },
    folder: module,
    writes: [],
    hidden: hiddenFrom(places, department, ['peers', 'orderers', 'users']),
    compiles: true,
  };
}

function gatewayUnit({ department, places }: UnitsInput): Unit {
  const { root } = places.folder;
  return {
    kind: 'gateway',
    what: '网关',
    after: [unitName(department, 'peer')],
    command: [
      places.node,
      // Larger young generation, as set by `npm start`: a busy gateway has hundreds of requests in progress.
      '--max-semi-space-size=64',
      join(places.program, 'gateway', 'bin', 'yici-gateway.mjs'),
      '--config',
      join(root, 'gateway.yaml'),
    ],
    folder: join(root, 'gateway'),
    writes: [join(root, 'gateway')],
    hidden: hiddenFrom(places, department, ['peers', 'orderers', ...administrator(department)]),
    compiles: true,
  };
}

/** The gateway must not read the administrator's key, unless it has no other identity. */
function administrator(department: Department): string[] {
  const name = `${department.id}.admin`;
  return gatewayUser(department).name === name ? [] : [`users/${name}`];
}

function hiddenFrom(
  { folder }: HostPlaces,
  department: Department,
  names: readonly string[],
): string[] {
  const { root } = departmentPaths(folder.root, department.id);
  const others = names.filter((name) => name !== 'orderers' || department.orderer);
  // Replaced keys of all nodes, where there are any (`-`: the folder may be missing).
  return [...others.map((name) => join(root, name)), `-${join(root, '.previous')}`];
}

export function unitName({ id }: Pick<Department, 'id'>, kind: Unit['kind']): string {
  return `yici-${id}-${kind}.service`;
}

/** The target that starts and stops all services of a department. */
export function targetName({ id }: Department): string {
  return `yici-${id}.target`;
}

/** Files of the administrator's that may be there: what seals the custody, and the PIN of the token that keeps a node's key. */
function secretsOf(kind: Unit['kind']): string[] {
  if (kind === 'chaincode') return [];
  return kind === 'gateway' ? ['gateway.env', 'token.env'] : ['token.env'];
}

function unitText(unit: Unit, { topology, department, places }: UnitsInput): string {
  return [
    '[Unit]',
    `Description=Yici ${unit.what} ${literal(department.name.zh)} (${topology.channel})`,
    `After=${['network-online.target', ...unit.after].join(' ')}`,
    'Wants=network-online.target',
    `PartOf=${targetName(department)}`,
    'StartLimitIntervalSec=300',
    'StartLimitBurst=20',
    '',
    '[Service]',
    'Type=simple',
    `User=${places.user}`,
    `EnvironmentFile=${literal(join(places.folder.root, 'yici.env'))}`,
    ...Object.entries(unit.environment ?? {}).map(
      ([name, value]) => `Environment=${quoted(`${name}=${value}`)}`,
    ),
    ...secretsOf(unit.kind).map((file) => `EnvironmentFile=-/etc/yici/${file}`),
    `WorkingDirectory=${literal(unit.folder)}`,
    `ExecStart=${unit.command.map(argument).join(' ')}`,
    'Restart=always',
    'RestartSec=2',
    'TimeoutStopSec=30',
    'LimitNOFILE=65536',
    ...hardening(unit),
    '',
    '[Install]',
    `WantedBy=${targetName(department)}`,
    '',
  ].join('\n');
}

/**
 * systemd.exec(5): file system read-only except for the service's own folders, no devices, no new privileges, no
 * processes of other users.
 */
function hardening({ writes, hidden, compiles }: Unit): string[] {
  return [
    'UMask=0077',
    'NoNewPrivileges=yes',
    'CapabilityBoundingSet=',
    'ProtectSystem=strict',
    'ProtectHome=read-only',
    ...(writes.length === 0 ? [] : [`ReadWritePaths=${writes.map(quoted).join(' ')}`]),
    ...(hidden.length === 0 ? [] : [`InaccessiblePaths=${hidden.map(quoted).join(' ')}`]),
    'PrivateTmp=yes',
    'PrivateDevices=yes',
    'ProtectClock=yes',
    'ProtectControlGroups=yes',
    'ProtectHostname=yes',
    'ProtectKernelLogs=yes',
    'ProtectKernelModules=yes',
    'ProtectKernelTunables=yes',
    'LockPersonality=yes',
    'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX',
    'RestrictNamespaces=yes',
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    ...(compiles ? [] : ['MemoryDenyWriteExecute=yes']),
  ];
}

function targetText({ topology, department }: UnitsInput, units: readonly Unit[]): string {
  return [
    '[Unit]',
    `Description=Yici ${literal(department.name.zh)} (${topology.channel})`,
    `Wants=${units.map(({ kind }) => unitName(department, kind)).join(' ')}`,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}

/** systemd.unit(5): `%` starts a specifier; a line break would end the setting. */
function literal(text: string): string {
  return text.replaceAll('%', '%%').replaceAll(/[\r\n]+/g, ' ');
}

function quoted(text: string): string {
  return `"${literal(text).replaceAll(/["\\]/g, '\\$&')}"`;
}

/** systemd.service(5), command lines: `$` also starts a variable. */
function argument(text: string): string {
  return quoted(text).replaceAll('$', '$$$$');
}
