import { join } from 'node:path';

/** All paths of one department below `pki/`. */
export type DepartmentPaths = Readonly<ReturnType<typeof departmentPaths>>;
export type ChaincodePaths = Readonly<ReturnType<typeof chaincode>>;
export type NodePaths = Readonly<ReturnType<typeof node>>;
export type MspPaths = Readonly<ReturnType<typeof mspPaths>>;
export type TlsPaths = Readonly<ReturnType<typeof tls>>;
export type PairPaths = Readonly<ReturnType<typeof authority>>;

/** `pki/<department>/…` of a data folder; Fabric's own layout, so that its binaries can use it. */
export function departmentPaths(directory: string, departmentId: string) {
  const root = join(directory, 'pki', departmentId);
  return {
    root,
    ca: authority(join(root, 'ca')),
    tlsca: authority(join(root, 'tlsca')),
    /** The verifying MSP: roots and node OUs, without keys. */
    msp: join(root, 'msp'),
    peer: node(join(root, 'peers', 'peer0'), 'server'),
    orderer: node(join(root, 'orderers', 'orderer0'), 'server'),
    chaincode: chaincode(join(root, 'chaincode', 'tls')),
    user: (name: string) => node(join(root, 'users', name), 'client'),
  };
}

/** TLS files for the connection between a department's peer and its chaincode, with the root of these two certificates only. */
function chaincode(folder: string) {
  return { ...tls(folder, 'server'), client: tls(folder, 'client') };
}

/** A certificate and its key. */
function authority(folder: string) {
  return { certificate: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
}

function node(folder: string, side: 'server' | 'client') {
  return { msp: mspPaths(join(folder, 'msp')), tls: tls(join(folder, 'tls'), side) };
}

/** Files of one identity: an MSP folder in Fabric's format. */
function mspPaths(folder: string) {
  return {
    folder,
    certificate: join(folder, 'signcerts', 'cert.pem'),
    key: join(folder, 'keystore', 'key.pem'),
  };
}

/** Files of one TLS certificate. */
function tls(folder: string, side: 'server' | 'client') {
  return {
    certificate: join(folder, `${side}.crt`),
    key: join(folder, `${side}.key`),
    root: join(folder, 'ca.crt'),
  };
}
