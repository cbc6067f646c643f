import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';

const base64 = z.base64();

/** A text encrypted with AES-256-GCM; 96-bit nonce, 128-bit tag. */
export const sealedSchema = z.strictObject({
  v: z.literal(1),
  algorithm: z.literal('aes-256-gcm'),
  nonce: base64,
  tag: base64,
  ciphertext: base64,
});
export type Sealed = z.infer<typeof sealedSchema>;

/** Encrypts a text with a 32-byte key. `purpose` is authenticated with it: decryption needs the same purpose. */
export function sealText(key: Uint8Array, purpose: string, text: string): Sealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose, 'utf8'));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    v: 1,
    algorithm: 'aes-256-gcm',
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    ciphertext: ciphertext.toString('base64'),
  };
}

/** Throws node:crypto's error for a wrong key, another purpose, or any change of the bytes. */
export function openText(key: Uint8Array, purpose: string, sealed: Sealed): string {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce, 'base64'), {
    authTagLength: 16,
  });
  decipher.setAAD(Buffer.from(purpose, 'utf8')).setAuthTag(Buffer.from(sealed.tag, 'base64'));
  const ciphertext = Buffer.from(sealed.ciphertext, 'base64');
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
}
