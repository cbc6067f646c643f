import type { ContractErrorMeanings } from '../kernel/laws';

/** What the rules about departments refuse. */
export const errors = {
  FUNCTION_NOT_CLAIMED: {
    zh: '该部门（{id}）没有申报此职能（{function}）。',
    en: 'The department {id} does not claim that function ({function}).',
    acts: ['department.update'],
  },
} satisfies ContractErrorMeanings;
