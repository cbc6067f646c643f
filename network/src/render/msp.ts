import { readFileSync } from 'node:fs';
import { parseConfigBlock, type ChannelConfig } from '@yici/ledger';
import { NetworkError } from '../errors.js';
import { configAt } from '../fabric/channel/definition.js';
import { named } from '../fabric/grpc/named.js';
import { departmentPaths } from '../pki/layout.js';
import { followMsp } from '../pki/msp-folders.js';
import { dataFolder } from '../supervisor/data-folder.js';
import { readDepartmentFolder, type DepartmentFolder } from './department-file.js';
import { withSession } from './host.js';
import { unitName } from './units.js';

interface MspReport {
  readonly department: string;
  /** Sequence of the config that the folders follow now. */
  readonly sequence: bigint;
  /** Files that were written or removed. */
  readonly files: readonly string[];
  /** What starts the nodes again, which read their folders only then. */
  readonly restart: string | null;
}

/**
 * Makes the MSP folders of a department's own nodes what the channel has, as its own peer or a config block says.
 * @throws NetworkError DATA_FOLDER_UNUSABLE, ACCESS_DENIED, PEER_REFUSED, CHANGE_REFUSED when the channel has no such department
 */
export async function followChannel(directory: string, block?: string): Promise<MspReport> {
  const host = readDepartmentFolder(dataFolder(directory));
  const { folder, department, topology } = host;
  const config = block === undefined ? await configOf(host) : configIn(block);
  const msp = config.msps.get(department.mspId);
  if (msp === undefined || config.channelId !== topology.channel) {
    throw new NetworkError('CHANGE_REFUSED', {
      zh: `通道 ${config.channelId} 的配置中没有 ${department.mspId}；没有改动任何文件。`,
      en: `The config of ${config.channelId} has no ${department.mspId}; no file was changed.`,
    });
  }
  const files = followMsp(departmentPaths(folder.root, department.id), msp.definition);
  const kinds = [...(department.orderer ? (['orderer'] as const) : []), 'peer' as const];
  const units = kinds.map((kind) => unitName(department, kind)).join(' ');
  const restart = files.length === 0 ? null : `systemctl restart ${units}`;
  return { department: department.id, sequence: config.sequence, files, restart };
}

const configOf = (host: DepartmentFolder): Promise<ChannelConfig> =>
  named(host.topology.channel, () =>
    withSession(host, (session) => configAt(session, host.topology.channel)),
  );

/** @throws NetworkError DATA_FOLDER_UNUSABLE, LedgerError MALFORMED_CONFIG when it is no config block */
export function configIn(file: string): ChannelConfig {
  return parseConfigBlock(bytesOf(file));
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    const message = { zh: `${file} 无法读取。`, en: `${file} cannot be read.` };
    throw new NetworkError('DATA_FOLDER_UNUSABLE', message, { details: { file }, cause });
  }
}
