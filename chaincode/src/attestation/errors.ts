import { cite } from '../kernel/citation';
import { sharing, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about attestations refuse. */
export const errors = {
  ATTESTATION_NOT_VALID: {
    zh: '存证当前无效。',
    en: 'The attestation is not valid at this time.',
  },
  ATTESTATION_MISMATCH: {
    zh: '存证与办件、需求部门或数据集不符。',
    en: 'The attestation is for another case, requester or data set.',
    basis: [cite(sharing, { article: 25, paragraph: 1 })],
  },
} satisfies ContractErrorMeanings;
