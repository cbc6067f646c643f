import { existsSync, readFileSync } from 'node:fs';
import { NetworkError } from '../errors.js';
import type { HeldCertificate } from '../pki/held.js';
import { departmentPaths } from '../pki/layout.js';
import { readTls, readUser } from '../pki/read.js';
import { inTime } from '../retry.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { tlsPresence } from '../supervisor/probe.js';
import { consenters, hostname, ordererAddress, peerAddress } from '../topology/nodes.js';
import type { Department, Topology } from '../topology/schema.js';
import { channelHeight } from './channel/blocks.js';
import { FabricPeer } from './grpc/peer-client.js';
import { unasked, type Looked } from './node-facts.js';

/** How long another department's peer may take to say its height, in milliseconds. */
const answersWithin = 3_000;

/**
 * The other departments' peers and orderers, as far as anybody of the channel can see: whether they answer at their public
 * addresses, and a peer's height, asked for in the name of the first department of `own`.
 */
export async function publicNodes(
  network: Topology,
  own: Topology,
  folder: DataFolder,
  held: readonly HeldCertificate[],
): Promise<Looked[]> {
  const mine = new Set(own.departments.map(({ id }) => id));
  const others = network.departments.filter(({ id }) => !mine.has(id));
  const at = { network, folder, held, asker: own.departments.find(hasAdmin(folder)) };
  return await Promise.all([
    ...consenters({ ...network, departments: others }).map((each) => publicOrderer(at, each)),
    ...others.map((each) => publicPeer(at, each)),
  ]);
}

interface Place {
  readonly network: Topology;
  readonly folder: DataFolder;
  readonly held: readonly HeldCertificate[];
  /** The department that asks; absent where no administrator's key is here. */
  readonly asker: Department | undefined;
}

const hasAdmin =
  ({ root }: DataFolder) =>
  ({ id }: Department): boolean =>
    existsSync(departmentPaths(root, id).user(`${id}.admin`).msp.key);

async function publicOrderer(at: Place, department: Department): Promise<Looked> {
  const { host, ports } = department;
  const shown = await tlsPresence(
    { host, port: ports.orderer ?? 0 },
    tlsRoot(at, department),
    hostname(at.network, department, 'orderer0'),
  );
  return {
    ...unasked(at.held, department, 'orderer'),
    address: ordererAddress(department),
    ...shown,
  };
}

async function publicPeer(at: Place, department: Department): Promise<Looked> {
  const { host, ports } = department;
  const name = hostname(at.network, department, 'peer0');
  const { asker } = at;
  const ask = asker && (() => heightAt(at, asker, department));
  const [shown, known] = await Promise.all([
    tlsPresence({ host, port: ports.peer }, tlsRoot(at, department), name),
    ask && inTime(ask(), answersWithin),
  ]);
  const isSilent = shown.state === 'up' && ask !== undefined && known === undefined;
  return {
    ...(ask && { again: async () => (await ask()).height }),
    ...unasked(at.held, department, 'peer'),
    ...{ address: peerAddress(department), ...shown },
    ...(isSilent && { state: 'unwell' as const }),
    ...known,
  };
}

const tlsRoot = ({ folder }: Place, { id }: Department): Uint8Array =>
  readFileSync(departmentPaths(folder.root, id).tlsca.certificate);

/** A peer's height; not `joined` when it refuses, as one does that does not have the channel. */
async function heightAt(
  { network, folder }: Place,
  asker: Department,
  department: Department,
): Promise<{ readonly joined: boolean; readonly height?: number }> {
  const admin = `${asker.id}.admin`;
  const target = new FabricPeer({
    address: peerAddress(department),
    tlsHostname: hostname(network, department, 'peer0'),
    tlsRoot: readFileSync(departmentPaths(folder.root, department.id).tlsca.certificate, 'utf8'),
    tlsClient: readTls(departmentPaths(folder.root, asker.id).user(admin).tls),
  });
  const access = { peer: target, admin: readUser(network, folder.root, admin) };
  try {
    return { joined: true, height: Number(await channelHeight(access, network.channel)) };
  } catch (error) {
    if (error instanceof NetworkError) return { joined: false };
    throw error;
  } finally {
    target.close();
  }
}
