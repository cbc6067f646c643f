import { z } from 'zod';
import { command, keepers, query } from '../kernel/operation';
import { plainReason } from '../kernel/reason';
import { appKeyId, departmentId, page, pageOf, userName } from '../kernel/scalars';
import { appKeyRecord, sm2PublicKey, sm2Signature } from './records';

const appKeys = { plural: 'app-keys', key: 'keyId' } as const;

export const registerAppKeyInput = z.strictObject({
  user: userName,
  publicKey: sm2PublicKey,
  /** The key's own signature over what is registered: its holder has it. */
  proof: sm2Signature,
});
export const revokeAppKeyInput = z.strictObject({
  keyId: appKeyId,
  reasonCode: plainReason('lost', 'replaced'),
});

const common = { output: appKeyRecord } as const;

export const commands = {
  'appKey.register': command({
    ...common,
    of: appKeys,
    creates: true,
    input: registerAppKeyInput,
    roles: keepers,
    summary: { zh: '登记本人的商用密码（SM2）签名密钥', en: "Register an official's SM2 key" },
  }),
  'appKey.revoke': command({
    ...common,
    of: appKeys,
    input: revokeAppKeyInput,
    roles: keepers,
    finishes: true,
    summary: { zh: '撤销商用密码（SM2）签名密钥', en: 'Revoke an SM2 key' },
  }),
} as const;

export const queries = {
  'appKey.get': query({
    ...common,
    audience: 'members',
    input: z.strictObject({ department: departmentId, keyId: appKeyId }),
    summary: { zh: '查询商用密码（SM2）签名密钥', en: 'One SM2 key' },
  }),
  'appKey.list': query({
    audience: 'members',
    input: z.strictObject({ department: departmentId.exactOptional(), ...page }),
    output: pageOf(appKeyRecord),
    summary: { zh: '商用密码（SM2）签名密钥清单', en: 'SM2 keys, of one department or of all' },
  }),
} as const;
