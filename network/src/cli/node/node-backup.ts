import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { LevelStore, WriteBatch } from '../../embedded/storage/level-store.js';
import { NetworkError } from '../../errors.js';
import { nativeStatus } from '../../fabric/status.js';
import { nodeFolder } from '../../fabric/node/layout.js';
import { genesisHashOf } from '../../genesis/prepare.js';
import { ownDepartment, ownPart } from '../../render/department-file.js';
import { backupPath } from '../../supervisor/control.js';
import { present } from '../../present.js';
import { lockFolder, type DataFolder } from '../../supervisor/data-folder.js';
import { readTopology } from '../../topology/load.js';
import type { Department, Topology } from '../../topology/schema.js';
import { backupArchive, readBackup, writeBackup } from '../../backup/archive.js';
import { askBackup } from '../../backup/door.js';
import type { Manifest } from '../../backup/manifest.js';
import { chainHeight } from './block-export.js';
import { treeMembers } from '../../backup/members.js';
import { backupForeign, backupOlder } from '../../backup/refusals.js';
import { restoreFolder } from '../../backup/restore.js';

/** What of a data folder is backed up: the embedded engine's ledger, or one department's peer. */
interface Node {
  readonly kind: 'embedded' | 'peer';
  readonly topology: Topology;
  readonly department?: Department;
  /** The folder with its data. */
  readonly data: string;
  readonly genesisHash: string;
}

/**
 * The node that a folder has. @throws NetworkError DATA_FOLDER_UNUSABLE where there is no network, TOPOLOGY_INVALID,
 * IDENTITY_UNKNOWN where a folder with several departments' peers needs to be told which
 */
export function nodeOf(folder: DataFolder, named: string | undefined): Node {
  if (!existsSync(folder.topology) || !existsSync(folder.genesis)) {
    const words = {
      zh: `${folder.root} 中没有网络；先恢复其密钥（--keys）。`,
      en: `There is no network in ${folder.root}; restore its keys first (--keys).`,
    };
    throw new NetworkError('DATA_FOLDER_UNUSABLE', words, { details: { folder: folder.root } });
  }
  const topology = readTopology(folder.topology);
  const genesisHash = genesisHashOf(readFileSync(folder.genesis));
  if (topology.engine === 'embedded') {
    return { kind: 'embedded', topology, data: folder.embedded, genesisHash };
  }
  const department = ownDepartment(folder, topology, named);
  const { data } = nodeFolder(folder, department, 'peer');
  return { kind: 'peer', topology, department, data, genesisHash };
}

/**
 * Writes a backup of a node and reads it once more: of the embedded ledger also while it runs; of a peer only while it is stopped, since
 * Fabric's files are consistent only then.
 * @throws NetworkError ALREADY_RUNNING (a peer), DATA_FOLDER_UNUSABLE, DATA_FOLDER_LOCKED, NOT_RUNNING
 */
export async function backUpNode(folder: DataFolder, node: Node, file: string): Promise<Manifest> {
  const running = node.kind === 'embedded' ? await askBackup(backupPath(folder)) : undefined;
  if (running !== undefined) await writeBackup(file, running);
  else {
    await stopped(folder, node, async () => {
      const height = node.kind === 'embedded' ? await chainHeight(folder) : undefined;
      return writeBackup(file, ofFiles(node, height));
    });
  }
  return readBackup(file, [node.kind]);
}

/** The files of a node that is stopped. What a peer's builder was told is asked for again at its start. */
function ofFiles(
  { kind, topology, department, data, genesisHash }: Node,
  height: number | undefined,
) {
  const members = treeMembers(data, '', (path) => !path.startsWith('externalbuilder/'));
  return backupArchive(members, () => ({
    ...{ kind, channel: topology.channel, genesisHash },
    ...(department !== undefined && { department: department.id }),
    ...present({ height }),
  }));
}

/**
 * Says whether a backup could be restored here. Writes nothing.
 * @param height number of blocks that are here
 * @throws NetworkError BACKUP_DAMAGED, BACKUP_FOREIGN, BACKUP_OLDER
 */
export async function checkNode(node: Node, height: number, file: string): Promise<Manifest> {
  const { kind, data, genesisHash, department } = node;
  const manifest = await readBackup(file, [kind]);
  const whose = (id = '', hash = '') => (id === '' ? hash : `${id} ${hash}`);
  const [expected, found] = [
    whose(department?.id, genesisHash),
    whose(manifest.department, manifest.genesisHash),
  ];
  if (expected !== found) throw backupForeign({ expected, found });
  if (kind === 'embedded' && manifest.height !== undefined && height > manifest.height) {
    throw backupOlder({ folder: data, present: String(height), backup: String(manifest.height) });
  }
  // Only a running peer could say how many blocks it has, and it fetches those that it lacks.
  if (kind === 'peer' && existsSync(data) && (await readdir(data)).length > 0) {
    throw backupOlder({ folder: data, present: data, backup: manifest.takenAt });
  }
  return manifest;
}

/** The same where there is no network yet, by what the backup of its keys is of. */
export async function checkByKeys(keys: Manifest, file: string): Promise<Manifest> {
  const manifest = await readBackup(file, ['embedded', 'peer']);
  const [expected, found] = [keys.genesisHash, manifest.genesisHash];
  if (expected !== found) throw backupForeign({ expected, found });
  return manifest;
}

/** Puts a node's data back. Errors as {@link checkNode}, DATA_FOLDER_LOCKED, ALREADY_RUNNING */
export function restoreNode(folder: DataFolder, node: Node, height: number, file: string) {
  return stopped(folder, node, async () => {
    await checkNode(node, height, file);
    return restoreFolder(file, node.kind, node.data, filled);
  });
}

/** Does something while nobody else can start what is in the folder. */
async function stopped<T>(folder: DataFolder, node: Node, act: () => Promise<T>): Promise<T> {
  const lock = await lockFolder(folder);
  try {
    await refuseRunningPeer(folder, node);
    return await act();
  } finally {
    await lock.release();
  }
}

async function refuseRunningPeer(
  folder: DataFolder,
  { topology, department }: Node,
): Promise<void> {
  if (department === undefined) return;
  const { nodes } = await nativeStatus(ownPart(topology, department), folder);
  // One that hangs, or is not well, has its files open too.
  const up = nodes.filter(({ kind, state }) => kind === 'peer' && state !== 'down');
  if (up.length === 0) return;
  const names = up.map(({ name }) => name).join(', ');
  const words = {
    zh: `${names} 正在运行；先停止该节点。`,
    en: `${names} is running: stop it first.`,
  };
  throw new NetworkError('ALREADY_RUNNING', words, { details: { nodes: names } });
}

async function filled(directory: string) {
  const store = await LevelStore.open(directory);
  return {
    put: (entries: Iterable<readonly [Buffer, Buffer]>) => {
      const batch = new WriteBatch();
      for (const [key, value] of entries) batch.put(key, value);
      return store.write(batch, { sync: true });
    },
    close: () => store.close(),
  };
}
