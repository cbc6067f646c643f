import { GatewayError } from '../errors.js';
import { readAccounts, writeAccountFile, type AccountFile } from './account-files.js';
import { hashApiKey, newApiKey } from './api-keys.js';
import { noteApiKey } from './ensure-accounts.js';

/** Gives an account another API key, which is added to the file of API keys; the old one opens nothing any more. */
export function rotateApiKey(custody: string, account: string): void {
  const file = accountNamed(custody, account);
  const apiKey = newApiKey();
  // Noted first: a key that nobody knows would be worse than one that is not in force yet.
  noteApiKey(custody, account, apiKey);
  writeAccountFile(custody, { ...file, apiKeyHash: hashApiKey(apiKey) });
}

/** Takes an account's API key away. Its sealed key stays; `rotateApiKey` lets it in again. */
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
