import { join } from 'node:path';
import type { DataFolder } from '../../supervisor/data-folder.js';
import type { Department, Topology } from '../../topology/schema.js';
import type { FabricInstallation } from '../binaries/locate.js';
import type { SettingsChoice } from './settings.js';

export type NodeKind = 'orderer' | 'peer' | 'chaincode';

/** A department in a network, and the data folder and the release of Fabric on the host where its nodes run. */
export interface NodeHost {
  readonly topology: Topology;
  readonly department: Department;
  readonly folder: Pick<DataFolder, 'root' | 'fabric' | 'logs'>;
  readonly fabric: Pick<FabricInstallation, 'builders'>;
  /** Settings of the nodes; default `tuned`. */
  readonly settings?: SettingsChoice | undefined;
}

/** Folders of one native node. */
export type NodeFolder = Readonly<ReturnType<typeof nodeFolder>>;

/** `fabric/<department>/<kind>/…` and `logs/<kind>.<department>.log` of a data folder. */
export function nodeFolder(
  folder: Pick<DataFolder, 'fabric' | 'logs'>,
  department: Department,
  kind: NodeKind,
) {
  const root = join(folder.fabric, department.id, kind);
  return {
    /** FABRIC_CFG_PATH: holds core.yaml or orderer.yaml. */
    config: root,
    data: join(root, 'data'),
    logFile: join(folder.logs, `${nodeName(department, kind)}.log`),
  };
}

/**
 * What a peer's builder made of the chaincode packages, with the chaincode's certificates of that day, in the peer's data. The peer
 * keeps it, and makes it anew where it is missing (core/container/externalbuilder): removed before a start, it is what is in force.
 */
export const builtPackages = (data: string): string => join(data, 'externalbuilder', 'builds');

/** Display name: `peer0.finance`, `orderer0.finance`, `chaincode.finance`. */
export function nodeName(department: Department, kind: NodeKind): string {
  return kind === 'chaincode' ? `chaincode.${department.id}` : `${kind}0.${department.id}`;
}
