import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NetworkError } from '../../errors.js';
import { writeIfChanged } from '../../atomic.js';
import { departmentPaths, type ChaincodePaths } from '../../pki/layout.js';
import { checkToken, tokenOf, type NodeToken } from '../../pki/node-token.js';
import { readTls } from '../../pki/read.js';
import { ownEnvironment } from '../../supervisor/environment.js';
import { acceptsConnections } from '../../supervisor/probe.js';
import type { DataFolder } from '../../supervisor/data-folder.js';
import {
  logTail,
  startPatience,
  SupervisedProcess,
  type ProcessEvents,
  type ProcessHealth,
  type ProcessOptions,
} from '../../supervisor/supervised-process.js';
import { listensOn } from '../../topology/derive.js';
import type { Department, Topology } from '../../topology/schema.js';
import type { FabricInstallation } from '../binaries/locate.js';
import { requireTokenBuild } from '../binaries/token-build.js';
import { configFile } from './config-file.js';
import { builtPackages, nodeFolder, nodeName, type NodeHost } from './layout.js';
import { isHealthy } from './operations.js';
import { ordererSettings } from './orderer-config.js';
import { peerSettings } from './peer-config.js';
import { nodeEnvironment, type Setting } from './settings.js';
import { tokenEnvironment, tokenSettings } from './token.js';

export interface NodeInput extends Omit<NodeHost, 'department'> {
  readonly folder: DataFolder;
  readonly fabric: FabricInstallation;
}

/** A process of a department; can be started once, and closed. */
export interface NodeProcess {
  /** Starts it and waits until it is healthy. @throws NetworkError NODE_FAILED, CHAINCODE_UNAVAILABLE, PORT_IN_USE */
  start(): Promise<void>;
  health(): ProcessHealth;
  close(): Promise<void>;
}

const stopWithin = 10_000;

/** Writes the department's orderer.yaml; starts nothing. */
export function ordererNode(
  input: NodeInput,
  department: Department,
  events: ProcessEvents,
): NodeProcess {
  const settings = ordererSettings({ ...input, department });
  return nativeNode(input, department, { kind: 'orderer', args: [], env: {}, settings }, events);
}

/** Writes the department's core.yaml, for a peer that is told of the chaincode anew; starts nothing. */
export function peerNode(
  input: NodeInput,
  department: Department,
  events: ProcessEvents,
): NodeProcess {
  const { chaincode } = departmentPaths(input.folder.root, department.id);
  const connection = chaincodeConnection(input.topology, department, chaincode);
  const env = { CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG: JSON.stringify(connection) };
  const settings = peerSettings({ ...input, department });
  const { data } = nodeFolder(input.folder, department, 'peer');
  rmSync(builtPackages(data), { recursive: true, force: true });
  const node: Kind = { kind: 'peer', args: ['node', 'start'], env, settings };
  return nativeNode(input, department, node, events);
}

/**
 * Values for the template fields of a package, read by the ccaas builder from this file only. It contains the TLS key
 * that authenticates the peer to the chaincode.
 */
export function chaincodeConnection(
  topology: Topology,
  department: Department,
  files: ChaincodePaths,
): Readonly<Record<string, string>> {
  const { certificatePem, keyPem, rootPem } = readTls({ ...files, ...files.client });
  return {
    address: chaincodeAddress(topology, department),
    root_cert: rootPem,
    client_cert: certificatePem,
    client_key: keyPem,
  };
}

/** Address of the department's own chaincode process, or of an externally run server. */
export function chaincodeAddress({ chaincode }: Topology, department: Department): string {
  return (
    chaincode.address ?? `${listensOn(department, 'chaincode')}:${department.ports.chaincode ?? 0}`
  );
}

interface Kind {
  readonly kind: 'peer' | 'orderer';
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly settings: readonly Setting[];
}

function nativeNode(
  { folder, fabric, settings: choice }: NodeInput,
  department: Department,
  { kind, args, env, settings }: Kind,
  events: ProcessEvents,
): NodeProcess {
  const node = nodeFolder(folder, department, kind);
  const name = nodeName(department, kind);
  mkdirSync(node.data, { recursive: true, mode: 0o700 });
  const file = kind === 'peer' ? 'core.yaml' : 'orderer.yaml';
  const token = usableToken(folder, department, fabric.bin(kind), kind);
  const all = [...settings, ...tokenSettings(kind, token)];
  writeIfChanged(join(node.config, file), configFile(join(fabric.config, file), all));
  const options: ProcessOptions = {
    name,
    command: fabric.bin(kind),
    args,
    env: {
      ...{ ...ownEnvironment(), ...nodeEnvironment(choice), ...env },
      ...{ ...tokenEnvironment(kind, token), FABRIC_CFG_PATH: node.config },
    },
    folder: node.config,
    logFile: node.logFile,
    input: 'ignore',
    ownSession: true,
    stopWithin,
  };
  const child = new SupervisedProcess(options, events);
  return {
    start: () => {
      child.start();
      return untilWell(child, options, () => isWell(department, kind));
    },
    health: () => child.health(),
    close: () => child.close(),
  };
}

/** @throws NetworkError FABRIC_WITHOUT_PKCS11, KEYS_DIFFER; KeyError */
function usableToken(
  { root }: DataFolder,
  department: Department,
  program: string,
  kind: Kind['kind'],
): NodeToken | undefined {
  const token = tokenOf(root, department, kind);
  if (token === undefined) return undefined;
  requireTokenBuild(program);
  checkToken(token);
  return token;
}

/** host:port of a node's operations endpoint. */
export function operationsAddress(department: Department, kind: 'peer' | 'orderer'): string {
  const port = kind === 'peer' ? 'peerOperations' : 'ordererOperations';
  return `${listensOn(department, port)}:${department.ports[port] ?? 0}`;
}

/**
 * A node reports healthy before it reads its TLS files and serves; a node that then fails because of them would
 * otherwise count as started.
 */
async function isWell(department: Department, kind: 'peer' | 'orderer'): Promise<boolean> {
  const serves = await acceptsConnections(department.ports[kind] ?? 0, listensOn(department, kind));
  return serves && isHealthy(operationsAddress(department, kind));
}

async function untilWell(
  child: SupervisedProcess,
  { name, logFile }: ProcessOptions,
  isReady: () => Promise<boolean>,
): Promise<void> {
  const ready = await child.becomes(isReady, startPatience);
  if (ready) return;
  const words = {
    zh: `${name} 没有启动，原因见其日志 ${logFile}；常见的是端口、证书或者磁盘已满。`,
    en: `${name} did not start; its log is ${logFile}.`,
  };
  throw new NetworkError('NODE_FAILED', words, {
    details: { node: name, logFile, output: logTail(logFile) },
  });
}
