import { cite } from '../kernel/citation';
import { staffing, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about duties refuse. */
export const errors = {
  DUTY_UNKNOWN: {
    zh: '职责条目尚未登记。',
    en: 'The duty is not registered.',
    basis: [cite(staffing, 10)],
  },
  DUTY_UNCHANGED: {
    zh: '职责条目没有变化。',
    en: 'The duty says exactly that already.',
  },
  OVERLAP_RULING_INVALID: {
    zh: '裁定须指明一个主张该职责的部门；各自不同的职责不指明。',
    en: 'A ruling names one of the departments that claim the topic; a ruling that the duties differ names none.',
  },
} satisfies ContractErrorMeanings;
