import type { ContractErrorCode } from '@yici/chaincode/model';
import type { GatewayErrorCode } from '../errors.js';

/** The one table from a gateway code to an HTTP status. Codes of the process itself never reach a client but by mistake. */
export const gatewayStatus: Readonly<Record<GatewayErrorCode, number>> = {
  BODY_MALFORMED: 400,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  VALIDATION_FAILED: 400,
  CURSOR_INVALID: 400,
  ROUTE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  RATE_LIMITED: 429,
  UNAUTHENTICATED: 401,
  CHALLENGE_UNKNOWN: 401,
  CHALLENGE_EXPIRED: 401,
  CHALLENGE_USED: 401,
  MSP_UNKNOWN: 403,
  CERTIFICATE_MALFORMED: 400,
  CERTIFICATE_FOREIGN: 403,
  CERTIFICATE_EXPIRED: 403,
  CERTIFICATE_REVOKED: 403,
  CERTIFICATE_REFUSED: 403,
  ROLE_REFUSED: 403,
  SIGNATURE_MALFORMED: 400,
  SIGNATURE_HIGH_S: 400,
  SIGNATURE_INVALID: 403,
  IDEMPOTENCY_KEY_INVALID: 400,
  IDEMPOTENCY_KEY_REUSED: 422,
  TRANSACTION_NOT_FOUND: 404,
  TRANSACTION_STATE: 409,
  TRANSACTION_EXPIRED: 410,
  TRANSACTION_INVALID: 409,
  CASE_NUMBERS_EXHAUSTED: 409,
  CONTRACT_REFUSED: 422,
  ENDORSEMENT_FAILED: 502,
  RECORD_NOT_FOUND: 404,
  PEER_UNAVAILABLE: 503,
  PEER_TIMEOUT: 504,
  PEER_REFUSED: 502,
  NOT_READY: 503,
  CONFIG_INVALID: 500,
  PORT_IN_USE: 500,
  STATE_FOLDER_UNUSABLE: 500,
  STATE_FOLDER_LOCKED: 500,
  INDEX_OF_OTHER_CHANNEL: 500,
  BLOCK_UNREADABLE: 500,
  KEY_STORE_UNREADABLE: 500,
  INTERNAL: 500,
};

/** A rule of the contract said no: the request was understood and cannot be done. Those that are not 422 stand below. */
const ruleRefused = 422;

const contractStatuses: Readonly<Partial<Record<ContractErrorCode, number>>> = {
  VALIDATION_FAILED: 400,
  IDENTITY_UNUSABLE: 403,
  ROLE_REFUSED: 403,
  WRONG_DEPARTMENT: 403,
  MAKER_IS_CHECKER: 403,
  NOT_A_PARTY: 403,
  DEPARTMENT_UNKNOWN: 403,
  NOT_FOUND: 404,
  UNKNOWN_TRANSACTION: 500,
  STORED_RECORD_INVALID: 500,
  ALREADY_EXISTS: 409,
  ALREADY_CONFIRMED: 409,
  ALREADY_ANSWERED: 409,
  WRONG_STATE: 409,
  CASE_CLOSED: 409,
  STEP_NOT_OPEN: 409,
  OPINIONS_OUTSTANDING: 409,
};

/** The HTTP status of a contract's code; also of one that a newer contract has and this gateway does not know yet. */
export function contractStatus(code: string): number {
  const known: Readonly<Record<string, number | undefined>> = contractStatuses;
  return known[code] ?? ruleRefused;
}
