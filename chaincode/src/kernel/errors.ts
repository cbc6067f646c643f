import { basisKey, cite } from './citation';
import { canonicalJson } from './canonical';
import { licensing, onceReform, type ContractErrorMeaning } from './laws';

/** What concepts refuse alike. */
export const kernelErrors = {
  VALIDATION_FAILED: {
    zh: '填写有误：{issues}。',
    en: 'Not filled in as required: {issues}.',
    next: { zh: '请更正后重新提交。', en: 'Correct that and send it again.' },
  },
  UNKNOWN_TRANSACTION: {
    zh: '不支持此操作[：{transaction}]。',
    en: 'There is no such transaction[: {transaction}].',
    next: {
      zh: '请核对操作名称；程序版本不一致的，请联系运维。',
      en: 'Check its name, and that both programs are of one version.',
    },
  },
  TIME_OUT_OF_RANGE: {
    zh: '操作时间 {at} 异常，须在 {earliest} 至 {latest} 之间。',
    en: 'The time of the act, {at}, is not between {earliest} and {latest}.',
    next: { zh: '请核对本机时间后重新签名提交。', en: "Set this computer's clock and sign again." },
  },
  IDENTITY_UNUSABLE: {
    zh: '身份证书中没有用户名，无法识别经办人。',
    en: 'The certificate carries no usable user name.',
    next: {
      zh: '请向本部门管理员申请重新签发证书。',
      en: 'Ask your administrator for another certificate.',
    },
  },
  ROLE_REFUSED: {
    zh: '当前身份[（{role}）]不能办理[“{command}”]此操作[，须由{allowed}办理]。',
    en: 'This role[ ({role})] may not do that[: {command}][; it is for: {allowed}].',
    next: {
      zh: '[请由本部门的{allowed}办理。]',
      en: '[Let one of these roles of your department do it: {allowed}.]',
    },
  },
  DEPARTMENT_UNKNOWN: {
    zh: '部门[“{department}”]尚未在账本登记。',
    en: 'The department[ {department}] is not registered.',
    next: { zh: '请先由该部门登记。', en: 'Let it register first.' },
    acts: ['department.register'],
  },
  WRONG_DEPARTMENT: {
    zh: '本操作应由{expected}办理[，当前部门为{department}]。',
    en: 'That is for {expected}[, not for {department}].',
    causes: {
      ownDataset: {
        zh: '政务数据目录项“{datasetId}”是本部门的数据，无须申请共享。',
        en: 'The data set {datasetId} is your own: nothing is to be asked for.',
      },
    },
    next: { zh: '[请由{expected}办理。]', en: '[Leave it to {expected}.]' },
  },
  MAKER_IS_CHECKER: {
    zh: '经办和审核不得为同一人（同一部门）[：须由{couldAct.department}的另一名{couldAct.role}（{couldAct.notOneOf}以外的人员）办理][：须由{couldAct.notOf}以外的部门的{couldAct.role}办理]。',
    en: 'Whoever made it may not check it[: another {couldAct.role} of {couldAct.department} can, not {couldAct.notOneOf}][: a {couldAct.role} of another department than {couldAct.notOf} can].',
    next: {
      zh: '请转由上述人员办理；没有第二名此类人员的，请先由管理员增设。',
      en: 'Hand it to one of those; where there is no second one, let the administrator add one.',
    },
  },
  NOT_FOUND: {
    zh: '未找到{record}[的{part}]。',
    en: 'There is no {record}[: no {part}].',
    causes: {
      part: {
        zh: '{record}没有可供此操作的{lacks}。',
        en: '{record} has no {lacks} for this.',
      },
    },
    next: { zh: '请核对编号。', en: 'Check the number.' },
  },
  ALREADY_EXISTS: {
    zh: '{record}已有此项记录，不能重复登记。',
    en: 'That is recorded of {record} already.',
    next: {
      zh: '无须再次办理；要变更的，请使用相应的变更、更正操作。',
      en: 'Nothing is left to do; use the act that changes or corrects it.',
    },
  },
  WRONG_STATE: {
    zh: '{record}当前[为“{state}”，]不能办理此操作[，须在“{allowed}”时办理]。',
    en: '{record}[ is "{state}" and] does not take that now[; it does when: {allowed}].',
    causes: {
      orderNotPossible: {
        zh: '{record}当前为“{current}”，处理结果不能是“{order}”，可以是：{orders}。',
        en: '{record} is "{current}": the dispute cannot end in "{order}"; it can in: {orders}.',
      },
    },
  },
  DIGEST_MISMATCH: {
    zh: '所签内容与账本上的内容不一致，内容可能已经变更。',
    en: 'The digest is not that of the content on the ledger.',
    next: {
      zh: '请重新读取最新内容，核对后再办理。',
      en: 'Read it again, look at it, and sign what it is now.',
    },
  },
  LIMIT_REACHED: {
    zh: '{held}已达上限（{most}），不能再增加。',
    en: 'There are as many {held} as there can be ({most}).',
    next: { zh: '请先办结已有的，或者联系运维。', en: 'Finish what there is first.' },
  },
  FUNCTION_VACANT: {
    zh: '尚未确定{function}，不能办理。',
    en: 'No department is {function} yet.',
    next: {
      zh: '请由承担该职能的部门申报，并由其他部门确认。',
      en: 'Let the department that has it claim it, and others confirm.',
    },
    acts: ['department.update', 'department.confirm'],
  },
  ALREADY_CONFIRMED: {
    zh: '本部门已经确认过，无须重复确认。',
    en: 'This department has confirmed already.',
  },
  REASON_REQUIRED: {
    zh: '[须填写：{missing}。][理由“{code}”不适用于此操作，可用：{allowed}。]',
    en: '[To be filled in: {missing}.][ The reason "{code}" does not fit; these do: {allowed}.]',
    next: { zh: '请补充后重新提交。', en: 'Add that and send it again.' },
    basis: {
      decision: [cite(licensing, { article: 38, paragraph: 2 })],
      competence: [cite(licensing, { article: 32, paragraph: 1, item: 2 })],
      door: [cite(onceReform, { article: 11, paragraph: 3 })],
      acceptanceRevoked: [cite(onceReform, { article: 11, paragraph: 2 })],
      decisionRevoked: [cite(licensing, 69), cite(onceReform, { article: 14, paragraph: 2 })],
      house: [],
    },
  },
  ALREADY_ANSWERED: {
    zh: '{record}已经答复[（{answeredAt}）][（{at}）]，只能答复一次。',
    en: '{record} has its answer[ ({answeredAt})][ ({at})]; it is given once.',
  },
  NOT_A_PARTY: {
    zh: '该部门[（{department}）]不是此办件或者此项共享的当事部门。',
    en: 'The department[ {department}] has no part in that case or share.',
    causes: {
      reminder: {
        zh: '不能催办本部门。',
        en: 'A department does not remind itself.',
      },
    },
    next: { zh: '请核对编号和部门。', en: 'Check the number and the department.' },
  },
  VALIDITY_INVALID: {
    zh: '日期有误：起始须早于截止，且须与办理日期相符。',
    en: 'These days do not fit: the first is before the last, and both fit the day of the act.',
    causes: {
      future: {
        zh: '使用时间 {usedAt} 晚于现在（{now}）。',
        en: 'The time of use, {usedAt}, is after now ({now}).',
      },
    },
    next: { zh: '请更正日期后重新提交。', en: 'Correct the days and send it again.' },
  },
  STORED_RECORD_INVALID: {
    zh: '账本记录格式异常，请联系运维。',
    en: 'A record on the ledger does not have its own shape: tell whoever runs it.',
  },
} as const satisfies Readonly<Record<string, ContractErrorMeaning>>;

