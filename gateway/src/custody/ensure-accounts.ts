import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '@yici/client';
import { z } from 'zod';
import { GatewayError } from '../errors.js';
import { sealKey } from './key-vault.js';
import { isRetired, retire } from './retired.js';
import { keyEncryptionKey, type SealedBy } from './sealing-key.js';
import {
  readAccounts,
  writeAccount,
  writeAccountFile,
  type AccountFile,
  type AccountIdentity,
} from './account-files.js';

/** File to which new API keys are written once, for the operator to hand out and delete. */
export const apiKeysFile = 'api-keys.json';

const apiKeysSchema = z.record(z.string(), z.string());

/**
 * Creates a custodial account for each identity without one, and gives an existing one the identity's certificate and key where its
 * certificate is another: the one before is retired. A retired certificate is not taken in again. The API keys of new accounts are
 * added to {@link apiKeysFile}, readable by the owner only.
 * @returns the names of the new accounts
 */
export function ensureAccounts(
  directory: string,
  identities: readonly AccountIdentity[],
  by: SealedBy = {},
): readonly string[] {
  const key = keyEncryptionKey(directory, by);
  const known = new Map(readAccounts(directory).map((file) => [file.account, file]));
  const current = identities.filter((one) => !isRetired(directory, one.certificatePem));
  for (const identity of current) {
    const file = known.get(identity.account);
    if (file !== undefined) takeOver(directory, key, file, identity);
  }
  const missing = current.filter((identity) => !known.has(identity.account));
  for (const identity of missing) {
    noteApiKey(directory, identity.account, writeAccount(directory, key, identity));
  }
  return missing.map((identity) => identity.account);
}

/** Certificate and key of an identity that was issued anew. An API key that was taken away stays so. */
function takeOver(
  directory: string,
  key: Uint8Array,
  file: AccountFile,
  identity: AccountIdentity,
): void {
  const { account, mspId, certificatePem, keyPem } = identity;
  if (certificatePem === file.certificatePem) return;
  retire(directory, account, file.certificatePem);
  const sealed = sealKey(key, identity, keyPem);
  writeAccountFile(directory, { ...file, mspId, certificatePem, key: sealed });
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
