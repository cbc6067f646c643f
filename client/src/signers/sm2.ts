import { keyIdOf, sm2PublicKey, userName } from '@yici/domain/model';
import { sm2 } from 'sm-crypto-v2';
import { z } from 'zod';

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

/** Reads a key from its text; undefined when it is none or its two keys are of different pairs. */
export function parseSm2Key(text: string): Sm2Key | undefined {
  const parsed = sm2KeySchema.safeParse(jsonIn(text));
  if (!parsed.success) return undefined;
  const key = parsed.data;
  return sm2.getPublicKeyFromPrivateKey(key.privateKey) === key.publicKey ? key : undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function createSm2Signer({ privateKey, publicKey }: Sm2Key): AppSigner {
  return {
    keyId: keyIdOf(publicKey),
    sign: (message) =>
      Promise.resolve(sm2.doSignature(message, privateKey, { hash: true, publicKey })),
  };
}