type KernelErrors = typeof kernelErrors;
/** Every code a contract can answer with, and what it means; ../errors.ts adds those of every concept. */
export interface ContractErrors extends KernelErrors {}
export type ContractErrorCode = keyof ContractErrors;

/** The names by which a code tells apart what it rests on. */
export type BasisName<C extends ContractErrorCode> = ContractErrors[C] extends {
  readonly basis: infer Bases;
}
  ? Exclude<keyof Bases, keyof (readonly unknown[])>
  : never;

/** The violated numbers, the offending paths, the ids concerned; plain JSON. */
export type ContractErrorDetails = Readonly<Record<string, unknown>>;

/** A refusal by the rules. How it is said to the caller: errors.ts. */
export class ContractError extends Error {
  readonly code: ContractErrorCode;
  readonly details: ContractErrorDetails;

  constructor(code: ContractErrorCode, details: ContractErrorDetails = {}) {
    super(`${code} ${canonicalJson(details)}`);
    this.name = 'ContractError';
    this.code = code;
    this.details = details;
  }
}

/** A refusal with a code that serves several rules, on what the one at hand rests on. */
export const refusedOn = <C extends ContractErrorCode>(
  code: C,
  basis: BasisName<C>,
  details: ContractErrorDetails = {},
): ContractError => new ContractError(code, { ...details, [basisKey]: basis });
