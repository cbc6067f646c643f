import type { ContractErrorMeanings } from '../kernel/laws';

/** What the rules about standing in for an absent official refuse. */
export const errors = {
  DELEGATION_INVALID: {
    zh: '代岗委托有误：不得委托本人，代岗人不得转委托。',
    en: 'A delegation is neither to oneself nor passed on by the delegate.',
  },
  DELEGATION_NOT_VALID: {
    zh: '没有有效的代岗委托。',
    en: 'There is no delegation that lets this official act now.',
  },
} satisfies ContractErrorMeanings;
