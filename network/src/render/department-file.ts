import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { NetworkError, unreadable } from '../errors.js';
import { genesisHashOf } from '../genesis/prepare.js';
import { writeIfChanged } from '../atomic.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import { readTopology } from '../topology/load.js';
import { departmentNamed } from '../topology/nodes.js';
import type { Department, Topology } from '../topology/schema.js';

/** Description of a rendered folder: its department and channel. */
const departmentFile = z.strictObject({
  v: z.literal(1),
  department: z.string(),
  mspId: z.string(),
  channel: z.string(),
  /** SHA-256 of the genesis block's header, hex: the same on every department's host. */
  genesisHash: z.string().regex(/^[0-9a-f]{64}$/),
});
type DepartmentFile = z.output<typeof departmentFile>;

/** A folder rendered for one department. */
export interface DepartmentFolder {
  readonly folder: DataFolder;
  /** The topology of the whole network. */
  readonly topology: Topology;
  readonly department: Department;
  readonly genesisBlock: Uint8Array;
  readonly genesisHash: string;
}

/** `department.json` of a folder. */
function departmentFilePath(root: string): string {
  return join(root, 'department.json');
}

export function writeDepartmentFile(root: string, file: DepartmentFile): void {
  writeIfChanged(departmentFilePath(root), `${JSON.stringify(file, undefined, 2)}\n`);
}

/** The folder's description; undefined when it was not rendered. @throws NetworkError DATA_FOLDER_UNUSABLE */
export function readDepartmentFile(root: string): DepartmentFile | undefined {
  const file = departmentFilePath(root);
  if (!existsSync(file)) return undefined;
  try {
    return departmentFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/**
 * Opens a department's rendered folder.
 * @throws NetworkError DATA_FOLDER_UNUSABLE (not a rendered folder), GENESIS_MISMATCH (its genesis block was replaced),
 * TOPOLOGY_INVALID
 */
export function readDepartmentFolder(folder: DataFolder): DepartmentFolder {
  const own = readDepartmentFile(folder.root);
  if (own === undefined) {
    throw new NetworkError(
      'DATA_FOLDER_UNUSABLE',
      {
        zh: `${folder.root} 不是 yici-network render 写出的部门目录；全部部门在一个目录中的，用 yici-network status、chaincode、channel 等命令。`,
        en: `${folder.root} was not rendered for a department: run yici-network render first; where all departments are in one folder use status, chaincode and channel.`,
      },
      { details: { folder: folder.root } },
    );
  }
  const topology = readTopology(folder.topology, 'fabric');
  const genesisBlock = readFileSync(folder.genesis);
  const genesisHash = genesisHashOf(genesisBlock);
  if (genesisHash !== own.genesisHash) {
    throw new NetworkError(
      'GENESIS_MISMATCH',
      {
        zh: `${folder.genesis} 不是 ${folder.root} 生成时的创世区块。`,
        en: `${folder.genesis} is not the block that ${folder.root} was rendered with.`,
      },
      { details: { expected: own.genesisHash, found: genesisHash } },
    );
  }
  const department = departmentNamed(topology, own.department);
  return { folder, topology, department, genesisBlock, genesisHash };
}

/** The named department, or the one that the folder was rendered for. @throws NetworkError IDENTITY_UNKNOWN */
export function ownDepartment(folder: DataFolder, topology: Topology, named?: string): Department {
  const id = named ?? readDepartmentFile(folder.root)?.department;
  if (id !== undefined) return departmentNamed(topology, id);
  throw new NetworkError('IDENTITY_UNKNOWN', {
    zh: '此目录有多个部门的节点，用 --department 指明一个。',
    en: 'This folder has several departments’ peers: name one with --department.',
  });
}

/** The part of the topology that runs on one department's host. */
export function ownPart(topology: Topology, department: Department): Topology {
  return { ...topology, departments: [department] };
}
