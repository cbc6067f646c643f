import type { ContractErrorMeanings } from '../kernel/laws';

/** What the rules about standing in for an absent official refuse. */
export const errors = {
  DELEGATION_INVALID: {
    zh: 'AB 岗代岗委托有误：不得委托本人，代岗人不得转委托；由不在岗人员（以所委托的岗位）和代岗人员各自签名确认。',
    en: 'A delegation is neither to oneself nor passed on by the delegate; its two ends sign it, the absent official in the role that is handed on.',
  },
  DELEGATION_NOT_VALID: {
    zh: '没有有效的 AB 岗代岗委托：须由不在岗人员和代岗人员均已签名确认，且在委托期间内。',
    en: 'There is no delegation that lets this official act now: both its ends have to have signed it, and it counts on its days only.',
  },
} satisfies ContractErrorMeanings;
