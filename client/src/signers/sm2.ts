import { readFileSync } from 'node:fs';
import { keyIdOf, sm2PublicKey, userName } from '@yici/domain/model';
import { sm2 } from 'sm-crypto-v2';
import { z } from 'zod';
import { ClientError } from '../errors.js';

/**
 * Signs commands in addition to Fabric's own signature: SM2 with SM3 (GB/T 32918.2, default user id). Software
 * implementation, not certified; a certified module can replace it by implementing the same two members.
 */
export interface AppSigner {
  readonly keyId: string;
  /** r and s, lower-case hexadecimal. */
  sign(message: Uint8Array): Promise<string>;
}

const sm2KeySchema = z.strictObject({
  v: z.literal(1),
  alg: z.literal('sm2-sm3'),
  user: userName,
  publicKey: sm2PublicKey,
  privateKey: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Sm2Key = z.output<typeof sm2KeySchema>;

/** A new key of one official. */
export function newSm2Key(user: string): Sm2Key {
  const { publicKey, privateKey } = sm2.generateKeyPairHex();
  return { v: 1, alg: 'sm2-sm3', user: userName.parse(user), publicKey, privateKey };
}

/** @throws ClientError IDENTITY_UNREADABLE when the file is no SM2 key or its two keys do not match. */
export function readSm2Key(file: string): Sm2Key {
  try {
    const key = sm2KeySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (sm2.getPublicKeyFromPrivateKey(key.privateKey) === key.publicKey) return key;
  } catch (cause) {
    throw new ClientError('IDENTITY_UNREADABLE', `${file} is no SM2 key.`, { cause });
  }
  throw new ClientError('IDENTITY_UNREADABLE', `The two keys in ${file} are of different pairs.`);
}

export function createSm2Signer({ privateKey, publicKey }: Sm2Key): AppSigner {
  return {
    keyId: keyIdOf(publicKey),
    sign: (message) =>
      Promise.resolve(sm2.doSignature(message, privateKey, { hash: true, publicKey })),
  };
}
