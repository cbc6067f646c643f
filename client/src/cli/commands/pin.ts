import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { X509Certificate, createHash } from 'node:crypto';
import type { Words } from '@yici/domain/model';
import { isGenesisPin } from '@yici/ledger';
import { exampleOf, renderFields, type SpokenCommand as Command } from '@yici/terminal';
import { YiciClient } from '../../api/client.js';
import type { NetworkView } from '@yici/api';
import { ClientError } from '../../errors.js';
import type { Connection } from '../../identity/connection.js';
import { readIdentityFolder } from '../../identity/folder.js';
import { originOf, type PinnedGateway } from '../../identity/pins.js';
import { gatewayOf, type GlobalOptions } from '../caller.js';
import { show, type Shown } from '../read/read.js';
import type { Terminal } from '../../terminal/terminal.js';

interface PinValues extends GlobalOptions {
  readonly genesis?: string;
  readonly certificate?: string;
}

/** `yici pin`: sets or changes the gateway that an identity pins. */
export function addPin(program: Command, terminal: Terminal): void {
  const command = program
    .command('pin')
    .option('--genesis <hex>', {
      zh: '当面约定的创世区块哈希',
      en: 'the genesis hash that was agreed on in person',
    })
    .option('--certificate <file>', {
      zh: '网关的 https 证书',
      en: 'the certificate it shows under https (PEM)',
    })
    .description({
      zh: '认定网关：本身份只在其认定的网关登录、签名',
      en: 'pin a gateway: an identity logs in and signs at no other',
    })
    .addHelpText('after', terminal.say(help));
  exampleOf(
    command,
    'yici pin --identity ./hrss.clerk1 --gateway https://ledger.hrss.example --genesis 9a41…',
  );
  command.action(async () => {
    const values: PinValues = command.optsWithGlobals();
    show(terminal, values, await pin(terminal, values));
  });
}

const help: Words = {
  zh: '\n写入身份目录的 connection.json；须与网关管理员核对所显示的名称。',
  en: "\nWritten into connection.json of the identity folder. Hold what it shows against what the gateway's administrator says.",
};

async function pin(terminal: Terminal, values: PinValues): Promise<Shown> {
  const folder = values.identity ?? terminal.env['YICI_IDENTITY'];
  if (folder === undefined)
    throw new ClientError('USAGE', {
      zh: '请指定身份目录：--identity 身份目录',
      en: 'name the identity folder: --identity DIR',
    });
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
      { zh: '已认定', en: 'pinned' },
      ...renderFields(
        [
          [{ zh: '网关', en: 'gateway' }, gateway.addresses.join(' ')],
          [{ zh: '登录名称', en: 'audience' }, gateway.audience],
          [{ zh: '创世哈希', en: 'genesis' }, genesisHash],
        ],
        terminal.say,
      ),
    ],
  };
}

/** The hash comes from elsewhere than the gateway, which must serve that very channel. */
function genesisOf(connection: Connection, { genesis }: PinValues, network: NetworkView): string {
  const pinned = (genesis ?? connection.genesisHash)?.toLowerCase();
  if (pinned === undefined || !isGenesisPin(pinned)) {
    const message = {
      zh: `请以 --genesis 给出当面约定的创世区块哈希：64 位十六进制数字。`,
      en: `Give the genesis hash that was agreed on with --genesis: 64 hex digits.`,
    };
    throw new ClientError('USAGE', message);
  }
  const same = network.genesisHash === pinned && network.channel === connection.channel;
  if (same) return pinned;
  throw new ClientError(
    'GATEWAY_NOT_PINNED',
    {
      zh: `该网关的通道为 ${network.channel}，创世区块哈希为 ${network.genesisHash}，不是 ${connection.channel}、${pinned}，未作认定。`,
      en: `The gateway serves channel ${network.channel} with genesis hash ${network.genesisHash}, not ${connection.channel} with ${pinned}; nothing was pinned.`,
    },
    { details: { genesisHash: network.genesisHash } },
  );
}

async function fingerprint(file: string): Promise<string> {
  try {
    const { raw } = new X509Certificate(await readFile(file));
    return createHash('sha256').update(raw).digest('hex');
  } catch (cause) {
    throw new ClientError(
      'USAGE',
      { zh: `${file} 不是证书。`, en: `${file} is no certificate.` },
      { cause },
    );
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
