import { GatewayError } from '../errors.js';
import { readAccounts, writeAccountFile, type AccountFile } from './account-files.js';
import { hashApiKey, newApiKey } from './api-keys.js';
import { noteApiKey } from './ensure-accounts.js';

/** Replaces an account's API key and adds the new one to the file of API keys; the old one is no longer valid. */
export function rotateApiKey(custody: string, account: string): void {
  const file = accountNamed(custody, account);
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

/** @throws GatewayError ACCOUNT_UNKNOWN */
function accountNamed(custody: string, account: string): AccountFile {
  const accounts = readAccounts(custody);
  const found = accounts.find((file) => file.account === account);
  if (found !== undefined) return found;
  const names = accounts.map((file) => file.account).join(', ') || 'none';
  throw new GatewayError('ACCOUNT_UNKNOWN', `There is no account ${account}; there are: ${names}.`);
}
