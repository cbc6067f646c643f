import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NetworkError } from '../errors.js';
import { secretMode, writeAtomically } from '../pki/atomic.js';
import { departmentPaths } from '../pki/layout.js';
import { readTls, readUser } from '../pki/read.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { readTopology } from '../topology/load.js';
import { allUsers, findUser, hostname, peerAddress } from '../topology/nodes.js';
import type { Topology } from '../topology/schema.js';

/** `connection.json` of an exported identity: how to reach the department's peer. */
export interface ConnectionFile {
  readonly mspId: string;
  /** host:port */
  readonly endpoint: string;
  /** Name in the peer's TLS certificate. */
  readonly tlsHostname: string;
  readonly channel: string;
  readonly chaincode: string;
}

export interface IdentitySummary {
  readonly user: string;
  readonly role: string;
  readonly department: string;
  readonly mspId: string;
  readonly certificate: string;
}

/** The topology of a network that was made. @throws NetworkError NOT_RUNNING when there is none in the folder. */
export function madeTopology(folder: DataFolder): Topology {
  if (!existsSync(folder.topology)) {
    throw new NetworkError(
      'NOT_RUNNING',
      `There is no network in ${folder.root}: run yici-network init or up first.`,
      {
        details: { folder: folder.root },
      },
    );
  }
  return readTopology(folder.topology);
}

/** Every user with its certificate's file. */
export function listIdentities(folder: DataFolder): IdentitySummary[] {
  const topology = madeTopology(folder);
  return allUsers(topology).map(({ department, user }) => ({
    user: user.name,
    role: user.role,
    department: department.id,
    mspId: department.mspId,
    certificate: departmentPaths(folder.root, department.id).user(user.name).msp.certificate,
  }));
}

/**
 * Writes `cert.pem`, `key.pem` (PKCS#8, 0600), `tls-ca.pem` and `connection.json` of a user into a folder: the fixed
 * format that other tools rely on.
 * @throws NetworkError IDENTITY_UNKNOWN, NOT_RUNNING, DATA_FOLDER_UNUSABLE
 */
export function exportIdentity(folder: DataFolder, user: string, out: string): ConnectionFile {
  const topology = madeTopology(folder);
  return writeIdentity(topology, folder, user, out);
}

/** {@link exportIdentity} for a topology that is at hand. */
export function writeIdentity(
  topology: Topology,
  folder: DataFolder,
  user: string,
  out: string,
): ConnectionFile {
  const { department } = findUser(topology, user);
  const identity = readUser(topology, folder.root, user);
  const tls = readTls(departmentPaths(folder.root, department.id).peer.tls);
  const connection: ConnectionFile = {
    mspId: department.mspId,
    endpoint: peerAddress(department),
    tlsHostname: hostname(topology, department, 'peer0'),
    channel: topology.channel,
    chaincode: topology.chaincode.name,
  };
  try {
    writeAtomically(join(out, 'key.pem'), identity.keyPem, secretMode);
    writeAtomically(join(out, 'cert.pem'), identity.certificatePem);
    writeAtomically(join(out, 'tls-ca.pem'), tls.rootPem);
    writeAtomically(join(out, 'connection.json'), `${JSON.stringify(connection, undefined, 2)}\n`);
  } catch (cause) {
    throw new NetworkError('DATA_FOLDER_UNUSABLE', `The folder ${out} cannot be written.`, {
      details: { folder: out },
      cause,
    });
  }
  return connection;
}
