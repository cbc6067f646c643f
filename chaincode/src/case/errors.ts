import type { ContractErrorMeaning } from '../kernel/laws';
import { licensing, onceReform, sharing } from '../kernel/laws';

/** What the rules about cases refuse. */
export const caseErrors = {
  CASE_CLOSED: {
    zh: '办件已经终结，不再接受此操作。',
    en: 'The case is closed and does not take that any more.',
  },
  MATTER_NOT_EFFECTIVE: {
    zh: '事项版本不在有效期内。',
    en: 'The matter version is not in force on this day.',
    article: `${onceReform} art 4`,
  },
  CASE_NUMBER_INVALID: {
    zh: '办件编号与事项或日期不符。',
    en: 'The case number does not fit its matter or its day.',
  },
  MATERIAL_MISSING: {
    zh: '缺少必需的申请材料。',
    en: 'Required materials are missing.',
    article: `${onceReform} art 7, 11`,
  },
  MATERIAL_SHARED: {
    zh: '该材料可以共享取得，不得要求申请人提供。',
    en: 'That material comes by sharing and may not be asked of the applicant.',
    article: `${sharing} art 19; ${onceReform} art 7`,
  },
  MATERIAL_NOT_REQUESTED: {
    zh: '补正通知没有要求该材料。',
    en: 'No notice asks for that material.',
    article: `${onceReform} art 11`,
  },
  MATERIAL_NOT_TOLERABLE: {
    zh: '该材料不可容缺。',
    en: 'That material cannot be tolerated as missing.',
    article: `${onceReform} art 11`,
  },
  TOLERATED_LIST_WRONG: {
    zh: '容缺清单必须正好是所缺材料。',
    en: 'The tolerated list must be exactly what is missing.',
    article: `${onceReform} art 11`,
  },
  NOTHING_MISSING: {
    zh: '材料齐全，应当受理。',
    en: 'Nothing is missing: accept the case.',
    article: `${licensing} art 32(5)`,
  },
  SECOND_NOTICE: {
    zh: '补正只能一次性告知；再次告知须有新事实。',
    en: 'Supplements are asked for once; a second notice needs a new fact.',
    article: `${onceReform} art 11, 43(3); ${licensing} art 32(4)`,
  },
  NOTICE_REQUIRED: {
    zh: '未一次性告知补正，不得以材料问题不予受理。',
    en: 'A case is not refused for its materials before the one-time notice.',
    article: `${licensing} art 32(4)`,
  },
  NOTICE_TOO_LATE: {
    zh: '超过五个工作日未告知，自收到之日起即为受理。',
    en: 'More than five working days have passed: the case counts as accepted from the day of receipt.',
    article: `${licensing} art 32(4)`,
  },
  DEEMED_ACCEPTANCE_NOT_DUE: {
    zh: '告知期限尚未届满。',
    en: 'The time for a reply has not run out.',
    article: `${licensing} art 32(4)`,
  },
  SUPPLEMENT_OVERDUE: {
    zh: '补正期限已过。',
    en: 'The time to supplement has run out.',
    article: `${onceReform} art 11`,
  },
  SUPPLEMENT_NOT_OVERDUE: {
    zh: '补正期限尚未届满。',
    en: 'The time to supplement has not run out.',
    article: `${onceReform} art 11`,
  },
  STEP_UNKNOWN: { zh: '没有这个办理环节。', en: 'The flow has no such step.' },
  STEP_NOT_OPEN: {
    zh: '前一环节尚未办结。',
    en: 'The step waits for an earlier one.',
    article: `${onceReform} art 5`,
  },
  OPINIONS_OUTSTANDING: {
    zh: '尚有部门未出具意见。',
    en: 'Opinions are still outstanding.',
    article: `${onceReform} art 5`,
  },
  OPINION_DISAGREES: {
    zh: '有部门不同意，不得批准。',
    en: 'A department disagrees: the case cannot be granted.',
  },
} as const satisfies Readonly<Record<string, ContractErrorMeaning>>;

type CaseErrors = typeof caseErrors;
declare module '../kernel/errors' {
  interface ContractErrors extends CaseErrors {}
}
