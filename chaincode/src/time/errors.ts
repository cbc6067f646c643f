import type { ContractErrorMeanings } from '../kernel/laws';

/** What the rules about the time of an act refuse. */
export const errors = {
  ACT_TOO_OLD: {
    zh: '操作的时间早于账本已显示的时间过多，须重新签名提交。',
    en: 'The act is older than the ledger shows time to be: ask for a new proposal and sign again.',
  },
  BEACON_NOT_DUE: {
    zh: '账本已经显示此时段。',
    en: 'The ledger shows that period already.',
  },
} satisfies ContractErrorMeanings;
