import { X509Certificate, type KeyObject } from 'node:crypto';
import { KeyError, openPrivateKey } from '@yici/keys';
import { parseCertificate, type Sentence } from '@yici/ledger';
import { GatewayError } from '../errors.js';
import {
  readAccounts,
  removeAccountFile,
  writeAccountFile,
  type AccountFile,
} from './account-files.js';
import { hashApiKey, newApiKey } from './api-keys.js';
import { noteApiKey } from './ensure-accounts.js';
import { sealKey } from './key-vault.js';
import { isRetired, retire } from './retired.js';

/** PEM texts of a certificate and its private key, which may be a reference to a token. */
interface Pair {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/**
 * Gives an account another certificate for the key that it has; the one before is retired.
 * @throws GatewayError ACCOUNT_UNKNOWN, ACCOUNT_REVOKED, ACCOUNT_KEY_MISMATCH when the certificate is for another key
 */
export function renewAccount(custody: string, account: string, certificatePem: string): void {
  const file = accountNamed(custody, account);
  refuseRetired(custody, account, certificatePem);
  if (!publicKeyOf(certificatePem).equals(publicKeyOf(file.certificatePem))) {
    throw keyMismatch(account, {
      zh: '证书不是为该账号的密钥签发的；密钥已更换的，用 account rotate',
      en: 'the certificate is for another key than the account has; with another key use `account rotate`',
    });
  }
  replace(custody, file, { certificatePem });
}

/**
 * Gives an account another certificate and key; those before are no longer used. An account that was revoked is in use again, with
 * a new API key.
 * @param key 32 bytes that seal the accounts' keys
 * @throws GatewayError ACCOUNT_UNKNOWN, ACCOUNT_REVOKED (this very certificate), ACCOUNT_KEY_MISMATCH, CONFIG_INVALID when the
 * certificate is another user's
 */
export function rotateAccount(
  custody: string,
  key: Uint8Array,
  account: string,
  { certificatePem, keyPem }: Pair,
): void {
  const file = accountNamed(custody, account);
  refuseRetired(custody, account, certificatePem);
  if (!publicKeyIn(account, keyPem).equals(publicKeyOf(certificatePem))) {
    throw keyMismatch(account, {
      zh: '私钥与证书不对应',
      en: 'the private key is not that of the certificate',
    });
  }
  refuseAnotherUser(file, certificatePem);
  replace(custody, file, { certificatePem, key: sealKey(key, file, keyPem) });
  if (file.apiKeyHash === null) rotateApiKey(custody, account);
}

/** Ends the use of an account: its certificate is retired and its API key taken away. The account is still listed. */
export function revokeAccount(custody: string, account: string): void {
  const { certificatePem } = accountNamed(custody, account);
  retire(custody, account, certificatePem);
  revokeApiKey(custody, account);
}

/** Revokes an account and deletes it with its sealed key. What a token keeps stays there. */
export function removeAccount(custody: string, account: string): Pick<AccountFile, 'key'> {
  const file = accountNamed(custody, account);
  revokeAccount(custody, account);
  removeAccountFile(custody, account);
  return file;
}

/**
 * Replaces an account's API key and adds the new one to the file of API keys; the old one is no longer valid.
 * @throws GatewayError ACCOUNT_UNKNOWN, ACCOUNT_REVOKED
 */
export function rotateApiKey(custody: string, account: string): void {
  const file = accountNamed(custody, account);
  refuseRetired(custody, account, file.certificatePem);
  const apiKey = newApiKey();
  // Written to the file first: an unknown valid key would be worse than a known key that is not valid yet.
  noteApiKey(custody, account, apiKey);
  writeAccountFile(custody, { ...file, apiKeyHash: hashApiKey(apiKey) });
}

/** Revokes an account's API key. Its encrypted key is kept; `rotateApiKey` enables it again. */
export function revokeApiKey(custody: string, account: string): void {
  writeAccountFile(custody, { ...accountNamed(custody, account), apiKeyHash: null });
  noteApiKey(custody, account, undefined);
}

/** The old certificate is retired first: an interruption leaves an account that is refused, not one that is used on. */
function replace(
  custody: string,
  file: AccountFile,
  change: Pick<AccountFile, 'certificatePem'> & Partial<Pick<AccountFile, 'key'>>,
): void {
  if (change.certificatePem !== file.certificatePem) {
    retire(custody, file.account, file.certificatePem);
  }
  writeAccountFile(custody, { ...file, ...change });
}

/** @throws GatewayError ACCOUNT_UNKNOWN */
function accountNamed(custody: string, account: string): AccountFile {
  const accounts = readAccounts(custody);
  const found = accounts.find((file) => file.account === account);
  if (found !== undefined) return found;
  const names = accounts.map((file) => file.account);
  throw new GatewayError('ACCOUNT_UNKNOWN', {
    zh: `没有账号 ${account}；现有：${names.join('、') || '无'}。`,
    en: `There is no account ${account}; there are: ${names.join(', ') || 'none'}.`,
  });
}

function refuseRetired(custody: string, account: string, certificatePem: string): void {
  if (!isRetired(custody, certificatePem)) return;
  const message = {
    zh: `${account} 的该证书已停用，不再使用。签发新的证书和密钥，用 yici-gateway account rotate 更换。`,
    en: `This certificate of ${account} was retired and is not used again; issue another, with another key, and bring it in with yici-gateway account rotate.`,
  };
  throw new GatewayError('ACCOUNT_REVOKED', message, { details: { account } });
}

/** With another user's certificate the account would act as that one, or at the wrong department's not at all. */
function refuseAnotherUser({ account, certificatePem }: AccountFile, given: string): void {
  const [user, other] = [certificatePem, given].map((pem) => parseCertificate(pem).commonName);
  if (user === other) return;
  throw new GatewayError(
    'CONFIG_INVALID',
    {
      zh: `证书属于 ${other ?? ''}，而账号 ${account} 的证书属于 ${user ?? ''}。换为同一用户的证书；要用其他用户的，另建账号。`,
      en: `The certificate is ${other ?? ''}'s, and that of the account ${account} is ${user ?? ''}'s. Give one of the same user; another user needs an account of its own.`,
    },
    { details: { account } },
  );
}

function publicKeyOf(certificatePem: string): KeyObject {
  try {
    return new X509Certificate(certificatePem).publicKey;
  } catch (cause) {
    throw unusable({ zh: '证书', en: 'certificate' }, cause);
  }
}

function publicKeyIn(account: string, keyPem: string): KeyObject {
  try {
    return openPrivateKey(keyPem).publicKey;
  } catch (error) {
    if (error instanceof KeyError) throw error;
    // Without the cause: the parser's message may quote the key.
    throw unusable({ zh: `账号 ${account} 的密钥`, en: `key for ${account}` });
  }
}

function unusable({ zh, en }: Sentence, cause?: unknown): GatewayError {
  const words = {
    zh: `所给的${zh}文件不是可读的 PEM。`,
    en: `The file given as ${en} is not readable PEM.`,
  };
  return new GatewayError('CONFIG_INVALID', words, { cause });
}

function keyMismatch(account: string, why: Sentence): GatewayError {
  const message = { zh: `${account}：${why.zh}。`, en: `${account}: ${why.en}.` };
  return new GatewayError('ACCOUNT_KEY_MISMATCH', message, { details: { account } });
}
