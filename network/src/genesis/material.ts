import { readFileSync } from 'node:fs';
import { departmentPaths } from '../pki/layout.js';
import type { Department, Topology } from '../topology/schema.js';

/** Public material of one department for the channel config; PEM bytes as on disk. */
export interface DepartmentMaterial {
  readonly department: Department;
  /** The root, and intermediates below it. */
  readonly root: Uint8Array;
  readonly tlsRoot: Uint8Array;
  /** For consenters only. */
  readonly orderer?: { readonly identity: Uint8Array; readonly tls: Uint8Array };
}

/** Reads the certificates for the genesis block from the data folder; no private keys are read. */
export function readMaterial(topology: Topology, directory: string): DepartmentMaterial[] {
  return topology.departments.map((department) => {
    const paths = departmentPaths(directory, department.id);
    return {
      department,
      root: readFileSync(paths.ca.certificate),
      tlsRoot: readFileSync(paths.tlsca.certificate),
      ...(department.orderer && {
        orderer: {
          identity: readFileSync(paths.orderer.msp.certificate),
          tls: readFileSync(paths.orderer.tls.certificate),
        },
      }),
    };
  });
}
