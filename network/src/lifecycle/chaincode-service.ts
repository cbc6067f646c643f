import { join } from 'node:path';
import type { ChaincodeTls } from './chaincode-tls.js';
import type { Logger } from '../logger.js';
import { departmentPaths } from '../pki/layout.js';
import { readTls } from '../pki/read.js';
import { ChaincodeProcess } from '../supervisor/chaincode-process.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { hostname } from '../topology/nodes.js';
import type { Department, Topology } from '../topology/schema.js';
import { chaincodeHere, ownChaincode } from './chaincode-code.js';

/** The chaincode as the peers reach it, and its process if we run it. */
export interface ChaincodeServiceSetup {
  readonly packageId: string;
  /** host:port */
  readonly address: string;
  /** The only department it serves; absent: all of them. */
  readonly mspId?: string;
  /** PEM texts. Absent when it is run externally without TLS. */
  readonly tls?: ChaincodeTls;
  readonly process?: ChaincodeProcess;
}

/** The chaincode services of a topology on this machine, one for all departments or one each; starts nothing. */
export function chaincodeServices(
  topology: Topology,
  folder: DataFolder,
  logger: Logger,
): readonly ChaincodeServiceSetup[] {
  const { chaincode, departments } = topology;
  const [first] = departments;
  if (first === undefined) return [];
  const packageId = chaincodeHere(chaincode).packageId;
  if (chaincode.address !== undefined) {
    const tls = chaincode.tls ? { tls: peerSide(topology, folder, first) } : {};
    return [{ packageId, address: chaincode.address, ...tls }];
  }
  if (chaincode.perDepartment) {
    return departments.map((department) => {
      const suffix = `-${department.id}`;
      const port = department.ports.chaincode ?? chaincode.port;
      const setup = running({ topology, folder, logger, department, suffix, port });
      return { ...setup, mspId: department.mspId };
    });
  }
  // A process for all departments uses the first department's certificates; all peers present that peer's certificate.
  return [
    running({ topology, folder, logger, department: first, suffix: '', port: chaincode.port }),
  ];
}

interface Running {
  readonly topology: Topology;
  readonly folder: DataFolder;
  readonly logger: Logger;
  /** The department whose certificates it uses. */
  readonly department: Department;
  readonly suffix: string;
  readonly port: number;
}

function running(input: Running): ChaincodeServiceSetup {
  const { topology, folder, logger, department, suffix, port } = input;
  const { chaincode } = topology;
  const packageId = chaincodeHere(chaincode).packageId;
  const process = new ChaincodeProcess(
    {
      ...(chaincode.perDepartment ? { mspId: department.mspId } : {}),
      folder: chaincode.path ?? ownChaincode(),
      port,
      packageId,
      logFile: join(folder.logs, `chaincode-${chaincode.name}${suffix}.log`),
      tls: departmentPaths(folder.root, department.id).chaincode,
    },
    logger,
  );
  const tls = peerSide(topology, folder, department);
  return { packageId, address: `127.0.0.1:${port}`, tls, process };
}

/** TLS settings of a peer for the chaincode. */
function peerSide(topology: Topology, folder: DataFolder, department: Department): ChaincodeTls {
  const files = departmentPaths(folder.root, department.id).chaincode;
  const { rootPem, certificatePem, keyPem } = readTls({ ...files, ...files.client });
  return {
    rootCert: rootPem,
    clientCert: certificatePem,
    clientKey: keyPem,
    // An IP address cannot be used as a TLS server name.
    serverName: hostname(topology, department, 'chaincode'),
  };
}
