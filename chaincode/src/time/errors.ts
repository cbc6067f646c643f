import type { ContractErrorMeanings } from '../kernel/laws';

/** What the rules about the time of an act refuse. */
export const errors = {
  ACT_TOO_OLD: {
    zh: '操作的时间（{at}）早于账本已显示的时间（{shown}）过多，须重新签名提交。',
    en: 'The act ({at}) is older than the ledger shows time to be ({shown}).',
    next: { zh: '请重新提交并签名。', en: 'Ask for a new proposal and sign again.' },
  },
  BEACON_NOT_DUE: {
    zh: '账本已经显示此时段。',
    en: 'The ledger shows that period already.',
  },
} satisfies ContractErrorMeanings;
