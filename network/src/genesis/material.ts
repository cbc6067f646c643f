import { readFileSync } from 'node:fs';
import { departmentPaths } from '../pki/layout.js';
import type { Department, Topology } from '../topology/schema.js';

/** Public material of one department that goes into the channel config. PEM bytes as they are on disk. */
export interface DepartmentMaterial {
  readonly department: Department;
  readonly root: Uint8Array;
  readonly tlsRoot: Uint8Array;
  /** Only of a consenter. */
  readonly orderer?: { readonly identity: Uint8Array; readonly tls: Uint8Array };
}

/** Reads what the genesis block needs from the data folder; keys stay where they are. */
export function readMaterial(topology: Topology, directory: string): DepartmentMaterial[] {
  return topology.departments.map((department) => {
    const paths = departmentPaths(directory, department.id);
    return {
      department,
      root: readFileSync(paths.ca.certificate),
      tlsRoot: readFileSync(paths.tlsca.certificate),
      ...(department.orderer
        ? {
            orderer: {
              identity: readFileSync(paths.orderer.msp.certificate),
              tls: readFileSync(paths.orderer.tls.certificate),
            },
          }
        : {}),
    };
  });
}
