import { cite } from '../kernel/citation';
import { electronicSignature, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about SM2 keys refuse. */
export const errors = {
  APP_KEY_UNKNOWN: {
    zh: '本部门没有为签名人（{user}）登记此 SM2 密钥（{keyId}）。',
    en: 'The department has not registered that SM2 key ({keyId}) for the signer {user}.',
    acts: ['appKey.register'],
  },
  APP_KEY_REVOKED: {
    zh: 'SM2 密钥（{keyId}）已于 {at} 撤销。',
    en: 'The SM2 key {keyId} was revoked at {at}.',
    acts: ['appKey.register'],
  },
  APP_SIGNATURE_INVALID: {
    zh: 'SM2 电子签名无效（密钥 {keyId}）。',
    en: 'The SM2 signature is not by the key {keyId} over this command.',
    next: { zh: '请核对密钥后重新签名。', en: 'Check the key and sign again.' },
    basis: [cite(electronicSignature, { article: 13, paragraph: 1 })],
  },
} satisfies ContractErrorMeanings;
