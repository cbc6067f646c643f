import type { ContractErrorMeaning } from '../kernel/laws';
import { staffing } from '../kernel/laws';

/** What the rules about duties refuse. */
export const dutyErrors = {
  DUTY_UNKNOWN: {
    zh: '职责条目尚未登记。',
    en: 'The duty is not registered.',
    article: `${staffing} art 10`,
  },
  DUTY_UNCHANGED: {
    zh: '职责条目没有变化。',
    en: 'The duty says exactly that already.',
  },
  OVERLAP_RULING_INVALID: {
    zh: '裁定须指明一个主张该职责的部门；各自不同的职责不指明。',
    en: 'A ruling names one of the departments that claim the topic; a ruling that the duties differ names none.',
  },
} as const satisfies Readonly<Record<string, ContractErrorMeaning>>;

type DutyErrors = typeof dutyErrors;
declare module '../kernel/errors' {
  interface ContractErrors extends DutyErrors {}
}
