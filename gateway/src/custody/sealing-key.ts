import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeAtomically } from '@yici/client';
import { GatewayError } from '../errors.js';
import { z } from 'zod';
import { keyFromPassphrase } from './key-vault.js';
import { openText, sealedSchema, sealText } from './sealing.js';

/** The source of the key that encrypts custodial keys and document keys: a file, or a passphrase from which it is derived. */
export interface SealedBy {
  /** Stored separately from what it encrypts. Default: `<custody>.key` beside that folder. */
  readonly keyFile?: string;
  readonly passphrase?: string;
}

/**
 * The 32-byte key-encryption key for `directory` (the custody folder): derived from the passphrase if there is one (scrypt, its
 * salt in the folder), otherwise from the key file, which is created at the first start, readable by its owner only.
 * @throws GatewayError KEY_STORE_UNREADABLE when the file is missing although encrypted keys exist, is not 32 bytes in base64,
 * or is being replaced (rotateSealingKey was interrupted).
 */
export function keyEncryptionKey(directory: string, by: SealedBy = {}): Uint8Array {
  const unfinished = [nextOf(fileOf(directory, by)), nextOf(saltOf(directory))].find(existsSync);
  if (unfinished === undefined) return currentKey(directory, by);
  throw unreadable(
    `A rotation was cut off (${unfinished}): run yici-gateway custody rotate-sealing-key again.`,
  );
}

/** Like {@link keyEncryptionKey}, but also during a rotation. */
export function currentKey(directory: string, by: SealedBy): Uint8Array {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (by.passphrase !== undefined) {
    return keyFromPassphrase(by.passphrase, secretOf(saltOf(directory), 16));
  }
  const file = fileOf(directory, by);
  takeOutOfFolder(directory, file);
  if (!existsSync(file) && sealsSomething(directory)) {
    throw unreadable(`The sealing key ${file} is missing; without it no custodial key opens.`);
  }
  return secretOf(file, 32);
}

/** The next key; stored beside the current one until everything is encrypted with it. */
export function nextKey(directory: string, by: SealedBy, newPassphrase?: string): Uint8Array {
  return newPassphrase === undefined
    ? secretOf(nextOf(fileOf(directory, by)), 32)
    : keyFromPassphrase(newPassphrase, secretOf(nextOf(saltOf(directory)), 16));
}

/** Makes the next key the current one. */
export function adoptNextKey(directory: string, by: SealedBy, newPassphrase?: string): void {
  const file = fileOf(directory, by);
  const current = newPassphrase === undefined ? file : saltOf(directory);
  writeAtomically(current, readFileSync(nextOf(current), 'utf8'));
  rmSync(nextOf(current));
  if (newPassphrase !== undefined) rmSync(file, { force: true });
}

/** By which a key that seals a folder is recognised apart from the folder. */
const sealingProofSchema = z.strictObject({
  /** Of the passphrase, where there is one. */
  salt: z.string().optional(),
  sealed: sealedSchema,
});

const proofPurpose = 'yici backup v1';

export function sealingProof(
  directory: string,
  key: Uint8Array,
): z.infer<typeof sealingProofSchema> {
  const salt = existsSync(saltOf(directory)) ? readFileSync(saltOf(directory), 'utf8') : undefined;
  const sealed = sealText(key, proofPurpose, 'opened');
  return { ...(salt !== undefined && { salt }), sealed };
}

/**
 * Refuses to go on where the key that is at hand is not the one of a proof; makes no key.
 * @throws GatewayError KEY_STORE_UNREADABLE
 */
export function assertSealing(proof: unknown, directory: string, by: SealedBy): void {
  const { salt, sealed } = sealingProofSchema.parse(proof);
  const file = fileOf(directory, by);
  const text = by.passphrase === undefined ? existsSync(file) && readFileSync(file, 'utf8') : salt;
  const bytes = Buffer.from(typeof text === 'string' ? text.trim() : '', 'base64');
  try {
    const key = by.passphrase === undefined ? bytes : keyFromPassphrase(by.passphrase, bytes);
    openText(key, proofPurpose, sealed);
  } catch (cause) {
    const [zh, en] =
      by.passphrase === undefined ? [file, `the key in ${file}`] : ['所给口令', 'the passphrase'];
    const words = {
      zh: `${zh} 不能打开备份中加密的内容。先恢复备份时所用的密钥。`,
      en: `What is sealed in the backup does not open with ${en}. Bring back the key of that time first.`,
    };
    throw new GatewayError('KEY_STORE_UNREADABLE', words, { cause });
  }
}

const fileOf = (directory: string, { keyFile = `${directory}.key` }: SealedBy): string => keyFile;
const saltOf = (directory: string): string => join(directory, 'key-encryption.salt');
const nextOf = (file: string): string => `${file}.next`;

/** Moves the key out of the folder that it encrypts, where earlier releases stored it. */
function takeOutOfFolder(directory: string, file: string): void {
  const old = join(directory, 'key-encryption.key');
  if (!existsSync(old)) return;
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeAtomically(file, readFileSync(old, 'utf8'));
  }
  rmSync(old);
}

function sealsSomething(directory: string): boolean {
  const accounts = join(directory, 'accounts');
  return existsSync(accounts) && readdirSync(accounts).some((name) => name.endsWith('.json'));
}

function secretOf(path: string, length: number): Uint8Array {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeAtomically(path, `${randomBytes(length).toString('base64')}\n`);
  }
  const bytes = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (bytes.length === length) return bytes;
  throw unreadable(`${path} does not hold ${String(length)} bytes in base64.`);
}

const unreadable = (message: string): GatewayError =>
  new GatewayError('KEY_STORE_UNREADABLE', message);
