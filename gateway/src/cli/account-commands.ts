import { join } from 'node:path';
import type { Words } from '@yici/domain/model';
import { isTokenUri } from '@yici/keys';
import { parseCertificate } from '@yici/ledger';
import { exampleOf, readGiven, type SpokenCommand, type Text } from '@yici/terminal';
import { readConfig, type CommandLine, type GatewayConfig } from '../assembly/config.js';
import { custodyOf } from '../assembly/custody-of.js';
import { sealedBy } from '../assembly/sealed-by.js';
import {
  removeAccount,
  renewAccount,
  revokeAccount,
  revokeApiKey,
  rotateAccount,
  rotateApiKey,
} from '../custody/account-changes.js';
import { readAccounts, type AccountFile } from '../custody/account-files.js';
import { apiKeysFile } from '../custody/ensure-accounts.js';
import { isInToken } from '../custody/key-vault.js';
import { isRetired } from '../custody/retired.js';
import { keyEncryptionKey } from '../custody/sealing-key.js';
import { GatewayError } from '../errors.js';
import { addAct, type Report, type Result } from './act.js';
import { rotateSealingKey } from './rotate.js';

interface Options extends CommandLine {
  readonly certificate?: string;
  readonly key?: string;
}

/** What a command acts on: the custody folder and, where it is about one, the account. */
interface Given {
  readonly custody: string;
  readonly account: string;
  readonly options: Options;
  readonly config: GatewayConfig;
}
type Act = (given: Given) => Result | Promise<Result>;

/** `yici-gateway account …`, `api-key …` and `custody …`: accounts whose keys this gateway keeps, and what seals them. */
export function addAccountCommands(program: SpokenCommand, report: Report): void {
  addAccounts(program, report);
  addApiKeys(program, report);
  const custody = program
    .command('custody')
    .description({ zh: '加密所保管密钥的密钥', en: 'the key that seals what this gateway keeps' });
  const rotateKey = custody.command('rotate-sealing-key').description({
    zh: '以新密钥（设有 YICI_GATEWAY_NEW_PASSPHRASE 的，以该口令）重新加密保管的账号密钥、文件密钥和草稿；须先停止网关',
    en: 'seal kept keys and drafts anew, with another key, or the passphrase in YICI_GATEWAY_NEW_PASSPHRASE; the gateway must be stopped',
  });
  exampleOf(rotateKey, 'yici-gateway custody rotate-sealing-key --state .yici');
  acts(rotateKey, report, sealAnew);
}

function addAccounts(program: SpokenCommand, report: Report): void {
  const group = program
    .command('account')
    .description({ zh: '由本网关保管密钥的账号', en: 'accounts whose keys this gateway keeps' });
  const list = group.command('list').description({
    zh: '列出账号、其 API 密钥和证书到期日',
    en: 'the accounts, their API keys and the end of their certificates',
  });
  exampleOf(list, 'yici-gateway account list --json');
  acts(list, report, listAccounts);
  addCertificates(group, report);
  const revoke = ofAccount(group, 'revoke', 'account revoke hrss.service1', {
    zh: '停用一个账号的证书和 API 密钥，重启后也不恢复',
    en: 'end the use of an account’s certificate and API key, also after a restart',
  });
  acts(revoke, report, revokeOne);
  const remove = ofAccount(group, 'remove', 'account remove hrss.service1', {
    zh: '停用一个账号并删除其密钥',
    en: 'revoke an account and delete its key',
  });
  acts(remove, report, removeOne);
}

function addCertificates(group: SpokenCommand, report: Report): void {
  const { say } = group;
  const certificate = [
    '--certificate <file>',
    say({ zh: '新证书（PEM）', en: 'the new certificate (PEM)' }),
  ] as const;
  const renew = ofAccount(group, 'renew', 'account renew hrss.service1 --certificate new.pem', {
    zh: '换上为原密钥签发的新证书',
    en: 'give an account another certificate for the key that it has',
  }).requiredOption(...certificate);
  acts(renew, report, renewOne);
  const example = 'account rotate hrss.service1 --certificate new.pem --key new-key.pem';
  const rotate = ofAccount(group, 'rotate', example, {
    zh: '换上新的证书和密钥；停用过的账号由此恢复使用',
    en: 'give an account another certificate and key; one that was revoked is in use again',
  })
    .requiredOption(...certificate)
    .requiredOption('--key <file>', {
      zh: '新私钥（PEM），或者写有其 PKCS#11 URI 的文件',
      en: 'the new private key (PEM), or a file with the PKCS#11 URI of one in a token',
    });
  acts(rotate, report, rotateOne);
}

