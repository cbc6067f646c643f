import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayError } from '../errors.js';
import type { GatewayConfig } from './config.js';

/**
 * The folder of a gateway's accounts. A misspelled `--state` must neither look like a gateway without accounts nor become a folder.
 * @throws GatewayError STATE_FOLDER_UNUSABLE where no gateway has been
 */
export function custodyOf({ state }: Pick<GatewayConfig, 'state'>): string {
  const directory = join(state, 'gateway');
  if (!existsSync(directory)) throw noGateway(directory);
  return join(directory, 'custody');
}

export const noGateway = (directory: string): GatewayError =>
  new GatewayError(
    'STATE_FOLDER_UNUSABLE',
    {
      zh: `${directory} 中没有网关的数据：用 --state 或者 --config 指明网关的数据目录；新的网关须先启动一次。`,
      en: `No gateway has worked in ${directory}: name its data folder with --state or --config; a new gateway is started once before.`,
    },
    { details: { folder: directory } },
  );
