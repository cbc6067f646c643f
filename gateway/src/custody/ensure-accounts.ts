import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '@yici/client';
import { z } from 'zod';
import { GatewayError } from '../errors.js';
import { keyEncryptionKey, type SealedBy } from './sealing-key.js';
import {
  readAccounts,
  renewCertificate,
  writeAccount,
  type AccountIdentity,
} from './account-files.js';

/** File to which new API keys are written once, for the operator to hand out and delete. */
export const apiKeysFile = 'api-keys.json';

const apiKeysSchema = z.record(z.string(), z.string());

/**
 * Creates a custodial account for each identity without one; existing accounts are kept, except that a certificate reissued for
 * the same key is replaced. The API keys of new accounts are added to {@link apiKeysFile}, readable by the owner only.
 * @returns the names of the new accounts
 */
export function ensureAccounts(
  directory: string,
  identities: readonly AccountIdentity[],
  by: SealedBy = {},
): readonly string[] {
  const key = keyEncryptionKey(directory, by);
  const known = new Map(readAccounts(directory).map((file) => [file.account, file]));
  for (const { account, certificatePem } of identities) {
    const file = known.get(account);
    if (file !== undefined) renewCertificate(directory, file, certificatePem);
  }
  const missing = identities.filter((identity) => !known.has(identity.account));
  if (missing.length === 0) return [];
  for (const identity of missing) {
    noteApiKey(directory, identity.account, writeAccount(directory, key, identity));
  }
  return missing.map((identity) => identity.account);
}

/** Adds an account's API key to the file of API keys, or removes it. */
export function noteApiKey(directory: string, account: string, apiKey: string | undefined): void {
  const path = join(directory, apiKeysFile);
  const others = Object.entries(readApiKeys(path)).filter(([name]) => name !== account);
  const apiKeys = Object.fromEntries(
    apiKey === undefined ? others : [...others, [account, apiKey]],
  );
  writeAtomically(path, `${JSON.stringify(apiKeys, null, 2)}\n`);
}

function readApiKeys(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  try {
    return apiKeysSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new GatewayError('KEY_STORE_UNREADABLE', `${path} is not a list of API keys.`, { cause });
  }
}
