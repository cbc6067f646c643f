import { join } from 'node:path';
import type { Words } from '@yici/domain/model';
import { exampleOf, type SpokenCommand } from '@yici/terminal';
import { readConfig, type CommandLine } from '../assembly/config.js';
import { apiKeysFile } from '../custody/ensure-accounts.js';
import { custodyOf } from '../assembly/custody-of.js';
import { sealedBy } from '../assembly/sealed-by.js';
import { importWallet } from '../custody/wallet.js';
import { addAct, type Report, type Result } from './act.js';

interface WalletOptions extends CommandLine {
  readonly label: string;
  readonly account?: string;
}

/** `yici-gateway wallet import DIR --label L`: imports an identity of a fabric-network wallet as a custodial account. */
export function addWalletCommand(program: SpokenCommand, report: Report): void {
  const command = program
    .command('wallet')
    .description({ zh: 'SDK fabric-network 的钱包', en: 'wallets of the SDK fabric-network' })
    .command('import')
    .description({
      zh: '把钱包中的一个身份导入数据目录，加密保管',
      en: 'take an identity of a wallet over into the data folder, sealed',
    })
    .argument(
      { zh: '<目录>', en: '<folder>' },
      { zh: '钱包：存放“标签.id”文件的目录', en: 'the wallet: a folder of <label>.id files' },
    )
    .requiredOption('--label <label>', { zh: '哪个身份', en: 'which identity' })
    .option('--account <name>', {
      zh: '账号名（缺省为标签）',
      en: 'name of the account (default: the label)',
    });
  exampleOf(command, 'yici-gateway wallet import ./wallet --label appUser');
  addAct(command, report, () => takeOver(command.args[0] ?? '', command.optsWithGlobals()));
}

function takeOver(wallet: string, options: WalletOptions): Result {
  const { label, account } = options;
  const config = readConfig(options, process.env);
  const custody = custodyOf(config);
  const made = importWallet({
    wallet,
    label,
    custody,
    ...(account === undefined ? {} : { account }),
    by: sealedBy(config, process.env),
  });
  const facts = { account: made.account, mspId: made.mspId, apiKeys: join(custody, apiKeysFile) };
  return { facts, text: keptText(facts, label) };
}

const keptText = (
  { account, mspId, apiKeys }: { account: string; mspId: string; apiKeys: string },
  label: string,
): Words => ({
  zh: `${mspId} 的账号 ${account} 已加密保管，运行中的网关自下一次请求起即可使用。其 API 密钥在 ${apiKeys} 中。\n钱包中仍有明文密钥：账号可用后请删除 ${label}.id。`,
  en: `Account ${account} of ${mspId} is kept; a running gateway takes it from the next request on. Its API key is in ${apiKeys}.\nThe wallet still holds the key in the clear: delete ${label}.id once the account works.`,
});
