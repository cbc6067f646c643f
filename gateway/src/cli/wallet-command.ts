import { join } from 'node:path';
import type { Command } from 'commander';
import { readConfig, type CommandLine } from '../assembly/config.js';
import { apiKeysFile } from '../custody/ensure-accounts.js';
import { sealedBy } from '../assembly/sealed-by.js';
import { importWallet } from '../custody/wallet.js';

interface WalletOptions extends CommandLine {
  readonly label: string;
  readonly account?: string;
  readonly json?: boolean;
}

/** `yici-gateway wallet import DIR --label L`: imports an identity of a fabric-network wallet as a custodial account. */
export function addWalletCommand(
  program: Command,
  report: (error: unknown, json: boolean) => void,
): void {
  program
    .command('wallet')
    .description('Wallets of the SDK fabric-network.')
    .command('import')
    .description('take an identity over into the encrypted custody store of the data folder')
    .argument('<folder>', 'the wallet: a folder of <label>.id files')
    .requiredOption('--label <label>', 'which identity')
    .option('--account <name>', 'name of the account (default: the label)')
    .action((folder: string, _own: unknown, command: Command) => {
      const options = command.optsWithGlobals<WalletOptions>();
      try {
        takeOver(folder, options);
      } catch (error) {
        report(error, options.json === true);
      }
    });
}

function takeOver(wallet: string, options: WalletOptions): void {
  const { label, account } = options;
  const config = readConfig(options, process.env);
  const custody = join(config.state, 'gateway', 'custody');
  const made = importWallet({
    wallet,
    label,
    custody,
    ...(account === undefined ? {} : { account }),
    by: sealedBy(config, process.env),
  });
  const facts = { account: made.account, mspId: made.mspId, apiKeys: join(custody, apiKeysFile) };
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(facts)}\n`
      : `Account ${facts.account} of ${facts.mspId} is kept; a running gateway takes it from the next request on. Its API key is in ${facts.apiKeys}.\n` +
          `The wallet still holds the key in the clear: delete ${label}.id once the account works.\n`,
  );
}
