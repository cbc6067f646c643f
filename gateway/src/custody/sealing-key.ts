import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeAtomically } from '@yici/client';
import { GatewayError } from '../errors.js';
import { keyFromPassphrase } from './key-vault.js';

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
