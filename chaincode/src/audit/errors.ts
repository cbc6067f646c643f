import type { ContractErrorMeanings } from '../kernel/laws';

/** What the rules of audit records refuse. */
export const errors = {
  AUDIT_RECORD_INVALID: {
    zh: '核验记录前后不一致，或者与本通道不符。',
    en: 'The record of an audit run contradicts itself, or is not about this channel.',
  },
} satisfies ContractErrorMeanings;
