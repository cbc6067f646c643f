import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { X509Certificate, createHash } from 'node:crypto';
import { isGenesisPin } from '@yici/ledger';
import type { Command } from 'commander';
import { YiciClient } from '../../api/client.js';
import type { NetworkView } from '@yici/api';
import { ClientError } from '../../errors.js';
import { readIdentityFolder, type Connection } from '../../identity/folder.js';
import { originOf, type PinnedGateway } from '../../identity/pins.js';
import { gatewayOf, type GlobalOptions } from '../caller.js';
import { show, type Shown } from '../read/read.js';
import { renderFields } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';

interface PinValues extends GlobalOptions {
  readonly genesis?: string;
  readonly certificate?: string;
}

/** `yici pin`: sets or changes the gateway that an identity pins. */
export function addPin(program: Command, terminal: Terminal): void {
  const command = program
    .command('pin')
    .option(
      '--genesis <hex>',
      '当面约定的创世区块哈希 the genesis hash that was agreed on in person',
    )
    .option('--certificate <file>', '网关的 https 证书 the certificate it shows under https (PEM)')
    .description(
      '认定网关：本身份只在其认定的网关登录、签名 pin a gateway: an identity logs in and signs at no other',
    )
    .addHelpText('after', help);
  command.action(async () => {
    const values: PinValues = command.optsWithGlobals();
    show(terminal, values, await pin(terminal, values));
  });
}

const help = `
写入身份目录的 connection.json；须与网关管理员核对所显示的名称
Written into connection.json of the identity folder. Hold what it shows against what the gateway's administrator says.

示例 example:
  $ yici pin --identity ./hrss.clerk1 --gateway https://ledger.hrss.example --genesis 9a41…`;

async function pin(terminal: Terminal, values: PinValues): Promise<Shown> {
  const folder = values.identity ?? terminal.env['YICI_IDENTITY'];
  if (folder === undefined)
    throw new ClientError('USAGE', '请指定身份目录 name the identity folder: --identity DIR');
  const { connection } = await readIdentityFolder(folder);
  const baseUrl = gatewayOf(terminal, values);
  const network = await new YiciClient({ baseUrl }).network();
  const genesisHash = genesisOf(connection, values, network);
  const gateway: PinnedGateway = {
    ...{ audience: network.audience, addresses: [originOf(baseUrl)] },
    ...(values.certificate !== undefined && {
      certificates: [await fingerprint(values.certificate)],
    }),
  };
  await rewrite(join(folder, 'connection.json'), { genesisHash, gateway });
  return {
    json: { identity: folder, genesisHash, gateway },
    lines: [
      '已认定 pinned',
      ...renderFields([
        ['网关 gateway', gateway.addresses.join(' ')],
        ['登录名称 audience', gateway.audience],
        ['创世哈希 genesis', genesisHash],
      ]),
    ],
  };
}

/** The hash comes from elsewhere than the gateway, which must serve that very channel. */
function genesisOf(connection: Connection, { genesis }: PinValues, network: NetworkView): string {
  const pinned = (genesis ?? connection.genesisHash)?.toLowerCase();
  if (pinned === undefined || !isGenesisPin(pinned)) {
    const message = `请以 --genesis 给出当面约定的创世区块哈希 give the genesis hash that was agreed on: 64 hex digits.`;
    throw new ClientError('USAGE', message);
  }
  const same = network.genesisHash === pinned && network.channel === connection.channel;
  if (same) return pinned;
  throw new ClientError(
    'GATEWAY_NOT_PINNED',
    `The gateway serves channel ${network.channel} with genesis hash ${network.genesisHash}, not ${connection.channel} with ${pinned}; nothing was pinned.`,
    { details: { genesisHash: network.genesisHash } },
  );
}

async function fingerprint(file: string): Promise<string> {
  try {
    const { raw } = new X509Certificate(await readFile(file));
    return createHash('sha256').update(raw).digest('hex');
  } catch (cause) {
    throw new ClientError('USAGE', `${file} 不是证书 is no certificate.`, { cause });
  }
}

/** Other fields of the file are kept; a gateway with the same name or address is replaced. */
async function rewrite(
  file: string,
  { genesisHash, gateway }: { readonly genesisHash: string; readonly gateway: PinnedGateway },
): Promise<void> {
  const connection = JSON.parse(await readFile(file, 'utf8')) as Connection;
  const others = (connection.gateways ?? []).filter(
    ({ audience, addresses }) =>
      audience !== gateway.audience &&
      !addresses.some((address) => gateway.addresses.includes(originOf(address))),
  );
  const pinned = { ...connection, genesisHash, gateways: [gateway, ...others] };
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, `${JSON.stringify(pinned, undefined, 2)}\n`, { mode: 0o644 });
  await rename(temporary, file);
}
