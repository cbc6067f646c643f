import { existsSync } from 'node:fs';
import { NetworkError } from '../errors.js';
import { writeIdentity, type ConnectionFile } from '../pki/export.js';
import { departmentPaths } from '../pki/layout.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { readTopology } from '../topology/load.js';
import { allUsers } from '../topology/nodes.js';
import type { Topology } from '../topology/schema.js';

export interface IdentitySummary {
  readonly user: string;
  readonly role: string;
  readonly department: string;
  readonly mspId: string;
  readonly certificate: string;
}

/** The topology of a network that was made. @throws NetworkError NOT_RUNNING when there is none in the folder. */
export function madeTopology(folder: DataFolder): Topology {
  if (!existsSync(folder.topology)) {
    throw new NetworkError(
      'NOT_RUNNING',
      `There is no network in ${folder.root}: run yici-network init or up first.`,
      {
        details: { folder: folder.root },
      },
    );
  }
  return readTopology(folder.topology);
}

/** Every user with its certificate's file. */
export function listIdentities(folder: DataFolder): IdentitySummary[] {
  const topology = madeTopology(folder);
  return allUsers(topology).map(({ department, user }) => ({
    user: user.name,
    role: user.role,
    department: department.id,
    mspId: department.mspId,
    certificate: departmentPaths(folder.root, department.id).user(user.name).msp.certificate,
  }));
}

/** Exports a user of the network in a folder; see writeIdentity. @throws NetworkError NOT_RUNNING and as there. */
export function exportIdentity(folder: DataFolder, user: string, out: string): ConnectionFile {
  return writeIdentity(madeTopology(folder), folder.root, user, out);
}
