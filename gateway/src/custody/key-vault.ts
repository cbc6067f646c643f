import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { z } from 'zod';
import { GatewayError } from '../errors.js';

/** What is sealed, and for whom: both are bound into the ciphertext, so a sealed key cannot be moved to another account. */
export interface SealedFor {
  readonly account: string;
  readonly mspId: string;
}

const base64 = z.base64();

/** A private key under AES-256-GCM; 96-bit nonce, 128-bit tag. */
export const sealedKeySchema = z.strictObject({
  v: z.literal(1),
  algorithm: z.literal('aes-256-gcm'),
  nonce: base64,
  tag: base64,
  ciphertext: base64,
});
export type SealedKey = z.infer<typeof sealedKeySchema>;

const associatedData = (owner: SealedFor): Buffer =>
  Buffer.from(`yici custodial key v1\n${owner.account}\n${owner.mspId}`, 'utf8');

/** Encrypts a private key (PEM) for one account. `key` is 32 bytes. */
export function sealKey(key: Uint8Array, owner: SealedFor, keyPem: string): SealedKey {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associatedData(owner));
  const ciphertext = Buffer.concat([cipher.update(keyPem, 'utf8'), cipher.final()]);
  return {
    v: 1,
    algorithm: 'aes-256-gcm',
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    ciphertext: ciphertext.toString('base64'),
  };
}

/** @throws GatewayError KEY_STORE_UNREADABLE with the wrong key, for another account, or when a bit was changed. */
export function openKey(key: Uint8Array, owner: SealedFor, sealed: SealedKey): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce, 'base64'), {
      authTagLength: 16,
    });
    decipher.setAAD(associatedData(owner)).setAuthTag(Buffer.from(sealed.tag, 'base64'));
    const ciphertext = Buffer.from(sealed.ciphertext, 'base64');
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new GatewayError(
      'KEY_STORE_UNREADABLE',
      `The custodial key of ${owner.account} cannot be opened: wrong key-encryption key, or a damaged file.`,
      { cause },
    );
  }
}

/** scrypt (RFC 7914) with N = 2^15, r = 8, p = 1: about 32 MiB and 100 ms, once at start. */
export function keyFromPassphrase(passphrase: string, salt: Uint8Array): Uint8Array {
  return scryptSync(passphrase, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
}
