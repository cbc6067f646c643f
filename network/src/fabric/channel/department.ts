import { TransactionClient } from '../../lifecycle/client.js';
import { refuseExpired, type CertificateKind } from '../../pki/held.js';
import { departmentPaths } from '../../pki/layout.js';
import { readTls, readUser, type IdentityFiles } from '../../pki/read.js';
import type { DataFolder } from '../../supervisor/data-folder.js';
import { hostname, peerAddress } from '../../topology/nodes.js';
import type { Department, Topology } from '../../topology/schema.js';
import type { AdminEndpoint } from './participation.js';
import { FabricPeer, type PeerEndpoint } from '../grpc/peer-client.js';

/** Access of a department's administrator, with its own key, to its own peer. */
export interface AdminSession {
  readonly department: Department;
  readonly mspId: string;
  readonly admin: IdentityFiles;
  readonly peer: FabricPeer;
  /** Transactions on the channel, signed by the administrator. */
  readonly client: TransactionClient;
}

/**
 * Connects a department's administrator.
 * @throws NetworkError IDENTITY_UNKNOWN when the administrator's files do not exist, CERTIFICATE_EXPIRED: they, or the peer's, take no
 * connection then, which would be tried for half a minute
 */
export function openSession(
  topology: Topology,
  folder: DataFolder,
  department: Department,
  as = `${department.id}.admin`,
): AdminSession {
  const admin = readUser(topology, folder.root, as);
  const own = { ...topology, departments: [department] };
  refuseExpired(own, folder.root, new Date(), ({ kind }) => calledWith.has(kind));
  // The TLS client certificate is the department's, whoever signs.
  const peer = new FabricPeer(peerEndpoint(topology, folder, department));
  const client = new TransactionClient({
    channel: topology.channel,
    gateway: peer,
    identity: admin,
    now: () => new Date(),
  });
  return { department, mspId: department.mspId, admin, peer, client };
}

const calledWith: ReadonlySet<CertificateKind> = new Set(['peer-tls', 'user', 'user-tls']);

/** The peer's address and TLS material for a department's administrator. */
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

/** The orderer's admin endpoint for a department's administrator. */
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
