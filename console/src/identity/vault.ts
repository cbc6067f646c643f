import { importSigningKey, parseCertificate, requestNumber } from '@yici/client/web';
import { readKept, writeKept, type Kept } from './kept.js';
import { readConnection, type HeldIdentity } from './keys.js';
import { ConsoleError } from '../errors.js';
import { hexOf } from '../platform/hex.js';

/** The three files of an identity folder. */
export interface IdentityFiles {
  readonly certificate: string;
  readonly key: string;
  readonly connection: string;
}

/** What is sealed of an identity: its key as PEM and, if it has one, that of its SM2 signatures as the text of its file. */
export interface Secrets extends Pick<IdentityFiles, 'key'> {
  readonly sm2?: string;
}

/** Secrets under a passphrase. */
export type Sealed = Pick<Kept, 'salt' | 'iv' | 'sealedKey'>;

/** OWASP's least for PBKDF2 with SHA-256. */
const iterations = 600_000;

async function wrappingKey(passphrase: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const secret = new TextEncoder().encode(passphrase.normalize('NFC'));
  const base = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  const aes = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(derivation, base, aes, false, ['encrypt', 'decrypt']);
}

export async function seal(secrets: Secrets, passphrase: string): Promise<Sealed> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapping = await wrappingKey(passphrase, salt);
  const secret = new TextEncoder().encode(textOf(secrets));
  const sealedKey = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, wrapping, secret);
  return { salt, iv, sealedKey };
}

/** PEM alone, as identities were always kept, unless there is more. */
const textOf = ({ key, sm2 }: Secrets): string =>
  sm2 === undefined ? key : JSON.stringify({ key, sm2 });

/** @throws OperationError when the passphrase is another */
export async function open({ salt, iv, sealedKey }: Sealed, passphrase: string): Promise<Secrets> {
  const wrapping = await wrappingKey(passphrase, salt);
  const secret = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, wrapping, sealedKey);
  const text = new TextDecoder().decode(secret);
  // What is opened was sealed here.
  return text.startsWith('{') ? (JSON.parse(text) as Secrets) : { key: text };
}

type Given = IdentityFiles & Secrets;

export async function held({ certificate, key, connection, sm2 }: Given): Promise<HeldIdentity> {
  return {
    ...{ certificate, connection: readConnection(connection), key: await importSigningKey(key) },
    ...(sm2 !== undefined && { sm2 }),
  };
}

/** The user that a certificate is for, as the ledger names it. @throws LedgerError MALFORMED_IDENTITY */
export function userOf(certificate: string): string {
  const { attributes, commonName } = parseCertificate(certificate);
  return attributes.get('yici.user') ?? commonName;
}

/** Under which an identity is kept: the SHA-256 of its certificate. */
export async function idOf(certificate: string): Promise<string> {
  const { der } = parseCertificate(certificate);
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', der.slice())));
}

/** Whether a certificate is for the key that the request of this number was for. */
export function isKeyOf(certificate: string, request: string): boolean {
  return requestNumber(parseCertificate(certificate).x509.publicKeyInfo) === request;
}

/** Keeps an identity in this browser and opens it. @throws when the files are none */
export async function keep(files: IdentityFiles, passphrase: string): Promise<HeldIdentity> {
  const identity = await held(files);
  const { certificate, connection } = files;
  const sealed = await seal({ key: files.key }, passphrase);
  const kept = { certificate, connection, user: userOf(certificate), ...sealed };
  await writeKept(await idOf(certificate), kept);
  return identity;
}

/** @throws when it is not kept or the passphrase is another */
export async function unlock(id: string, passphrase: string): Promise<HeldIdentity> {
  const kept = await readKept(id);
  if (kept === undefined) throw new ConsoleError('NOTHING_KEPT', 'no such identity is kept');
  const { certificate, connection } = kept;
  return held({ certificate, connection, ...(await open(kept, passphrase)) });
}
