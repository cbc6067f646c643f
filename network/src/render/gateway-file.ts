import { stringify } from 'yaml';
import { departmentPaths } from '../pki/layout.js';
import { hostname, peerAddress, usersOf } from '../topology/nodes.js';
import type { Department, Topology, User } from '../topology/schema.js';

/** `gateway.yaml`: the department's gateway over its own peer. `root` is the rendered folder on the department's host. */
export function gatewayFile(topology: Topology, department: Department, root: string): string {
  const paths = departmentPaths(root, department.id);
  const own = paths.user(gatewayUser(department).name).msp;
  const config = {
    state: root,
    host: '127.0.0.1',
    port: 8080,
    engine: {
      kind: 'fabric',
      channel: topology.channel,
      chaincode: topology.chaincode.name,
      endpoint: peerAddress(department),
      tlsRoot: paths.tlsca.certificate,
      tlsHostname: hostname(topology, department, 'peer0'),
      mspId: department.mspId,
      certificate: own.certificate,
      key: own.key,
    },
    custodial: serviceUsers(department).map(({ name }) => ({
      account: name,
      mspId: department.mspId,
      certificate: paths.user(name).msp.certificate,
      key: paths.user(name).msp.key,
    })),
  };
  return [
    '# 本部门网关：只连本部门的节点。对外提供服务时请在前面放反向代理（TLS）。',
    "# The department's gateway, connected to its own peer alone. Put a reverse proxy with TLS before it to serve others.",
    stringify(config),
  ].join('\n');
}

/** Who the gateway is: the user with that role, else a service account, else the administrator. */
export function gatewayUser(department: Department): User {
  const users = usersOf(department);
  const fallback: User = { name: `${department.id}.admin`, role: 'admin' };
  return (
    users.find(({ role }) => role === 'gateway') ??
    users.find(({ role }) => role === 'service') ??
    fallback
  );
}

function serviceUsers(department: Department): readonly User[] {
  return usersOf(department).filter(({ role }) => role === 'service');
}
