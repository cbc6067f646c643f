import { cite } from '../kernel/citation';
import { electronicSignature, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about SM2 keys refuse. */
export const errors = {
  APP_KEY_UNKNOWN: {
    zh: '本部门没有为签名人登记此国密密钥。',
    en: 'The department has not registered that SM2 key for the signer.',
  },
  APP_KEY_REVOKED: { zh: '国密密钥已撤销。', en: 'The SM2 key is revoked.' },
  APP_SIGNATURE_INVALID: {
    zh: '国密应用签名无效。',
    en: 'The SM2 signature is not by that key over this command.',
    basis: [cite(electronicSignature, { article: 13, paragraph: 1 })],
  },
} satisfies ContractErrorMeanings;
