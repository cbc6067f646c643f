import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isGenesisPin, parseCertificate } from '@yici/ledger';
import { NetworkError } from '../errors.js';
import { gatewayUser } from '../fabric/gateway-config.js';
import {
  pinGatewayIn,
  readGatewayPin,
  writeIdentity,
  type ConnectionFile,
  type GatewayPin,
  type GivenPins,
} from '../identity/export.js';
import { departmentPaths } from '../pki/layout.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { readTopology } from '../topology/load.js';
import { allUsers, findUser } from '../topology/nodes.js';
import type { Topology } from '../topology/schema.js';

interface IdentitySummary {
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

/** Options of `identity export`. */
export interface IdentityExport {
  readonly out: string;
  readonly genesis?: string;
  readonly gateway?: readonly string[];
  readonly audience?: string;
  readonly gatewayCertificate?: readonly string[];
}

/**
 * What the options pin; no gateway when they name none. Without `--audience` it is the one of the user's own
 * department, under the name that it takes when its configuration names none.
 * @throws NetworkError IDENTITY_UNKNOWN, TOPOLOGY_INVALID when an address is none, DATA_FOLDER_UNUSABLE for a certificate
 */
export function pinsGiven(folder: DataFolder, user: string, given: IdentityExport): GivenPins {
  const { genesis } = given;
  if (genesis !== undefined && !isGenesisPin(genesis)) {
    const message = 'The genesis hash is no 64 hex digits.';
    throw new NetworkError('TOPOLOGY_INVALID', message, { details: { genesis } });
  }
  return { genesisHash: genesis?.toLowerCase(), gateway: gatewayGiven(folder, user, given) };
}

function gatewayGiven(
  folder: DataFolder,
  user: string,
  given: IdentityExport,
): GatewayPin | undefined {
  if (given.gateway === undefined) return undefined;
  const topology = madeTopology(folder);
  const { department } = findUser(topology, user);
  const { gateway, audience, gatewayCertificate: files } = given;
  return readGatewayPin({
    audience: audience ?? `${gatewayUser(department).name}@${topology.channel}`,
    addresses: gateway,
    ...(files && { certificates: files.map(certificateDigest) }),
  });
}

function certificateDigest(file: string): string {
  try {
    return createHash('sha256')
      .update(parseCertificate(readFileSync(file)).der)
      .digest('hex');
  } catch (cause) {
    const message = `${file} is no certificate.`;
    throw new NetworkError('DATA_FOLDER_UNUSABLE', message, { details: { file }, cause });
  }
}

/** Exports a user of the network in a folder; see writeIdentity. @throws NetworkError NOT_RUNNING and as there. */
export function exportIdentity(
  folder: DataFolder,
  user: string,
  out: string,
  pins?: GivenPins,
): ConnectionFile {
  return writeIdentity(madeTopology(folder), folder.root, user, out, pins);
}

/**
 * Tells the identities of a data folder which gateway they belong to, once it is known where that is: those that a network
 * on one machine writes for the demo. A folder without any, as a department's own host has, is left alone.
 */
export function pinGateway(folder: DataFolder, gateway: GatewayPin): void {
  if (!existsSync(folder.identities)) return;
  for (const name of readdirSync(folder.identities)) {
    pinGatewayIn(join(folder.identities, name), gateway);
  }
}
