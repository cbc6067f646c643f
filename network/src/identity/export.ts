import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { issuesIn, issuesText } from '@yici/terminal/issues';
import { NetworkError, unwritable } from '../errors.js';
import { genesisHashOf } from '../genesis/prepare.js';
import { applicationPolicyOf } from '../lifecycle/collections.js';
import { dataFolder } from '../supervisor/data-folder.js';
import { findUser, hostname, peerAddress } from '../topology/nodes.js';
import type { Topology } from '../topology/schema.js';
import { secretMode, writeIfChanged } from '../atomic.js';
import { readJson } from '../read-json.js';
import { departmentPaths } from '../pki/layout.js';
import { readTls, readUser } from '../pki/read.js';

/** A gateway to which a user's client may log in (client/src/identity/pins.ts). */
const gatewayPin = z.strictObject({
  /** The audience named in its logins. */
  audience: z.string().min(1).max(200),
  /** Its addresses, as origins. */
  addresses: z.array(z.url({ protocol: /^https?$/ })).min(1),
  /** SHA-256 of its TLS certificates for https, hex. */
  certificates: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .min(1)
    .exactOptional(),
});
export type GatewayPin = z.output<typeof gatewayPin>;

/** @throws NetworkError TOPOLOGY_INVALID when an address or a name is malformed. */
export function readGatewayPin(given: unknown): GatewayPin {
  const parsed = gatewayPin.safeParse(given);
  if (parsed.success) return parsed.data;
  const issues = issuesIn(parsed.error, given);
  const { zh, en } = issuesText(issues);
  const words = {
    zh: `网关信息有误，没有写入：${zh}`,
    en: `The gateway cannot be pinned: ${en}`,
  };
  throw new NetworkError('TOPOLOGY_INVALID', words, { details: { issues } });
}

/** `connection.json` of an exported identity: the department's peer and the client's trust anchors. */
export interface ConnectionFile {
  readonly mspId: string;
  /** host:port */
  readonly endpoint: string;
  /** Name in the peer's TLS certificate. */
  readonly tlsHostname: string;
  readonly channel: string;
  readonly chaincode: string;
  /** Trust anchor for all checks of the channel; absent before the genesis block is made. */
  readonly genesisHash?: string;
  /** The chaincode's own endorsement policy, `peer.ApplicationPolicy` bytes in base64; absent: the channel's. */
  readonly endorsement?: string;
  /** Absent until one is known; a client without it logs in nowhere. */
  readonly gateways?: readonly GatewayPin[];
}

/** Values that the folder does not contain: where the keys are made there is no genesis block yet. */
export interface GivenPins {
  readonly genesisHash?: string | undefined;
  readonly gateway?: GatewayPin | undefined;
}

/**
 * Writes `cert.pem`, `key.pem` (PKCS#8, 0600), `tls-ca.pem`, `tls-cert.pem`, `tls-key.pem` (for peers that request
 * client certificates) and `connection.json` of a user of the network in `directory` to the folder `out`; other tools
 * rely on this format. Gateways already pinned there, or for the same user in the data folder, are kept; the given one
 * replaces an earlier pin of the same gateway.
 * @throws NetworkError IDENTITY_UNKNOWN, DATA_FOLDER_UNUSABLE
 */
export function writeIdentity(
  topology: Topology,
  directory: string,
  user: string,
  out: string,
  pins: GivenPins = {},
): ConnectionFile {
  const { department } = findUser(topology, user);
  const identity = readUser(topology, directory, user);
  const paths = departmentPaths(directory, department.id);
  const tls = readTls(paths.peer.tls);
  const client = readTls(paths.user(user).tls);
  const there = pinnedIn(out);
  const known = there.length > 0 ? there : knownGateways(directory, user);
  const connection = connectionOf(topology, directory, user, { ...pins, known });
  try {
    writeIfChanged(join(out, 'key.pem'), identity.keyPem, secretMode);
    writeIfChanged(join(out, 'cert.pem'), identity.certificatePem);
    writeIfChanged(join(out, 'tls-ca.pem'), tls.rootPem);
    writeIfChanged(join(out, 'tls-key.pem'), client.keyPem, secretMode);
    writeIfChanged(join(out, 'tls-cert.pem'), client.certificatePem);
    writeIfChanged(join(out, 'connection.json'), connectionText(connection));
  } catch (cause) {
    throw unwritable(out, cause);
  }
  return connection;
}

/** The connection file of a user. @throws NetworkError IDENTITY_UNKNOWN */
export function connectionOf(
  topology: Topology,
  directory: string,
  user: string,
  { known = knownGateways(directory, user), ...pins }: GivenPins & Known = {},
): ConnectionFile {
  const { department } = findUser(topology, user);
  return {
    mspId: department.mspId,
    endpoint: peerAddress(department),
    tlsHostname: hostname(topology, department, 'peer0'),
    channel: topology.channel,
    chaincode: topology.chaincode.name,
    ...pinsOf(topology, directory, pins),
    ...withGateway(known, pins.gateway),
  };
}

interface Known {
  /** Gateways that are pinned already; by default those of the same user in the data folder. */
  readonly known?: readonly GatewayPin[];
}

/** The file's text. */
export const connectionText = (connection: ConnectionFile): string =>
  `${JSON.stringify(connection, undefined, 2)}\n`;

/** Adds a pinned gateway to an identity folder; any other folder is not changed. */
export function pinGatewayIn(folder: string, gateway: GatewayPin): void {
  const file = join(folder, 'connection.json');
  if (!existsSync(file)) return;
  const connection = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  const pinned = { ...connection, ...withGateway(pinnedIn(folder), gateway) };
  writeIfChanged(file, `${JSON.stringify(pinned, undefined, 2)}\n`);
}

function pinsOf(
  topology: Topology,
  directory: string,
  given: GivenPins,
): Pick<ConnectionFile, 'genesisHash' | 'endorsement'> {
  const { genesis } = dataFolder(directory);
  const { policy } = topology.chaincode;
  const own = existsSync(genesis) ? genesisHashOf(readFileSync(genesis)) : undefined;
  const genesisHash = given.genesisHash ?? own;
  return {
    ...(genesisHash !== undefined && { genesisHash }),
    ...(policy !== undefined && {
      endorsement: Buffer.from(applicationPolicyOf(policy)).toString('base64'),
    }),
  };
}

function withGateway(
  known: readonly GatewayPin[],
  given: GatewayPin | undefined,
): Pick<ConnectionFile, 'gateways'> {
  const isAnother = ({ audience, addresses }: GatewayPin): boolean =>
    audience !== given?.audience && !addresses.some((each) => given?.addresses.includes(each));
  const others = known.filter(isAnother);
  const gateways = given === undefined ? known : [given, ...others];
  return gateways.length === 0 ? {} : { gateways };
}

const knownGateways = (directory: string, user: string): readonly GatewayPin[] =>
  pinnedIn(join(dataFolder(directory).identities, user));

/** The gateways pinned in an identity folder; empty when there are none or it cannot be read. */
function pinnedIn(folder: string): readonly GatewayPin[] {
  const pinned = z.object({ gateways: z.array(gatewayPin) });
  return readJson(pinned, join(folder, 'connection.json'))?.gateways ?? [];
}
