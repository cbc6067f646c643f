import { stringify } from 'yaml';
import { writeIfChanged } from '../pki/atomic.js';
import { ensurePki, type PkiReport } from '../pki/ensure.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { departmentNamed, ownPart } from './department-file.js';
import { networkTopology } from './render.js';

/**
 * Makes the keys and certificates of one department, where they are missing, and keeps the topology beside them. Nobody
 * else's are made.
 * @throws NetworkError IDENTITY_UNKNOWN, TOPOLOGY_INVALID, DATA_FOLDER_UNUSABLE
 */
export function makeDepartmentKeys(
  folder: DataFolder,
  topologyFile: string | undefined,
  departmentId: string,
): PkiReport {
  const topology = networkTopology(folder, topologyFile);
  const department = departmentNamed(topology, departmentId);
  writeIfChanged(folder.topology, stringify(topology));
  return ensurePki(ownPart(topology, department), folder.root, new Date());
}
