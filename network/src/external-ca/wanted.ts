import type { PairPaths, NodePaths, TlsPaths } from '../pki/layout.js';
import { departmentPaths } from '../pki/layout.js';
import type { Subject } from '../pki/certificates.js';
import {
  nodeHosts,
  nodeSubject,
  plainSubject,
  userCertificate,
  userHosts,
} from '../pki/subjects.js';
import { hostname, isOfServer, usersOf } from '../topology/nodes.js';
import type { Department, Topology } from '../topology/schema.js';

interface Wanted {
  /** Of its files: `hrss.clerk1`, `hrss.clerk1.tls`. */
  readonly name: string;
  readonly subject: Subject;
}
export interface WantedSigning extends Wanted {
  readonly kind: 'signing';
  readonly files: PairPaths & { readonly root?: undefined };
  readonly attributes: Readonly<Record<string, string>>;
  /** Whether it signs on the department's server, where a token may be. */
  readonly isOfServer: boolean;
}
export interface WantedTls extends Wanted {
  readonly kind: 'tls';
  readonly files: TlsPaths;
  readonly hosts: readonly string[];
  readonly isServer: boolean;
}

export type WantedCertificate = WantedSigning | WantedTls;

/** Every certificate of a department that its authority issues, and what each must say. The chaincode's are its own. */
export function wantedOf(
  topology: Topology,
  department: Department,
  directory: string,
): WantedCertificate[] {
  const paths = departmentPaths(directory, department.id);
  const both = (
    name: string,
    { msp, tls }: NodePaths,
    signing: Pick<WantedSigning, 'subject' | 'attributes' | 'isOfServer'>,
    hosts: Pick<WantedTls, 'hosts' | 'isServer'>,
  ): WantedCertificate[] => [
    { kind: 'signing', name, files: msp, ...signing },
    {
      ...{ kind: 'tls', name: `${name}.tls`, files: tls, ...hosts },
      subject: plainSubject(department, signing.subject.commonName),
    },
  ];
  const node = (part: 'peer0' | 'orderer0', files: NodePaths) => {
    const name = hostname(topology, department, part);
    const subject = nodeSubject(topology, department, part);
    const hosts = { hosts: nodeHosts(department, name), isServer: true };
    return both(part, files, { subject, attributes: {}, isOfServer: true }, hosts);
  };
  return [
    ...node('peer0', paths.peer),
    ...(department.orderer ? node('orderer0', paths.orderer) : []),
    ...usersOf(department).flatMap((user) => {
      const hosts = { hosts: userHosts(topology, department, user), isServer: false };
      const signing = { ...userCertificate(department, user), isOfServer: isOfServer(user) };
      return both(user.name, paths.user(user.name), signing, hosts);
    }),
  ];
}
