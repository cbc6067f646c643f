import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '@yici/client';
import { z } from 'zod';
import { GatewayError } from '../errors.js';
import { keptKeySchema, sealKey } from './key-vault.js';
import { hashApiKey, newApiKey } from './api-keys.js';

/** A stored custodial account: certificate in plain text, key encrypted or in a token, API key as a hash. */
export const accountFileSchema = z.strictObject({
  account: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  mspId: z.string().min(1),
  certificatePem: z.string().min(1),
  key: keptKeySchema,
  /** SHA-256 of the API key, base64url; null after it was revoked. */
  apiKeyHash: z.string().nullable(),
});
export type AccountFile = z.infer<typeof accountFileSchema>;

/** An identity whose key the gateway is to store. */
export interface AccountIdentity {
  readonly account: string;
  readonly mspId: string;
  readonly certificatePem: string;
  readonly keyPem: string;
}

const accountsFolder = 'accounts';

/** The accounts of a folder. @throws GatewayError KEY_STORE_UNREADABLE naming the malformed file. */
export function readAccounts(directory: string): AccountFile[] {
  const folder = join(directory, accountsFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readAccount(join(folder, name)));
}

function readAccount(path: string): AccountFile {
  try {
    return accountFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new GatewayError('KEY_STORE_UNREADABLE', `${path} is no custodial account.`, { cause });
  }
}

/** Creates an account with the encrypted key of an identity; returns the API key, which is stored nowhere else. */
export function writeAccount(
  directory: string,
  key: Uint8Array,
  identity: AccountIdentity,
): string {
  const { account, mspId, certificatePem, keyPem } = identity;
  const apiKey = newApiKey();
  const file: AccountFile = {
    account,
    mspId,
    certificatePem,
    key: sealKey(key, identity, keyPem),
    apiKeyHash: hashApiKey(apiKey),
  };
  writeAccountFile(directory, file);
  return apiKey;
}

/** Replaces an account's file; a running gateway notices the change. */
export function writeAccountFile(directory: string, file: AccountFile): void {
  const folder = join(directory, accountsFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeAtomically(join(folder, `${file.account}.json`), `${JSON.stringify(file, null, 2)}\n`);
}

/** Deletes an account's file; a running gateway notices the change. */
export function removeAccountFile(directory: string, account: string): void {
  rmSync(join(directory, accountsFolder, `${account}.json`));
}

/**
 * Gives a value that changes whenever an account's file is created or replaced: the modification time of the folder. It is
 * asked several times a request, so the system is asked once for all that one turn of the event loop handles.
 */
export function accountsWatch(directory: string): () => bigint {
  const folder = join(directory, accountsFolder);
  let known: bigint | undefined;
  return () => {
    if (known === undefined) {
      known = statSync(folder, { bigint: true, throwIfNoEntry: false })?.mtimeNs ?? 0n;
      setImmediate(() => (known = undefined));
    }
    return known;
  };
}
