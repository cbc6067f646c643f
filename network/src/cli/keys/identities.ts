import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isGenesisPin, parseCertificate } from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import { gatewayUser } from '../../fabric/gateway-config.js';
import {
  pinGatewayIn,
  readGatewayPin,
  writeIdentity,
  type ConnectionFile,
  type GatewayPin,
  type GivenPins,
} from '../../identity/export.js';
import { departmentPaths } from '../../pki/layout.js';
import { refuseRevoked } from '../../pki/revoke.js';
import type { DataFolder } from '../../supervisor/data-folder.js';
import { readTopology } from '../../topology/load.js';
import { allUsers, findUser } from '../../topology/nodes.js';
import type { Topology } from '../../topology/schema.js';
import type { CommandContext } from '../context.js';

/** The topology of an initialised network. @throws NetworkError NOT_RUNNING when the folder has none. */
export function ownTopology(folder: DataFolder): Topology {
  if (!existsSync(folder.topology)) {
    throw new NetworkError(
      'NOT_RUNNING',
      {
        zh: `${folder.root} 中没有网络，请先执行 yici-network init 或者 up。`,
        en: `There is no network in ${folder.root}: run yici-network init or up first.`,
      },
      { details: { folder: folder.root } },
    );
  }
  return readTopology(folder.topology);
}

/** Prints every user with the file of its certificate. */
export function printIdentities({ folder, output }: CommandContext): void {
  const users = allUsers(ownTopology(folder)).map(({ department, user }) => ({
    user: user.name,
    role: user.role,
    department: department.id,
    mspId: department.mspId,
    certificate: departmentPaths(folder.root, department.id).user(user.name).msp.certificate,
  }));
  const lines = users.map(({ user, role, mspId }) => `${user}\t${role}\t${mspId}`);
  output.result({ users }, lines.join('\n'));
}

/** What a connection file is to pin. */
export interface PinOptions {
  readonly genesis?: string;
  readonly gateway?: readonly string[];
  readonly audience?: string;
  readonly gatewayCertificate?: readonly string[];
}

/** Options of `identity export`. */
interface IdentityExport extends PinOptions {
  readonly out: string;
}

/** Exports a user and says where, and at which gateway it can log in. Errors as exportIdentity and {@link optionPins}. */
export function exportUser(
  { folder, output }: CommandContext,
  user: string,
  given: IdentityExport,
): void {
  const { out } = given;
  const connection = exportIdentity(folder, user, out, optionPins(folder, user, given));
  const door = connection.gateways?.flatMap(({ addresses }) => addresses).join(', ');
  const gateway =
    door === undefined
      ? { zh: '未载明网关，请用 --gateway 指明', en: 'no gateway: name one with --gateway' }
      : { zh: `网关 ${door}`, en: `gateway ${door}` };
  output.result(
    { user, out, ...connection },
    {
      zh: `${user} 已导出到 ${out}，对等节点 ${connection.endpoint}，${gateway.zh}`,
      en: `${user} is in ${out}, peer ${connection.endpoint}, ${gateway.en}`,
    },
  );
}

/**
 * The pins from the options; no gateway when they name none. The default of `--audience` is the name that the gateway of the
 * user's department has when its configuration names none.
 * @throws NetworkError IDENTITY_UNKNOWN, TOPOLOGY_INVALID when an address is malformed, DATA_FOLDER_UNUSABLE for a certificate
 */
export function optionPins(folder: DataFolder, user: string, given: PinOptions): GivenPins {
  const { genesis } = given;
  if (genesis !== undefined && !isGenesisPin(genesis)) {
    const message = {
      zh: '创世区块哈希须为 64 位十六进制数字。',
      en: 'The genesis hash is no 64 hex digits.',
    };
    throw new NetworkError('TOPOLOGY_INVALID', message, { details: { genesis } });
  }
  return { genesisHash: genesis?.toLowerCase(), gateway: gatewayGiven(folder, user, given) };
}

function gatewayGiven(folder: DataFolder, user: string, given: PinOptions): GatewayPin | undefined {
  if (given.gateway === undefined) return undefined;
  const topology = ownTopology(folder);
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
    const message = { zh: `${file} 不是证书。`, en: `${file} is no certificate.` };
    throw new NetworkError('DATA_FOLDER_UNUSABLE', message, { details: { file }, cause });
  }
}

/**
 * Exports a user of the network to a folder; see writeIdentity.
 * @throws NetworkError NOT_RUNNING, CERTIFICATE_REVOKED, and as writeIdentity
 */
export function exportIdentity(
  folder: DataFolder,
  user: string,
  out: string,
  pins?: GivenPins,
): ConnectionFile {
  const topology = ownTopology(folder);
  const { department } = findUser(topology, user);
  refuseRevoked(
    department,
    folder.root,
    departmentPaths(folder.root, department.id).user(user).msp,
  );
  return writeIdentity(topology, folder.root, user, out, pins);
}

/**
 * Pins the gateway in the identities of a data folder once its address is known; used for the demo identities of a
 * network on one machine. A folder without identities, such as a department's own host, is not changed.
 */
export function pinGateway(folder: DataFolder, gateway: GatewayPin): void {
  if (!existsSync(folder.identities)) return;
  for (const name of readdirSync(folder.identities)) {
    pinGatewayIn(join(folder.identities, name), gateway);
  }
}
