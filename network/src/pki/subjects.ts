import { roleAttribute, sectionAttribute } from '@yici/domain/model';
import { hostname } from '../topology/nodes.js';
import type { Department, Topology, User } from '../topology/schema.js';
import type { NodeOu, Subject } from './certificates.js';

/** Nodes of a department that have certificates: the first part of their host names. */
export type NodePart = 'peer0' | 'orderer0' | 'chaincode';

/** Whose certificate, without a role. */
export function plainSubject({ mspId }: Department, commonName: string): Subject {
  return { commonName, organization: mspId };
}

/** What a node's signing certificate says. */
export function nodeSubject(
  topology: Topology,
  department: Department,
  node: Exclude<NodePart, 'chaincode'>,
): Subject {
  const nodeOu: NodeOu = node === 'peer0' ? 'peer' : 'orderer';
  return { ...plainSubject(department, hostname(topology, department, node)), nodeOu };
}

/** Where a node of that name may be reached: the names in its TLS certificate. */
export function nodeHosts(department: Department, name: string): string[] {
  return [...new Set(['127.0.0.1', 'localhost', name, department.host])];
}

/** What a user's signing certificate says. */
export function userCertificate({ mspId }: Department, user: User) {
  const nodeOu = user.role === 'admin' ? 'admin' : 'client';
  const attributes = {
    'hf.EnrollmentID': user.name,
    'hf.Type': nodeOu,
    [roleAttribute]: user.role,
    'yici.user': user.name,
    ...(user.section === undefined ? {} : { [sectionAttribute]: user.section }),
  };
  const subject: Subject = {
    commonName: user.name,
    organization: mspId,
    nodeOu,
    // A certificate that contains a node OU twice is invalid (msp/mspimplvalidate.go).
    ...(user.role === nodeOu ? {} : { unit: user.role }),
  };
  return { subject, attributes };
}

/** A user's TLS client certificate: OpenSSL takes the common name for a host name when there is no other. */
export function userHosts(topology: Topology, department: Department, user: User): string[] {
  return [hostname(topology, department, user.name)];
}
