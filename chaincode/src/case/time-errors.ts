import type { ContractErrorMeaning } from '../kernel/laws';
import { licensing, onceReform } from '../kernel/laws';

/** What the rules about a case's time and its endings refuse. */
export const caseTimeErrors = {
  SPECIAL_PROCEDURE_RUNNING: {
    zh: '特别程序尚未结束，不能作出决定。',
    en: 'A special procedure still runs: the case cannot be decided.',
    article: `${licensing} art 45`,
  },
  PROLONGING_UNEXPLAINED: {
    zh: '再次启动同一种特别程序必须说明理由。',
    en: 'A second special procedure of the same kind needs its reasons.',
    article: `${licensing} art 45; ${onceReform} art 28`,
  },
  PROCEDURE_ENDED: {
    zh: '该特别程序已经结束。',
    en: 'That special procedure has been ended already.',
    article: `${licensing} art 45`,
  },
  EXTENSION_ONCE: {
    zh: '只能延期一次。',
    en: 'A limit is extended once.',
    article: `${licensing} art 42`,
  },
  EXTENSION_TOO_LONG: {
    zh: '延期最长十个工作日，联合办理的最长十五个工作日。',
    en: 'An extension has at most ten working days, or fifteen when departments act jointly.',
    article: `${licensing} art 42`,
  },
  EXTENSION_TOO_LATE: {
    zh: '办理期限已过，不能再延期。',
    en: 'The limit has run out and cannot be extended any more.',
    article: `${licensing} art 42`,
  },
  EXTENSION_NOT_REQUESTED: {
    zh: '没有人申请延期。',
    en: 'Nobody has asked for an extension.',
    article: `${licensing} art 42`,
  },
  GOVERNMENT_APPROVAL_MISSING: {
    zh: '延期超过十个工作日须经本级人民政府负责人批准。',
    en: 'More than ten working days need the approval of the head of the government.',
    article: `${licensing} art 42(2)`,
  },
  STEP_NOT_OVERDUE: {
    zh: '该环节期限尚未届满。',
    en: 'The time of the step has not run out.',
    article: `${onceReform} art 43(5)`,
  },
  ALREADY_ESCALATED: {
    zh: '该环节已经升级督办。',
    en: 'The step has been escalated already.',
    article: `${onceReform} art 43(5)`,
  },
  NOT_ESCALATED: {
    zh: '该环节没有升级督办，不能越过。',
    en: 'The step has not been escalated and cannot be passed over.',
    article: `${onceReform} art 5, 43(5)`,
  },
  PASSING_TOO_EARLY: {
    zh: '升级督办后须留出答复时间。',
    en: 'After an escalation the department still has time to answer.',
    article: `${onceReform} art 5`,
  },
  POLICY_NOT_CITED: {
    zh: '超时默认同意须引用本事项版本所列的政策文件。',
    en: 'Silence counts as agreement only by a policy document that the matter version lists.',
    article: `${onceReform} art 4`,
  },
  PLEDGE_REQUIRED: {
    zh: '容缺受理须有申请人的书面承诺。',
    en: "Tolerant acceptance needs the applicant's signed promise.",
    article: `${onceReform} art 11`,
  },
  NOTHING_TOLERATED: {
    zh: '没有容缺受理的材料，不能撤销受理。',
    en: 'Nothing is outstanding from a tolerant acceptance.',
    article: `${onceReform} art 11`,
  },
  FORM_FIELD_UNKNOWN: {
    zh: '申请表中没有该字段，不得要求补正。',
    en: 'The form has no such field; it may not be asked for.',
    article: `${onceReform} art 43(3)`,
  },
  FORM_REQUIRED: {
    zh: '补正通知标注了申请表字段，须重新提交申请表。',
    en: 'The notice marks fields of the form: it must be filed again.',
    article: `${onceReform} art 11`,
  },
  FORM_NOT_REQUESTED: {
    zh: '没有要求重新提交申请表。',
    en: 'No notice asks for the form again.',
    article: `${onceReform} art 11`,
  },
  COMMITMENT_NOT_ALLOWED: {
    zh: '该事项不允许以告知承诺代替该材料。',
    en: 'The matter takes no commitment in place of that material.',
    article: `${onceReform} art 14`,
  },
  COMMITMENT_RISK: {
    zh: '涉及公共安全、金融安全、生态环境或者人身健康的事项不得适用告知承诺。',
    en: 'A matter that concerns public or financial safety, ecology or health takes no commitment.',
    article: `${onceReform} art 14`,
  },
  COMMITMENT_BARRED: {
    zh: '申请人曾违反承诺，在该事项中不再适用告知承诺。',
    en: 'The applicant broke a commitment in this matter and may not commit itself again.',
    article: `${onceReform} art 14`,
  },
  NO_COMMITMENT: {
    zh: '该办件不是以告知承诺方式准予的。',
    en: 'The case was not granted on a commitment.',
    article: `${onceReform} art 14`,
  },
  INSPECTION_DONE: {
    zh: '核查已有最终结论。',
    en: 'The inspection has its final result.',
    article: `${onceReform} art 14`,
  },
  CORRECTION_PERIOD_WRONG: {
    zh: '首次核查不符的应当限期改正，其他情形不得再设期限。',
    en: 'A first failed inspection, and nothing else, sets the time to put it right.',
    article: `${onceReform} art 14`,
  },
  CORRECTION_RUNNING: {
    zh: '改正期限尚未届满。',
    en: 'The time to put it right has not run out.',
    article: `${onceReform} art 14`,
  },
  INSPECTION_NOT_FAILED: {
    zh: '核查没有最终不符的结论，不得以违反承诺为由撤销决定。',
    en: 'No final failed inspection shows that a commitment was broken.',
    article: `${onceReform} art 14`,
  },
} as const satisfies Record<string, ContractErrorMeaning>;

type CaseTimeErrors = typeof caseTimeErrors;
declare module '../kernel/errors' {
  interface ContractErrors extends CaseTimeErrors {}
}
