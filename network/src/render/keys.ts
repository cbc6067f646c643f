import { stringify } from 'yaml';
import { writeIfChanged } from '../atomic.js';
import { ensurePki, type PkiReport } from '../pki/ensure.js';
import { restrictToOwner, type DataFolder } from '../supervisor/data-folder.js';
import { departmentNamed } from '../topology/nodes.js';
import { ownPart } from './department-file.js';
import { networkTopology } from './render.js';

/**
 * Creates the missing keys and certificates of one department, and stores the topology beside them. Root keys are
 * encrypted with the passphrase.
 * @throws NetworkError ROOT_KEY_LOCKED, IDENTITY_UNKNOWN, TOPOLOGY_INVALID, DATA_FOLDER_UNUSABLE; KeyError of the token
 */
export function makeDepartmentKeys(
  folder: DataFolder,
  topologyFile: string | undefined,
  departmentId: string,
  passphrase: string,
  token?: string,
): PkiReport {
  const topology = networkTopology(folder, topologyFile);
  const department = departmentNamed(topology, departmentId);
  restrictToOwner(folder.root);
  writeIfChanged(folder.topology, stringify(topology));
  return ensurePki(ownPart(topology, department), folder.root, new Date(), passphrase, token);
}
