import { z } from 'zod';
import { auditErrors } from '../audit/errors';
import { responsibilityErrors } from '../case/responsibility-errors';
import { caseTimeErrors } from '../case/time-errors';
import { sharingErrors } from '../sharing/errors';
import { supervisionErrors } from '../supervision/errors';
import { timeErrors } from '../time/errors';
import { canonicalJson } from './canonical';
import type { ContractErrorMeaning } from './laws';
import { electronicSignature, holidays, licensing, onceReform, sharing, staffing } from './laws';

/** Every code a contract can answer with. Codes are stable; sentences may change. */
export const contractErrors = {
  VALIDATION_FAILED: {
    zh: '输入不符合要求的格式。',
    en: 'The input does not have the required shape.',
  },
  UNKNOWN_TRANSACTION: { zh: '没有这个交易。', en: 'There is no such transaction.' },
  STORED_RECORD_INVALID: {
    zh: '账本上的记录不符合其格式。',
    en: 'A record on the ledger does not have its own shape.',
  },
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
    article: `${onceReform} art 4`,
  },
  MAKER_IS_CHECKER: {
    zh: '经办人不得审核本人经办的事项。',
    en: 'Whoever made it may not check it.',
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
  FUNCTION_NOT_CLAIMED: {
    zh: '该部门没有申报此职能。',
    en: 'The department does not claim that function.',
  },
  ALREADY_CONFIRMED: { zh: '本部门已经确认过。', en: 'This department has confirmed already.' },
  CALENDAR_MISSING: {
    zh: '缺少该年度的工作日历，不能计算期限。',
    en: 'A limit reaches a year whose working calendar is not in force.',
    article: `${holidays}; ${licensing} art 82`,
  },
  CALENDAR_INVALID: {
    zh: '工作日历自相矛盾。',
    en: 'The working calendar contradicts itself.',
    article: `${holidays} art 6`,
  },
  LIMIT_EXCEEDS_STATUTORY: {
    zh: '承诺办结时限超过法定办结时限。',
    en: 'The promised limit is longer than the statutory one.',
    article: `${onceReform} art 12; ${sharing} art 21, 22`,
  },
  FLOW_INVALID: { zh: '办理流程图有误。', en: 'The flow of steps is not a proper graph.' },
  MATERIAL_LIST_INVALID: {
    zh: '材料清单有误。',
    en: 'The list of materials contradicts itself.',
    article: `${onceReform} art 7`,
  },
  DATASET_UNKNOWN: { zh: '数据集尚未登记。', en: 'The data set is not registered.' },
  APP_KEY_UNKNOWN: {
    zh: '本部门没有为签名人登记此国密密钥。',
    en: 'The department has not registered that SM2 key for the signer.',
  },
  APP_KEY_REVOKED: { zh: '国密密钥已撤销。', en: 'The SM2 key is revoked.' },
  APP_SIGNATURE_INVALID: {
    zh: '国密应用签名无效。',
    en: 'The SM2 signature is not by that key over this command.',
    article: `${electronicSignature} art 13`,
  },
  DUTY_UNKNOWN: {
    zh: '职责条目尚未登记。',
    en: 'The duty is not registered.',
    article: `${staffing} art 10`,
  },
  DUTY_UNCHANGED: {
    zh: '职责条目没有变化。',
    en: 'The duty says exactly that already.',
  },
  DUTY_CHANGED: {
    zh: '起草之后职责条目已经变更，须重新起草。',
    en: 'The duty changed after the matter was drafted: draft it again.',
    article: `${onceReform} art 4; ${sharing} art 17`,
  },
  OVERLAP_RULING_INVALID: {
    zh: '裁定须指明一个主张该职责的部门；各自不同的职责不指明。',
    en: 'A ruling names one of the departments that claim the topic; a ruling that the duties differ names none.',
  },
  REVIEW_NOT_OPEN: {
    zh: '该事项没有针对此职责版本的待办复核。',
    en: 'The matter has no open review for that version of its duty.',
    article: `${sharing} art 17`,
  },
  REVIEW_NOT_DUE: {
    zh: '职责没有新的变更，事项无须复核。',
    en: 'The duty has no change that the matter was not marked for.',
    article: `${sharing} art 17`,
  },
  PREVIOUS_LIMIT_INVALID: {
    zh: '改革前时限须与已公布版本一致。',
    en: 'The previous limit must be that of the published version, or what that version promised.',
    article: `${onceReform} art 12`,
  },
  MATERIAL_COVERED: {
    zh: '该材料已有数据集可供共享：无条件共享的不得要求申请人提供，有条件共享的须列明该数据集。',
    en: 'A published data set covers that material: an unconditional one takes its place, a conditional one is offered beside it.',
    article: `${sharing} art 14, 19`,
  },
  MATERIAL_CATCH_ALL: {
    zh: '材料清单不得有“其他材料”等兜底条款。',
    en: 'A list of materials has no catch-all: each material is named.',
    article: `${onceReform} art 7, 43(3)`,
  },
  ONE_THING_NOT_IN_FORCE: {
    zh: '该“一件事”版本未公布或者不在有效期内。',
    en: 'That version of the one thing is not published, or not in force on this day.',
    article: `${onceReform} art 2, 4`,
  },
  ONE_THING_PARTS_WRONG: {
    zh: '须正好启动轮到办理的事项，各配一个办件编号。',
    en: 'Exactly the parts whose turn it is are opened, each with its case number.',
    article: `${onceReform} art 5(3)`,
  },
  ONE_THING_NOTHING_DUE: {
    zh: '前序事项尚无新的办理结果，无可推进。',
    en: 'No part has ended since the one thing was moved on last.',
    article: `${onceReform} art 5(3)`,
  },
  MATTER_NOT_PUBLISHED: {
    zh: '事项版本未公布。',
    en: 'The matter version is not published.',
    article: `${onceReform} art 4`,
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
  CASE_CLOSED: {
    zh: '办件已经终结，不再接受此操作。',
    en: 'The case is closed and does not take that any more.',
  },
  MATERIAL_MISSING: {
    zh: '缺少必需的申请材料。',
    en: 'Required materials are missing.',
    article: `${onceReform} art 7, 11`,
  },
  MATERIAL_UNKNOWN: {
    zh: '办事指南中没有该材料，不得要求提供。',
    en: 'The matter lists no such material; it may not be asked for.',
    article: `${onceReform} art 43(3)`,
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
  REASON_REQUIRED: {
    zh: '不予受理、不同意或者不予批准必须说明理由和救济途径。',
    en: 'A refusal or disagreement needs its reason and, where it ends the case, the remedy.',
    article: `${licensing} art 38`,
  },
  STEP_UNKNOWN: { zh: '没有这个办理环节。', en: 'The flow has no such step.' },
  STEP_NOT_OPEN: {
    zh: '前一环节尚未办结。',
    en: 'The step waits for an earlier one.',
    article: `${onceReform} art 5`,
  },
  ALREADY_ANSWERED: {
    zh: '该环节已经答复，只能答复一次。',
    en: 'The step has its answer; it is given once.',
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
  ...caseTimeErrors,
  ...responsibilityErrors,
  SHARE_CLASS_REFUSED: {
    zh: '该数据集不予共享。',
    en: 'The data set is classed as not shared.',
    article: `${sharing} art 14`,
  },
  SHARE_TERMS_MISSING: {
    zh: '有条件共享须列明条件，不予共享须列明依据。',
    en: 'A conditional class needs its conditions and a refusing class its legal basis.',
    article: `${sharing} art 15`,
  },
  FIELD_UNKNOWN: { zh: '数据集没有该字段。', en: 'The data set has no such field.' },
  NOT_A_PARTY: {
    zh: '该部门不是此办件或者此项共享的当事部门。',
    en: 'The department has no part in that case or share.',
    article: `${sharing} art 25`,
  },
  VALIDITY_INVALID: { zh: '有效期有误。', en: 'The period of validity is not usable.' },
  ATTESTATION_NOT_VALID: {
    zh: '存证当前无效。',
    en: 'The attestation is not valid at this time.',
    article: `${sharing} art 27`,
  },
  ATTESTATION_MISMATCH: {
    zh: '存证与办件、需求部门或数据集不符。',
    en: 'The attestation is for another case, requester or data set.',
    article: `${sharing} art 25`,
  },
  ...sharingErrors,
  ...supervisionErrors,
  ...auditErrors,
  ...timeErrors,
} as const satisfies Record<string, ContractErrorMeaning>;

export type ContractErrorCode = keyof typeof contractErrors;

/** The closed list of codes, sorted as written above. */
export const contractErrorCodes = Object.keys(contractErrors) as readonly ContractErrorCode[];

/** The violated numbers, the offending paths, the ids concerned; plain JSON. */
export type ContractErrorDetails = Readonly<Record<string, unknown>>;

/**
 * A refusal by the rules. It travels as text, because a chaincode answer has only a text: `CODE: sentence`, and when
 * there are details a line feed and their canonical JSON. {@link parseContractError} reads it back.
 */
export class ContractError extends Error {
  readonly code: ContractErrorCode;
  readonly details: ContractErrorDetails;

  constructor(code: ContractErrorCode, details: ContractErrorDetails = {}) {
    super(formatContractError(code, details));
    this.name = 'ContractError';
    this.code = code;
    this.details = details;
  }
}

function formatContractError(code: ContractErrorCode, details: ContractErrorDetails): string {
  const line = `${code}: ${contractErrors[code].en}`;
  return Object.keys(details).length === 0 ? line : `${line}\n${canonicalJson(details)}`;
}

/** A contract's refusal as read back from text. */
export interface ParsedContractError {
  readonly code: ContractErrorCode;
  readonly sentence: string;
  readonly details: ContractErrorDetails;
}

const detailsSchema = z.record(z.string(), z.unknown());

const refusal = /(?:^|[^A-Z0-9_])([A-Z][A-Z0-9_]+): ([^\n]*)(?:\n(\{.*\}))?/g;

/**
 * Finds a contract's refusal in a text: the chaincode's own message, or a peer's that carries it after a preface of
 * its own ("chaincode response 500, ..."). Only codes of {@link contractErrorCodes} count; anything else is
 * `undefined`, never an exception.
 */
export function parseContractError(text: string): ParsedContractError | undefined {
  for (const match of text.matchAll(refusal)) {
    const code = contractErrorCodes.find((known) => known === match[1]);
    if (code === undefined) continue;
    return { code, sentence: match[2] ?? '', details: readDetails(match[3]) };
  }
  return undefined;
}

function readDetails(json: string | undefined): ContractErrorDetails {
  if (json === undefined) return {};
  try {
    const parsed = detailsSchema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}
