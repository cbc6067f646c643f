import { z } from 'zod';
import { anyone, keepers, operation } from '../kernel/operation';
import { appKeyId, code, departmentId, page, pageOf, userName } from '../kernel/scalars';
import { appKeyRecord, sm2PublicKey, sm2Signature } from './records';

export const registerAppKeyInput = z.strictObject({
  user: userName,
  publicKey: sm2PublicKey,
  /** The key's own signature over what is registered: its holder has it. */
  proof: sm2Signature,
});
export const revokeAppKeyInput = z.strictObject({ keyId: appKeyId, reasonCode: code(32) });

const common = { contract: 'appKey', output: appKeyRecord } as const;

export const appKeyCommands = {
  'appKey.register': operation({
    ...common,
    transaction: 'register',
    input: registerAppKeyInput,
    roles: keepers,
    summary: { zh: '登记经办人的国密签名密钥', en: "Register an official's SM2 key" },
  }),
  'appKey.revoke': operation({
    ...common,
    transaction: 'revoke',
    input: revokeAppKeyInput,
    roles: keepers,
    summary: { zh: '撤销国密签名密钥', en: 'Revoke an SM2 key' },
  }),
} as const;

export const appKeyQueries = {
  'appKey.get': operation({
    ...common,
    transaction: 'get',
    input: z.strictObject({ department: departmentId, keyId: appKeyId }),
    roles: anyone,
    summary: { zh: '查询国密签名密钥', en: 'One SM2 key' },
  }),
  'appKey.list': operation({
    contract: 'appKey',
    transaction: 'list',
    input: z.strictObject({ department: departmentId.exactOptional(), ...page }),
    output: pageOf(appKeyRecord),
    roles: anyone,
    summary: { zh: '国密签名密钥列表', en: 'SM2 keys, of one department or of all' },
  }),
} as const;

type AppKeyCommands = typeof appKeyCommands;
type AppKeyQueries = typeof appKeyQueries;
declare module '../kernel/commands' {
  interface Commands extends AppKeyCommands {}
  interface Queries extends AppKeyQueries {}
}
