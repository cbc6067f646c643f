import { basisKey, cite } from './citation';
import { canonicalJson } from './canonical';
import { licensing, onceReform, type ContractErrorMeaning } from './laws';

/** What concepts refuse alike. */
export const kernelErrors = {
  VALIDATION_FAILED: {
    zh: '输入不符合要求的格式。',
    en: 'The input does not have the required shape.',
  },
  UNKNOWN_TRANSACTION: { zh: '没有这个交易。', en: 'There is no such transaction.' },
  TIME_OUT_OF_RANGE: {
    zh: '交易时间不在可用范围内。',
    en: 'The transaction time is outside the usable range.',
  },
  IDENTITY_UNUSABLE: {
    zh: '证书中没有可用的用户名。',
    en: 'The certificate carries no usable user name.',
  },
  ROLE_REFUSED: { zh: '该角色不能执行此操作。', en: 'This role may not do that.' },
  DEPARTMENT_UNKNOWN: { zh: '部门尚未登记。', en: 'The department is not registered.' },
  WRONG_DEPARTMENT: {
    zh: '此操作属于另一个部门。',
    en: 'That belongs to another department.',
  },
  MAKER_IS_CHECKER: {
    zh: '经办人不得审核本人经办的事项，须由详情所列部门的另一人或者另一部门办理。',
    en: 'Whoever made it may not check it: the details say who else can.',
  },
  NOT_FOUND: { zh: '账本上没有此记录。', en: 'There is no such record.' },
  ALREADY_EXISTS: { zh: '此记录已经存在。', en: 'The record exists already.' },
  WRONG_STATE: {
    zh: '当前状态不允许此操作。',
    en: 'The present state does not allow that.',
  },
  DIGEST_MISMATCH: {
    zh: '摘要与账本上的内容不一致。',
    en: 'The digest is not that of the content on the ledger.',
  },
  LIMIT_REACHED: { zh: '已达到数量上限。', en: 'The record can hold no more of these.' },
  FUNCTION_VACANT: {
    zh: '尚无部门承担此职能。',
    en: 'No department holds that function yet.',
  },
  ALREADY_CONFIRMED: { zh: '本部门已经确认过。', en: 'This department has confirmed already.' },
  REASON_REQUIRED: {
    zh: '会办不同意的，须说明理由；不予受理、不予批准的，须说明理由并告知后续处理途径。',
    en: 'A refusal or disagreement needs its reason and, where it ends the case, the remedy.',
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
    zh: '该环节已经答复，只能答复一次。',
    en: 'The step has its answer; it is given once.',
  },
  NOT_A_PARTY: {
    zh: '该部门不是此办件或者此项共享的当事部门。',
    en: 'The department has no part in that case or share.',
  },
  VALIDITY_INVALID: { zh: '有效期有误。', en: 'The period of validity is not usable.' },
  STORED_RECORD_INVALID: {
    zh: '账本上的记录不符合其格式。',
    en: 'A record on the ledger does not have its own shape.',
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
