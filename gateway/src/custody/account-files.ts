import { randomBytes, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '@yici/client';
import { z } from 'zod';
import { GatewayError } from '../errors.js';
import { keyFromPassphrase, sealKey, sealedKeySchema } from './key-vault.js';
import { hashApiKey, newApiKey } from './api-keys.js';

/** A custodial account as it lies on disk: its certificate in the clear, its key sealed, its API key only as a hash. */
export const accountFileSchema = z.strictObject({
  account: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  mspId: z.string().min(1),
  certificatePem: z.string().min(1),
  key: sealedKeySchema,
  /** SHA-256 of the API key, base64url. */
  apiKeyHash: z.string(),
});
export type AccountFile = z.infer<typeof accountFileSchema>;

/** An identity whose key the gateway is to keep. */
export interface AccountIdentity {
  readonly account: string;
  readonly mspId: string;
  readonly certificatePem: string;
  readonly keyPem: string;
}

const keyFile = 'key-encryption.key';
const saltFile = 'key-encryption.salt';
const accountsFolder = 'accounts';

/**
 * The 32-byte key that seals custodial keys: from the passphrase when there is one (scrypt, salt beside it), else from a
 * file of this folder that is made at the first start, readable by its owner only.
 * @throws GatewayError KEY_STORE_UNREADABLE when the file is not 32 bytes in base64.
 */
export function keyEncryptionKey(directory: string, passphrase?: string): Uint8Array {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (passphrase !== undefined) {
    return keyFromPassphrase(passphrase, secretOf(join(directory, saltFile), 16));
  }
  return secretOf(join(directory, keyFile), 32);
}

function secretOf(path: string, length: number): Uint8Array {
  if (!existsSync(path)) writeWhole(path, `${randomBytes(length).toString('base64')}\n`);
  const bytes = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (bytes.length === length) return bytes;
  throw new GatewayError(
    'KEY_STORE_UNREADABLE',
    `${path} does not hold ${String(length)} bytes in base64.`,
  );
}

/** The accounts of a folder. @throws GatewayError KEY_STORE_UNREADABLE naming the file that is wrong. */
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

/** Seals an identity's key into an account of its own; gives the API key, which is nowhere else. */
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
  mkdirSync(join(directory, accountsFolder), { recursive: true, mode: 0o700 });
  writeWhole(
    join(directory, accountsFolder, `${account}.json`),
    `${JSON.stringify(file, null, 2)}\n`,
  );
  return apiKey;
}

/** Takes over a certificate that was issued anew for the key of an account; one of another key is not the account's. */
export function renewCertificate(
  directory: string,
  file: AccountFile,
  certificatePem: string,
): void {
  if (certificatePem === file.certificatePem) return;
  const keyOf = (pem: string) =>
    new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
  if (!keyOf(certificatePem).equals(keyOf(file.certificatePem))) return;
  const path = join(directory, accountsFolder, `${file.account}.json`);
  writeWhole(path, `${JSON.stringify({ ...file, certificatePem }, null, 2)}\n`);
}
