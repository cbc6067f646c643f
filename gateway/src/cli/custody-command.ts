import { join } from 'node:path';
import type { Command } from 'commander';
import { readConfig, type CommandLine } from '../assembly/config.js';
import { readAccounts } from '../custody/account-files.js';
import { revokeApiKey, rotateApiKey } from '../custody/api-key-change.js';
import { apiKeysFile } from '../custody/ensure-accounts.js';
import { rotateSealingKey } from './rotate.js';
import { sealedBy } from '../assembly/sealed-by.js';

interface Options extends CommandLine {
  readonly json?: boolean;
}

/** Result of a command: for `--json`, and for people. */
interface Result {
  readonly facts: object;
  readonly text: string;
}

type Report = (error: unknown, json: boolean) => void;

/** `yici-gateway custody …`: the custodial accounts of this gateway, and the key that encrypts their keys. */
export function addCustodyCommand(program: Command, report: Report): void {
  const group = program.command('custody').description('accounts whose keys this gateway keeps');
  const add = (name: string, description: string, example: string, act: Act) => {
    const command = group
      .command(name)
      .description(description)
      .addHelpText('after', `\nExample:\n  $ yici-gateway custody ${example}`);
    if (name.endsWith('api-key')) command.argument('<account>', 'as `custody list` names it');
    command.action(async () => {
      const options = command.optsWithGlobals<Options>();
      try {
        const { facts, text } = await act(folderOf(options), command.args[0] ?? '', options);
        process.stdout.write(options.json === true ? `${JSON.stringify(facts)}\n` : `${text}\n`);
      } catch (error) {
        report(error, options.json === true);
      }
    });
  };
  add('list', 'the accounts, and which of them have an API key', 'list --json', list);
  add('rotate-api-key', 'give an account another API key', 'rotate-api-key hrss.service1', rotate);
  add('revoke-api-key', 'take an account’s API key away', 'revoke-api-key hrss.service1', revoke);
  add(
    'rotate-sealing-key',
    'seal every kept key anew; the gateway must be stopped',
    'rotate-sealing-key --state .yici   # with YICI_GATEWAY_NEW_PASSPHRASE under that passphrase',
    rotateKey,
  );
}

type Act = (gateway: string, account: string, options: Options) => Result | Promise<Result>;

const folderOf = (options: Options): string =>
  join(readConfig(options, process.env).state, 'gateway');

const list: Act = (gateway) => {
  const accounts = readAccounts(join(gateway, 'custody')).map(({ account, mspId, apiKeyHash }) => ({
    ...{ account, mspId, apiKey: apiKeyHash !== null },
  }));
  const line = ({ account, mspId, apiKey }: (typeof accounts)[number]) =>
    `${account}  ${mspId}  ${apiKey ? 'API key' : 'no API key'}`;
  return { facts: { accounts }, text: accounts.map(line).join('\n') || 'No accounts.' };
};

const rotate: Act = (gateway, account) => {
  const custody = join(gateway, 'custody');
  rotateApiKey(custody, account);
  const apiKeys = join(custody, apiKeysFile);
  return {
    facts: { account, apiKeys },
    text: `${account} has another API key, in ${apiKeys}; the old one is refused from now on.`,
  };
};

const revoke: Act = (gateway, account) => {
  revokeApiKey(join(gateway, 'custody'), account);
  return {
    facts: { account },
    text: `The API key of ${account} is refused from now on, and its event streams end.`,
  };
};

const rotateKey: Act = async (gateway, _account, options) => {
  const newPassphrase = process.env['YICI_GATEWAY_NEW_PASSPHRASE'];
  const by = sealedBy(readConfig(options, process.env), process.env);
  const kept = newPassphrase === undefined ? {} : { newPassphrase };
  const facts = await rotateSealingKey({ gateway, by, ...kept });
  const next =
    newPassphrase === undefined
      ? `the new key is in ${by.keyFile}`
      : 'start the gateway with YICI_GATEWAY_PASSPHRASE set to the new passphrase';
  const { accounts, documents, drafts } = facts;
  const text = `Sealed anew: ${String(accounts)} accounts, ${String(documents)} documents, ${String(drafts)} drafts; ${next}.`;
  return { facts, text };
};
