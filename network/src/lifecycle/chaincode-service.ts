import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import type { Logger } from '../embedded/logger.js';
import { departmentPaths, type TlsPaths } from '../pki/layout.js';
import { readTls } from '../pki/read.js';
import { ChaincodeProcess } from '../supervisor/chaincode-process.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import type { Topology } from '../topology/schema.js';
import { buildChaincodePackage } from './chaincode-package.js';

/** The chaincode as the peers reach it, and its process when it is ours to run. */
export interface ChaincodeServiceSetup {
  readonly packageId: string;
  /** host:port */
  readonly address: string;
  readonly tls?: { readonly rootCert: string };
  readonly process?: ChaincodeProcess;
}

/** What the topology's chaincode section means on this machine; starts nothing. */
export function chaincodeService(
  topology: Topology,
  folder: DataFolder,
  logger: Logger,
): ChaincodeServiceSetup {
  const { chaincode } = topology;
  const packageId =
    chaincode.packageId ?? buildChaincodePackage(chaincode.label, { tls: chaincode.tls }).packageId;
  const tls = chaincode.tls ? tlsOf(topology, folder) : undefined;
  const reached = {
    packageId,
    address: chaincode.address ?? `127.0.0.1:${chaincode.port}`,
    ...(tls === undefined ? {} : { tls: { rootCert: readTls(tls).rootPem } }),
  };
  if (chaincode.address !== undefined) return reached;
  const options = {
    folder: chaincode.path ?? ownChaincode(),
    port: chaincode.port,
    packageId,
    logFile: join(folder.logs, `chaincode-${chaincode.name}.log`),
    ...(tls === undefined ? {} : { tls }),
  };
  const events = {
    info: (fields: object, message: string) => {
      logger.info(fields, message);
    },
    warn: (fields: object, message: string) => {
      logger.warn(fields, message);
    },
  };
  return { ...reached, process: new ChaincodeProcess(options, events) };
}

/** On the embedded engine one process serves all departments; it shows the certificate of the first. */
function tlsOf(topology: Topology, folder: DataFolder): TlsPaths | undefined {
  const [first] = topology.departments;
  return first === undefined ? undefined : departmentPaths(folder.root, first.id).chaincode;
}

/** The project's own chaincode: only its folder is needed, its code runs in another process. */
export function ownChaincode(): string {
  return dirname(createRequire(import.meta.url).resolve('@yici/chaincode/package.json'));
}
