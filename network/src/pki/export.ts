import { join } from 'node:path';
import { NetworkError } from '../errors.js';
import { findUser, hostname, peerAddress } from '../topology/nodes.js';
import type { Topology } from '../topology/schema.js';
import { secretMode, writeIfChanged } from './atomic.js';
import { departmentPaths } from './layout.js';
import { readTls, readUser } from './read.js';

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

/**
 * Writes `cert.pem`, `key.pem` (PKCS#8, 0600), `tls-ca.pem` and `connection.json` of a user of the network in
 * `directory` into the folder `out`: the fixed format that other tools rely on.
 * @throws NetworkError IDENTITY_UNKNOWN, DATA_FOLDER_UNUSABLE
 */
export function writeIdentity(
  topology: Topology,
  directory: string,
  user: string,
  out: string,
): ConnectionFile {
  const { department } = findUser(topology, user);
  const identity = readUser(topology, directory, user);
  const tls = readTls(departmentPaths(directory, department.id).peer.tls);
  const connection: ConnectionFile = {
    mspId: department.mspId,
    endpoint: peerAddress(department),
    tlsHostname: hostname(topology, department, 'peer0'),
    channel: topology.channel,
    chaincode: topology.chaincode.name,
  };
  try {
    writeIfChanged(join(out, 'key.pem'), identity.keyPem, secretMode);
    writeIfChanged(join(out, 'cert.pem'), identity.certificatePem);
    writeIfChanged(join(out, 'tls-ca.pem'), tls.rootPem);
    writeIfChanged(join(out, 'connection.json'), `${JSON.stringify(connection, undefined, 2)}\n`);
  } catch (cause) {
    throw new NetworkError('DATA_FOLDER_UNUSABLE', `The folder ${out} cannot be written.`, {
      details: { folder: out },
      cause,
    });
  }
  return connection;
}
