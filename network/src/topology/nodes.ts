import { NetworkError } from '../errors.js';
import type { Department, Topology, User } from './schema.js';

/** The ordering departments, in the order of the file; a consenter's id is its position, starting at 1. */
export function consenters(topology: Topology): readonly Department[] {
  return topology.departments.filter((department) => department.orderer);
}

/** DNS name of a department's node, in its certificates: `peer0.hrss.yici.internal`. */
export function hostname(topology: Topology, department: Department, node: string): string {
  return `${node}.${department.id}.${topology.domain}`;
}

/** host:port of a department's peer. */
export function peerAddress(department: Department): string {
  return `${department.host}:${department.ports.peer}`;
}

/** host:port of a department's orderer. */
export function ordererAddress(department: Department): string {
  return `${department.host}:${department.ports.orderer ?? 0}`;
}

interface UserOfDepartment {
  readonly department: Department;
  readonly user: User;
}

/** Every user of the network with its department. */
export function allUsers(topology: Topology): readonly UserOfDepartment[] {
  return topology.departments.flatMap((department) =>
    usersOf(department).map((user) => ({ department, user })),
  );
}

/** The department's users, always including the administrator. */
export function usersOf(department: Department): readonly User[] {
  const admin: User = { name: `${department.id}.admin`, role: 'admin' };
  return department.users.some(({ name }) => name === admin.name)
    ? department.users
    : [...department.users, admin];
}

/**
 * Roles whose keys a department's server needs: the administrator joins and approves, the gateway reads, service accounts submit.
 * Clerks, heads and supervisors sign on their own devices.
 */
const serverRoles: readonly User['role'][] = ['admin', 'gateway', 'service'];
export const isOfServer = ({ role }: User): boolean => serverRoles.includes(role);

/** @throws NetworkError IDENTITY_UNKNOWN */
export function findUser(topology: Topology, name: string): UserOfDepartment {
  const found = allUsers(topology).find(({ user }) => user.name === name);
  if (found === undefined) {
    const words = {
      zh: `拓扑文件中没有用户 ${name}；用 yici-network identity list 查看。`,
      en: `The topology has no user ${name}: see yici-network identity list.`,
    };
    throw new NetworkError('IDENTITY_UNKNOWN', words, { details: { user: name } });
  }
  return found;
}

/** @throws NetworkError IDENTITY_UNKNOWN */
export function findDepartment(topology: Topology, mspId: string): Department {
  const found = topology.departments.find((department) => department.mspId === mspId);
  if (found === undefined) {
    const words = {
      zh: `拓扑文件中没有 MSP 为 ${mspId} 的部门。核对 mspId。`,
      en: `The topology has no department with MSP ${mspId}.`,
    };
    throw new NetworkError('IDENTITY_UNKNOWN', words, { details: { mspId } });
  }
  return found;
}

/** @throws NetworkError IDENTITY_UNKNOWN */
export function departmentNamed(topology: Topology, id: string): Department {
  const found = topology.departments.find((department) => department.id === id);
  if (found !== undefined) return found;
  const departments = topology.departments.map((each) => each.id);
  const words = {
    zh: `拓扑文件中没有部门 ${id}，只有：${departments.join('、')}。`,
    en: `The topology has no department ${id}, but ${departments.join(', ')}.`,
  };
  throw new NetworkError('IDENTITY_UNKNOWN', words, { details: { department: id, departments } });
}
