import { stringify } from 'yaml';
import { gatewaySettings } from '../fabric/gateway-config.js';
import { usersOf } from '../topology/nodes.js';
import type { Department, Topology, User } from '../topology/schema.js';

const heading = `# 本部门网关：连本部门的节点；本部门节点不可用时用 fallback 中的节点，不需要可删去。对外提供服务时请在前面放反向代理（TLS）。
# The department's gateway over its own peer, and over the one under fallback while that is away: leave it out if you would
# rather wait than read from another department. Put a reverse proxy with TLS before it to serve others.
`;

/** `gateway.yaml`: the department's gateway. `root` is the rendered folder on the department's host. */
export function gatewayFile(topology: Topology, department: Department, root: string): string {
  const settings = gatewaySettings(topology, department, gatewayUser(department), root);
  return `${heading}${stringify(settings, { lineWidth: 0 })}`;
}

/** Who the gateway is: the user with that role, else a service account, else the administrator. */
export function gatewayUser(department: Department): User {
  const users = usersOf(department);
  return (
    users.find(({ role }) => role === 'gateway') ??
    users.find(({ role }) => role === 'service') ?? {
      name: `${department.id}.admin`,
      role: 'admin',
    }
  );
}
