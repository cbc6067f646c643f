import { join } from 'node:path';
import { stringify } from 'yaml';
import { secretMode, writeIfChanged } from '../atomic.js';
import { departmentPaths } from '../pki/layout.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { hostname, peerAddress, usersOf } from '../topology/nodes.js';
import type { Department, Topology, User } from '../topology/schema.js';

const headingOfUp = `# 本部门网关的配置，由 yici-network up 每次启动时写出；要改请另存一份。
# The gateway of a department over its own peer. Written anew each time the network comes up: copy it to change it.
`;

const headingOfRender = `# 本部门网关：连本部门的节点；本部门节点不可用时用 fallback 中的节点，不需要可删去。对外提供服务时请在前面放反向代理（TLS）。
# 可以在此改动：render 再次运行时保留改动过的文件，新内容写入 gateway.yaml.new。
# The department's gateway over its own peer, and over the one under fallback while that is away: leave it out if you would
# rather wait than read from another department. Put a reverse proxy with TLS before it to serve others.
# Edit it here: a later render keeps an edited one, and puts what it would write into gateway.yaml.new.
`;

/**
 * Writes `gateway.yaml` into the data folder, so that `yici-gateway --config` needs nothing else: for the first
 * department that has a user for its gateway. Returns the file; undefined when no department has one.
 */
export function writeGatewayConfig(topology: Topology, folder: DataFolder): string | undefined {
  const department = withGateway(topology);
  if (department === undefined) return undefined;
  const file = join(folder.root, 'gateway.yaml');
  const settings = gatewaySettings(topology, department, folder.root);
  writeIfChanged(file, fileText(headingOfUp, settings), secretMode);
  return file;
}

/** The department whose gateway keeps its data in the folder itself, when `up` starts all of them there. */
export const withGateway = ({ departments }: Topology): Department | undefined =>
  departments.find(({ users }) => users.some(isGateway));

/** The configuration of any department's gateway, with the keys below `root`. */
export function gatewayConfigOf(
  topology: Topology,
  department: Department,
  root: string,
  own: { readonly state: string; readonly port?: number },
) {
  const settings = { ...gatewaySettings(topology, department, root), ...own };
  return { settings, text: fileText(headingOfRender, settings) };
}

/** `gateway.yaml` of a rendered folder, with paths for the folder's location `root` on the department's host. */
export function renderedGatewayConfig(
  topology: Topology,
  department: Department,
  root: string,
): string {
  return fileText(headingOfRender, gatewaySettings(topology, department, root));
}

/** The identity of a department's gateway: the user with that role, otherwise a service account, otherwise the administrator. */
export function gatewayUser(department: Department): User {
  const users = usersOf(department);
  return (
    users.find(isGateway) ??
    users.find(({ role }) => role === 'service') ?? {
      name: `${department.id}.admin`,
      role: 'admin',
    }
  );
}

const isGateway = ({ role }: User): boolean => role === 'gateway';

function fileText(heading: string, settings: ReturnType<typeof gatewaySettings>): string {
  return `${heading}${stringify(settings, { lineWidth: 0 })}`;
}

/** The settings of a department's gateway, with the data folder at `root` on its host. */
function gatewaySettings(topology: Topology, department: Department, root: string) {
  const own = departmentPaths(root, department.id);
  const { msp, tls } = own.user(gatewayUser(department).name);
  return {
    state: root,
    engine: {
      kind: 'fabric',
      channel: topology.channel,
      chaincode: topology.chaincode.name,
      mspId: department.mspId,
      certificate: msp.certificate,
      key: msp.key,
      tlsClient: { certificate: tls.certificate, key: tls.key },
      ...peerSettings(topology, department, root),
      fallback: fallbackPeers(topology, department).map((other) => ({
        mspId: other.mspId,
        ...peerSettings(topology, other, root),
      })),
    },
    custodial: usersOf(department)
      .filter(({ role }) => role === 'service')
      .map(({ name }) => ({
        account: name,
        mspId: department.mspId,
        certificate: own.user(name).msp.certificate,
        key: own.user(name).msp.key,
      })),
  };
}

function peerSettings(topology: Topology, department: Department, root: string) {
  return {
    endpoint: peerAddress(department),
    tlsHostname: hostname(topology, department, 'peer0'),
    // The only file of it that other departments' hosts have too.
    tlsRoot: departmentPaths(root, department.id).tlsca.certificate,
  };
}

/** Another department's peer, used while the own one is unavailable. */
function fallbackPeers({ departments }: Topology, own: Department): readonly Department[] {
  const next = departments[(departments.indexOf(own) + 1) % departments.length];
  return next === undefined || next === own ? [] : [next];
}
