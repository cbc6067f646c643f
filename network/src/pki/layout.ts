import { join } from 'node:path';

/** A certificate and its key. */
export interface PairPaths {
  readonly certificate: string;
  readonly key: string;
}

/** Files of one identity: an MSP folder in Fabric's format. */
export interface MspPaths extends PairPaths {
  readonly folder: string;
}

/** Files of one TLS certificate. */
export interface TlsPaths extends PairPaths {
  readonly root: string;
}

/** TLS files for the connection between a department's peer and its chaincode, with the root of these two certificates only. */
export interface ChaincodePaths extends TlsPaths {
  readonly client: PairPaths;
}

/** All paths of one department below `pki/`. */
export interface DepartmentPaths {
  readonly root: string;
  readonly ca: PairPaths;
  readonly tlsca: PairPaths;
  /** The verifying MSP: roots and node OUs, without keys. */
  readonly msp: string;
  readonly peer: NodePaths;
  readonly orderer: NodePaths;
  readonly chaincode: ChaincodePaths;
  readonly user: (name: string) => NodePaths;
}

export interface NodePaths {
  readonly msp: MspPaths;
  readonly tls: TlsPaths;
}

/** `pki/<department>/…` of a data folder; Fabric's own layout, so that its binaries can use it. */
export function departmentPaths(directory: string, departmentId: string): DepartmentPaths {
  const root = join(directory, 'pki', departmentId);
  return {
    root,
    ca: authority(join(root, 'ca')),
    tlsca: authority(join(root, 'tlsca')),
    msp: join(root, 'msp'),
    peer: node(join(root, 'peers', 'peer0'), 'server'),
    orderer: node(join(root, 'orderers', 'orderer0'), 'server'),
    chaincode: chaincode(join(root, 'chaincode', 'tls')),
    user: (name) => node(join(root, 'users', name), 'client'),
  };
}

function chaincode(folder: string): ChaincodePaths {
  return { ...tls(folder, 'server'), client: tls(folder, 'client') };
}

function authority(folder: string): PairPaths {
  return { certificate: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
}

function node(folder: string, side: 'server' | 'client'): NodePaths {
  return { msp: mspPaths(join(folder, 'msp')), tls: tls(join(folder, 'tls'), side) };
}

function mspPaths(folder: string): MspPaths {
  return {
    folder,
    certificate: join(folder, 'signcerts', 'cert.pem'),
    key: join(folder, 'keystore', 'key.pem'),
  };
}

function tls(folder: string, side: 'server' | 'client'): TlsPaths {
  return {
    certificate: join(folder, `${side}.crt`),
    key: join(folder, `${side}.key`),
    root: join(folder, 'ca.crt'),
  };
}
