import { cite } from '../kernel/citation';
import { staffing, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about duties refuse. */
export const errors = {
  DUTY_UNKNOWN: {
    zh: '职责条目“{code}”[（{department}）]尚未登记。',
    en: 'The duty {code}[ of {department}] is not registered.',
    acts: ['duty.register'],
  },
  DUTY_NOT_CONFIRMED: {
    zh: '职责条目“{code}”（{department}，第 {version} 版）尚未经编办确认，不得引用。',
    en: 'The duty {code} of {department}, version {version}, is not confirmed by the Establishment Office and cannot be cited.',
    acts: ['duty.confirm'],
  },
  DUTY_NOT_CONCERNED: {
    zh: '职责条目“{code}”（{department}）没有列明本事项（环节），不得在本件引用；请引用列明本事项的条目。',
    en: 'The duty {code} of {department} does not name this matter or step: cite one that does.',
  },
  DUTY_UNCHANGED: {
    zh: '职责条目“{code}”（{department}）没有变化。',
    en: 'The duty {code} of {department} says exactly that already.',
  },
  OVERLAP_RULING_INVALID: {
    zh: '认定职责归属的，须从主张该职责的部门（{claimants}）中明确一个；认定各部门职责不同的，不再明确。',
    en: 'A ruling names one of the departments that claim the topic ({claimants}); a ruling that the duties differ names none.',
  },
  COORDINATION_MISSING: {
    zh: '须先由机构编制管理机关（{office}）提出协调意见，再报本级人民政府决定。',
    en: 'The Establishment Office ({office}) proposes first; then the government decides.',
    acts: ['dutyRuling.propose', 'duty.proposeOverlap'],
    basis: [cite(staffing, { article: 10, paragraph: 2 })],
  },
  DECISION_UNNAMED: {
    zh: '登记决定，须注明作出决定的机关和文号；尚缺：{missing}。',
    en: 'Who registers a decision names the organ that made it and the number of its document; missing: {missing}.',
    basis: [cite(staffing, { article: 10, paragraph: 2 })],
  },
} satisfies ContractErrorMeanings;
