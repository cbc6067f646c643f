import { readFileSync } from 'node:fs';
import { NetworkError } from '../errors.js';
import { notAfter } from '../pki/certificates.js';
import { departmentPaths } from '../pki/layout.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import type { Department, Topology } from '../topology/schema.js';

/** A node's certificate and its expiry. */
export interface NodeCertificate {
  readonly node: 'peer' | 'orderer' | 'chaincode' | 'admin';
  readonly file: string;
  readonly ends: Date;
}

/** The certificates used by a department's nodes and administrator. */
export function nodeCertificates(folder: DataFolder, department: Department): NodeCertificate[] {
  const paths = departmentPaths(folder.root, department.id);
  const admin = paths.user(`${department.id}.admin`);
  const files: [NodeCertificate['node'], string][] = [
    ['peer', paths.peer.msp.certificate],
    ['peer', paths.peer.tls.certificate],
    ['chaincode', paths.chaincode.certificate],
    ['chaincode', paths.chaincode.client.certificate],
    ['admin', admin.msp.certificate],
    ['admin', admin.tls.certificate],
  ];
  if (department.orderer) {
    files.push(
      ['orderer', paths.orderer.msp.certificate],
      ['orderer', paths.orderer.tls.certificate],
    );
  }
  return files.map(([node, file]) => ({ node, file, ends: notAfter(readFileSync(file, 'utf8')) }));
}

/**
 * Refuses to start with expired certificates, which other nodes would reject.
 * @throws NetworkError CERTIFICATE_EXPIRED with every expired certificate
 */
export function refuseExpired(topology: Topology, folder: DataFolder, now: Date): void {
  const expired = topology.departments.flatMap((department) =>
    nodeCertificates(folder, department)
      .filter(({ ends }) => ends <= now)
      .map(({ node, file, ends }) => ({
        department: department.id,
        node,
        file,
        ended: ends.toISOString(),
      })),
  );
  const [first] = expired;
  if (first === undefined) return;
  throw new NetworkError(
    'CERTIFICATE_EXPIRED',
    `The certificate ${first.file} ended on ${first.ended.slice(0, 10)}: have ${first.department} issue a new one for its ${first.node}.`,
    { details: { expired } },
  );
}
