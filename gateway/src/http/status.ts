import type { ContractErrorCode } from '@yici/domain/model';

/** A rule of the contract refused: the request was understood and cannot be done. */
const ruleRefused = 422;

const contractStatuses: Readonly<Partial<Record<ContractErrorCode, number>>> = {
  VALIDATION_FAILED: 400,
  IDENTITY_UNUSABLE: 403,
  ROLE_REFUSED: 403,
  WRONG_DEPARTMENT: 403,
  PROCEDURE_NEEDS_HEAD: 403,
  MAKER_IS_CHECKER: 403,
  OWN_CAUSE: 403,
  NOT_A_PARTY: 403,
  DEPARTMENT_UNKNOWN: 403,
  NOT_FOUND: 404,
  UNKNOWN_TRANSACTION: 500,
  STORED_RECORD_INVALID: 500,
  ALREADY_EXISTS: 409,
  ALREADY_CONFIRMED: 409,
  ALREADY_ANSWERED: 409,
  WRONG_STATE: 409,
  DUTY_CHANGED: 409,
  REVIEW_NOT_OPEN: 409,
  REVIEW_NOT_DUE: 409,
  ONE_THING_NOTHING_DUE: 409,
  ONE_THING_PARTS_WRONG: 409,
  CASE_CLOSED: 409,
  STEP_NOT_OPEN: 409,
  OPINIONS_OUTSTANDING: 409,
  SPECIAL_PROCEDURE_RUNNING: 409,
  PROCEDURE_ENDED: 409,
  EXTENSION_ONCE: 409,
  RECOUNT_NOTHING: 409,
  ALREADY_ESCALATED: 409,
  INSPECTION_DONE: 409,
  COMMITMENT_BARRED: 403,
  TRANSFER_PENDING: 409,
  TRANSFER_NOT_OFFERED: 409,
  DUTY_RULING_OPEN: 409,
  DUTY_RULED: 409,
  COORDINATION_REQUIRED: 409,
  OPINION_FORWARDED: 409,
  ALREADY_RETURNED: 409,
  STEP_NOT_RETURNED: 409,
  DELEGATION_NOT_VALID: 403,
  CARD_CLOSED: 409,
  ALREADY_EXPLAINED: 409,
  ALREADY_APPEALED: 409,
  ORDER_NOT_OPEN: 409,
  ORDER_RUNNING: 409,
  FOLLOW_UP_NOT_OPEN: 409,
  EVALUATION_NOT_OPEN: 409,
  ACT_TOO_OLD: 409,
  BEACON_NOT_DUE: 409,
};

/** The HTTP status of a contract's code, including codes of newer contracts that this gateway does not know. */
export function contractStatus(code: string): number {
  const known: Readonly<Record<string, number | undefined>> = contractStatuses;
  return known[code] ?? ruleRefused;
}
