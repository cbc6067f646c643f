import { cite } from '../kernel/citation';
import { staffing, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about duties refuse. */
export const errors = {
  DUTY_UNKNOWN: {
    zh: '职责条目尚未登记。',
    en: 'The duty is not registered.',
  },
  DUTY_NOT_CONFIRMED: {
    zh: '职责条目尚未经机构编制部门确认，不得引用；请其先行确认。',
    en: 'The duty clause is not confirmed by the Establishment Office and cannot be cited: have it confirmed first.',
  },
  DUTY_NOT_CONCERNED: {
    zh: '该职责条目没有列明本事项（环节），不得在本件引用；请引用列明本事项的条目。',
    en: 'The duty clause does not name this matter or step: cite one that does.',
  },
  DUTY_UNCHANGED: {
    zh: '职责条目没有变化。',
    en: 'The duty says exactly that already.',
  },
  OVERLAP_RULING_INVALID: {
    zh: '认定职责归属的，须从主张该职责的部门中明确一个；认定各部门职责不同的，不再明确。',
    en: 'A ruling names one of the departments that claim the topic; a ruling that the duties differ names none.',
  },
  COORDINATION_MISSING: {
    zh: '须先由机构编制管理机关提出协调意见，再报本级人民政府决定。',
    en: 'The Establishment Office proposes first; then the government decides.',
    basis: [cite(staffing, { article: 10, paragraph: 2 })],
  },
  DECISION_UNNAMED: {
    zh: '登记职责分工协调决定，须注明作出决定的机关和文号。',
    en: 'Who registers a decision on duties names the organ that made it and the number of its document.',
    basis: [cite(staffing, { article: 10, paragraph: 2 })],
  },
} satisfies ContractErrorMeanings;