function addApiKeys(program: SpokenCommand, report: Report): void {
  const group = program
    .command('api-key')
    .description({ zh: '账号的 API 密钥', en: 'API keys, by which accounts call the gateway' });
  const rotate = ofAccount(group, 'rotate', 'api-key rotate hrss.service1', {
    zh: '为账号更换 API 密钥',
    en: 'give an account another API key',
  });
  acts(rotate, report, rotateKeyOf);
  const revoke = ofAccount(group, 'revoke', 'api-key revoke hrss.service1', {
    zh: '停用账号的 API 密钥',
    en: 'take an account’s API key away',
  });
  acts(revoke, report, revokeKeyOf);
}

function ofAccount(
  group: SpokenCommand,
  name: string,
  example: string,
  description: Words,
): SpokenCommand {
  const command = group
    .command(name)
    .description(description)
    .argument(
      { zh: '<账号>', en: '<account>' },
      { zh: '见 account list', en: 'as `account list` names it' },
    );
  return exampleOf(command, `yici-gateway ${example}`);
}

function acts(command: SpokenCommand, report: Report, act: Act): void {
  addAct(command, report, () => {
    const options = command.optsWithGlobals<Options>();
    const config = readConfig(options, process.env);
    const custody = custodyOf(config);
    return act({ custody, account: command.args[0] ?? '', options, config });
  });
}

const listAccounts: Act = ({ custody }) => {
  const accounts = readAccounts(custody).map((file) => ({
    ...{ account: file.account, mspId: file.mspId, apiKey: file.apiKeyHash !== null },
    key: isInToken(file.key) ? file.key : null,
    revoked: isRetired(custody, file.certificatePem),
    certificateEnds: parseCertificate(file.certificatePem).notAfter.toISOString(),
  }));
  type Line = (typeof accounts)[number];
  const stateOf = ({ apiKey, revoked }: Line): Words =>
    revoked
      ? { zh: '已停用', en: 'revoked' }
      : apiKey
        ? { zh: '有 API 密钥', en: 'API key' }
        : { zh: '没有 API 密钥', en: 'no API key' };
  const lineOf = (line: Line): Words => {
    const { account, mspId, certificateEnds } = line;
    const [state, day] = [stateOf(line), certificateEnds.slice(0, 10)];
    const place = line.key === null ? { zh: '', en: '' } : { zh: '  令牌', en: '  in a token' };
    return {
      zh: `${account}  ${mspId}  ${state.zh}  证书有效至 ${day}${place.zh}`,
      en: `${account}  ${mspId}  ${state.en}  certificate until ${day}${place.en}`,
    };
  };
  const lines = accounts.map(lineOf);
  const text = {
    zh: lines.map(({ zh }) => zh).join('\n') || '没有账号。',
    en: lines.map(({ en }) => en).join('\n') || 'No accounts.',
  };
  return { facts: { accounts }, text };
};

const renewOne: Act = ({ custody, account, options }) => {
  renewAccount(custody, account, contentOf(options.certificate));
  return changed(custody, account, {
    zh: '已换上新证书，原证书不再使用',
    en: 'has the new certificate; the one before is not used again',
  });
};

const rotateOne: Act = ({ custody, account, options, config }) => {
  const pair = { certificatePem: contentOf(options.certificate), keyPem: contentOf(options.key) };
  const key = keyEncryptionKey(custody, sealedBy(config, process.env));
  rotateAccount(custody, key, account, pair);
  return changed(custody, account, {
    zh: `已换上新的证书和密钥，原有的不再使用；${isTokenUri(pair.keyPem) ? '私钥在令牌中' : '私钥已加密保管，请删除明文文件'}`,
    en: `has the new certificate and key, those before are not used again; ${isTokenUri(pair.keyPem) ? 'the key is in its token' : 'the key is sealed: delete the file'}`,
  });
};

