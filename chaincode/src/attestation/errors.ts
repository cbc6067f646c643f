import { cite } from '../kernel/citation';
import { sharing, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about attestations refuse. */
export const errors = {
  ATTESTATION_NOT_VALID: {
    zh: '{record}当前（{at}）无效：{verdict}。',
    en: '{record} is not valid at {at}: {verdict}.',
    next: { zh: '请由数源部门重新签发存证。', en: 'Let its source attest anew.' },
    acts: ['attestation.issue'],
  },
  ATTESTATION_MISMATCH: {
    zh: '存证与所用之处不符，不符的是：{wrong}。',
    en: 'The attestation does not fit where it is used, by its {wrong}.',
    next: {
      zh: '请由数源部门为本办件、本数据集签发存证。',
      en: 'Let its source attest for this case and data set.',
    },
    acts: ['attestation.issue'],
    basis: [cite(sharing, { article: 25, paragraph: 1 })],
  },
} satisfies ContractErrorMeanings;
