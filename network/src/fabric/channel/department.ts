import { TransactionClient } from '../../lifecycle/client.js';
import { departmentPaths } from '../../pki/layout.js';
import { readTls, readUser, type IdentityFiles } from '../../pki/read.js';
import type { DataFolder } from '../../supervisor/data-folder.js';
import { hostname, peerAddress } from '../../topology/nodes.js';
import type { Department, Topology } from '../../topology/schema.js';
import type { AdminEndpoint } from './participation.js';
import { FabricPeer, type PeerEndpoint } from '../grpc/peer-client.js';

/** A department as its own administrator acts for it: at its own peer, with its own key. */
export interface DepartmentDesk {
  readonly department: Department;
  readonly mspId: string;
  readonly admin: IdentityFiles;
  readonly peer: FabricPeer;
  /** Transactions on the channel, signed by the administrator. */
  readonly client: TransactionClient;
}

/** Opens a department's desk. @throws NetworkError IDENTITY_UNKNOWN when the administrator's files are not there */
export function openDesk(
  topology: Topology,
  folder: DataFolder,
  department: Department,
  as = `${department.id}.admin`,
): DepartmentDesk {
  const admin = readUser(topology, folder.root, as);
  // Whoever signs, it is the department that connects.
  const peer = new FabricPeer(peerEndpoint(topology, folder, department));
  const client = new TransactionClient({
    channel: topology.channel,
    gateway: peer,
    identity: admin,
    now: () => new Date(),
  });
  return { department, mspId: department.mspId, admin, peer, client };
}

/** How a department's administrator reaches its peer. */
export function peerEndpoint(
  topology: Topology,
  folder: DataFolder,
  department: Department,
): PeerEndpoint {
  const paths = departmentPaths(folder.root, department.id);
  return {
    address: peerAddress(department),
    tlsHostname: hostname(topology, department, 'peer0'),
    tlsRoot: readTls(paths.peer.tls).rootPem,
    tlsClient: readTls(paths.user(`${department.id}.admin`).tls),
  };
}

/** How a department's administrator reaches its orderer's admin endpoint. */
export function adminEndpoint(
  topology: Topology,
  folder: DataFolder,
  department: Department,
): AdminEndpoint {
  const paths = departmentPaths(folder.root, department.id);
  const own = readTls(paths.user(`${department.id}.admin`).tls);
  return {
    host: department.host,
    port: department.ports.ordererAdmin ?? 0,
    tlsHostname: hostname(topology, department, 'orderer0'),
    tlsRoot: readTls(paths.orderer.tls).rootPem,
    certificate: own.certificatePem,
    key: own.keyPem,
  };
}
