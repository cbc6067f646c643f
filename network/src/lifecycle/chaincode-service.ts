import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import type { Logger } from '../embedded/logger.js';
import { departmentPaths, type TlsPaths } from '../pki/layout.js';
import { readTls } from '../pki/read.js';
import { ChaincodeProcess } from '../supervisor/chaincode-process.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import type { Department, Topology } from '../topology/schema.js';
import { buildChaincodePackage } from './chaincode-package.js';

/** The chaincode as the peers reach it, and its process when it is ours to run. */
export interface ChaincodeServiceSetup {
  readonly packageId: string;
  /** host:port */
  readonly address: string;
  /** The one department it serves; absent for all of them. */
  readonly mspId?: string;
  readonly tls?: { readonly rootCert: string };
  readonly process?: ChaincodeProcess;
}

/** What the topology's chaincode section means on this machine, one for all departments or one each; starts nothing. */
export function chaincodeServices(
  topology: Topology,
  folder: DataFolder,
  logger: Logger,
): readonly ChaincodeServiceSetup[] {
  const { chaincode, departments } = topology;
  if (chaincode.address !== undefined)
    return [{ ...reached(topology, folder), address: chaincode.address }];
  if (!chaincode.perDepartment) return [running(topology, folder, logger)];
  return departments.map((department) => running(topology, folder, logger, department));
}

function running(
  topology: Topology,
  folder: DataFolder,
  logger: Logger,
  department?: Department,
): ChaincodeServiceSetup {
  const { chaincode } = topology;
  const port = department?.ports.chaincode ?? chaincode.port;
  const of = department === undefined ? {} : { mspId: department.mspId };
  const suffix = department === undefined ? '' : `-${department.id}`;
  const setup = reached(topology, folder, department);
  const tls = chaincode.tls ? tlsOf(topology, folder, department) : undefined;
  const process = new ChaincodeProcess(
    {
      ...of,
      folder: chaincode.path ?? ownChaincode(),
      port,
      packageId: setup.packageId,
      logFile: join(folder.logs, `chaincode-${chaincode.name}${suffix}.log`),
      ...(tls === undefined ? {} : { tls }),
    },
    {
      info: (fields, message) => {
        logger.info(fields, message);
      },
      warn: (fields, message) => {
        logger.warn(fields, message);
      },
    },
  );
  return { ...setup, ...of, address: `127.0.0.1:${port}`, process };
}

function reached(topology: Topology, folder: DataFolder, department?: Department) {
  const { label, tls, packageId } = topology.chaincode;
  const paths = tls ? tlsOf(topology, folder, department) : undefined;
  return {
    packageId: packageId ?? buildChaincodePackage(label, { tls }).packageId,
    ...(paths === undefined ? {} : { tls: { rootCert: readTls(paths).rootPem } }),
  };
}

/** A process that serves all departments shows the certificate of the first. */
function tlsOf(
  { departments }: Topology,
  folder: DataFolder,
  department = departments[0],
): TlsPaths | undefined {
  return department && departmentPaths(folder.root, department.id).chaincode;
}

/** The project's own chaincode: only its folder is needed, its code runs in another process. */
export function ownChaincode(): string {
  return dirname(createRequire(import.meta.url).resolve('@yici/chaincode/package.json'));
}
