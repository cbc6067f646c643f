import type { ContractErrorMeanings } from '../kernel/laws';

/** What the rules about departments refuse. */
export const errors = {
  FUNCTION_NOT_CLAIMED: {
    zh: '该部门没有申报此职能。',
    en: 'The department does not claim that function.',
  },
} satisfies ContractErrorMeanings;
