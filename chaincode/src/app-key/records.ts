import { createHash } from 'node:crypto';
import { z } from 'zod';
import { actor } from '../kernel/roles';
import { appKeyId, code, departmentId, recordOf, timestamp, userName } from '../kernel/scalars';
import { keyKind } from '../kernel/keys';

/** An uncompressed point of the SM2 curve, lower-case hexadecimal: 04, x, y. */
export const sm2PublicKey = z.string().regex(/^04[0-9a-f]{128}$/, '04 and 128 hexadecimal digits');
/** r and s of an SM2 signature, 32 bytes each, lower-case hexadecimal. */
export const sm2Signature = z.string().regex(/^[0-9a-f]{128}$/, '128 hexadecimal digits');

/**
 * An official's SM2 key (商用密码 SM2 签名密钥). Beside Fabric's own signature, which is ECDSA, an official may sign what is
 * commanded with it. Nothing here is certified: a system in use needs a certified module (商用密码产品认证).
 */
export const appKeyRecord = recordOf('appKey', {
  department: departmentId,
  keyId: appKeyId,
  user: userName,
  alg: z.literal('sm2-sm3'),
  publicKey: sm2PublicKey,
  registeredBy: actor,
  registeredAt: timestamp,
  revocation: z.strictObject({ by: actor, at: timestamp, reasonCode: code(32) }).exactOptional(),
});
export type AppKeyRecord = z.output<typeof appKeyRecord>;

export function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(publicKey, 'hex').digest('hex').slice(0, 32);
}

/** How its records are kept in the world state. */
export const kinds = {
  appKey: keyKind('appKey', appKeyRecord, (r) => [r.department, r.keyId]),
};