const revokeOne: Act = ({ custody, account }) => {
  revokeAccount(custody, account);
  return changed(custody, account, {
    zh: '已停用，其 API 密钥即时失效；恢复使用须用 account rotate 换上新的证书和密钥',
    en: 'is revoked, its API key refused from now on; `account rotate` with another certificate and key brings it back',
  });
};

const removeOne: Act = ({ custody, account }) => {
  const { key } = removeAccount(custody, account);
  const inToken = isInToken(key) ? key : undefined;
  const place =
    inToken === undefined
      ? { zh: '其密钥已删除', en: 'its key deleted' }
      : {
          zh: `其密钥仍在令牌中（${inToken}），请用厂商的工具删除`,
          en: `its key stays in the token (${inToken}): delete it there with the vendor's tool`,
        };
  return {
    facts: { account, inToken: inToken ?? null },
    text: {
      zh: `${account} 已移除，${place.zh}；配置仍写有该证书的，也不再建立。`,
      en: `${account} is removed, ${place.en}; a configuration that still names this certificate does not make it again.`,
    },
  };
};

const rotateKeyOf: Act = ({ custody, account }) => {
  rotateApiKey(custody, account);
  const apiKeys = join(custody, apiKeysFile);
  return {
    facts: { account, apiKeys },
    text: {
      zh: `${account} 的 API 密钥已更换，在 ${apiKeys} 中；原密钥即时失效。`,
      en: `${account} has another API key, in ${apiKeys}; the old one is refused from now on.`,
    },
  };
};

const revokeKeyOf: Act = ({ custody, account }) => {
  revokeApiKey(custody, account);
  return {
    facts: { account },
    text: {
      zh: `${account} 的 API 密钥即时失效，其事件流随之结束。`,
      en: `The API key of ${account} is refused from now on, and its event streams end.`,
    },
  };
};

const sealAnew: Act = async ({ custody, config }) => {
  const newPassphrase = process.env['YICI_GATEWAY_NEW_PASSPHRASE'];
  const by = sealedBy(config, process.env);
  const kept = newPassphrase === undefined ? {} : { newPassphrase };
  const facts = await rotateSealingKey({ gateway: join(custody, '..'), by, ...kept });
  const next =
    newPassphrase === undefined
      ? { zh: `新密钥在 ${by.keyFile} 中`, en: `the new key is in ${by.keyFile}` }
      : {
          zh: '请以新口令设置 YICI_GATEWAY_PASSPHRASE 后启动网关',
          en: 'start the gateway with YICI_GATEWAY_PASSPHRASE set to the new passphrase',
        };
  const { accounts, documents, drafts } = facts;
  const text = {
    zh: `已重新加密：账号 ${String(accounts)} 个，文件 ${String(documents)} 份，草稿 ${String(drafts)} 份；${next.zh}。`,
    en: `Sealed anew: ${String(accounts)} accounts, ${String(documents)} documents, ${String(drafts)} drafts; ${next.en}.`,
  };
  return { facts, text };
};

/** What was changed of an account, and what it is now. */
function changed(custody: string, account: string, { zh, en }: Words): Result {
  const file = readAccounts(custody).find((one) => one.account === account);
  const text: Text = { zh: `${account} ${zh}。`, en: `${account} ${en}.` };
  return { facts: { account, ...(file && factsOf(file)) }, text };
}

const factsOf = ({ certificatePem, apiKeyHash }: AccountFile) => ({
  certificateEnds: parseCertificate(certificatePem).notAfter.toISOString(),
  apiKey: apiKeyHash !== null,
});

const contentOf = (file = ''): string =>
  readGiven(file, ({ zh, en }, cause) => {
    const words = { zh: `文件 ${zh}。`, en: `The file ${en}.` };
    return new GatewayError('CONFIG_INVALID', words, { cause });
  }).toString();
