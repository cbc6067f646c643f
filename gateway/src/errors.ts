import { CodedError } from '@yici/ledger';

/**
 * Every code a {@link GatewayError} can have, with its HTTP status. Codes of the process itself reach a client only by
 * mistake. Codes of the contract pass through under their own names.
 */
export const gatewayStatus = {
  // requests
  BODY_MALFORMED: 400,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  VALIDATION_FAILED: 400,
  CURSOR_INVALID: 400,
  SORT_NOT_OFFERED: 400,
  ROUTE_NOT_FOUND: 404,
  NOT_PUBLISHED: 404,
  METHOD_NOT_ALLOWED: 405,
  RATE_LIMITED: 429,
  TOO_MANY_AT_ONCE: 429,
  ADDRESS_REFUSED: 403,
  // authentication
  UNAUTHENTICATED: 401,
  LOGIN_ELSEWHERE: 403,
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
  // signatures
  SIGNATURE_MALFORMED: 400,
  SIGNATURE_HIGH_S: 400,
  SIGNATURE_INVALID: 403,
  // transactions
  IDEMPOTENCY_KEY_INVALID: 400,
  IDEMPOTENCY_KEY_REUSED: 422,
  TRANSACTION_NOT_FOUND: 404,
  TRANSACTION_STATE: 409,
  TRANSACTION_EXPIRED: 410,
  TRANSACTION_INVALID: 409,
  CONTRACT_REFUSED: 422,
  ENDORSEMENT_FAILED: 502,
  TIME_REFUSED: 502,
  ENDORSERS_UNAVAILABLE: 503,
  ORDERERS_UNAVAILABLE: 503,
  CLIENT_KEYS_UNSUPPORTED: 501,
  PRIVATE_VALUES_ELSEWHERE: 403,
  // records
  RECORD_NOT_FOUND: 404,
  // documents
  DOCUMENT_TYPE_MISMATCH: 415,
  DOCUMENT_DIGEST_MISMATCH: 422,
  DOCUMENT_CUT_OFF: 400,
  DOCUMENT_QUOTA: 507,
  DOCUMENT_ERASED: 410,
  DOCUMENT_MISSING: 500,
  DOCUMENT_DAMAGED: 500,
  DOCUMENT_STORE_UNAVAILABLE: 503,
  // drafts and batches
  DRAFT_CHANGED: 409,
  DRAFT_QUOTA: 507,
  BATCH_NEEDS_ACCOUNT: 403,
  // sign-off inside a department
  SIGNOFF_REQUIRED: 403,
  SIGNOFF_UNCONFIGURED: 409,
  SIGNOFF_NOT_YOURS: 403,
  SIGNOFF_SAME_PERSON: 403,
  SIGNOFF_STATE: 409,
  SIGNOFF_MISMATCH: 409,
  SIGNOFF_CHAINS_CHANGED: 409,
  // changes of the channel
  CHANNEL_CHANGE_REFUSED: 422,
  CHANNEL_CHANGE_NEEDS_OPERATOR: 422,
  CHANNEL_CHANGE_UNSIGNED: 409,
  // the peer
  PEER_UNAVAILABLE: 503,
  PEER_TIMEOUT: 504,
  PEER_REFUSED: 502,
  PEER_UNTRUSTED: 502,
  PEER_OF_OTHER_CHANNEL: 502,
  PEER_OF_OTHER_DEPARTMENT: 502,
  IDENTITY_REFUSED: 502,
  DEPARTMENT_OUT: 403,
  ORDERING_UNSUPPORTED: 501,
  NOT_READY: 503,
  STORAGE_FAILED: 503,
  TOKEN_UNAVAILABLE: 503,
  // the process
  CONFIG_INVALID: 500,
  PORT_IN_USE: 500,
  STATE_FOLDER_UNUSABLE: 500,
  STATE_FOLDER_LOCKED: 500,
  INDEX_OF_OTHER_CHANNEL: 500,
  BLOCK_UNREADABLE: 500,
  KEY_STORE_UNREADABLE: 500,
  FABRIC_NETWORK_MISSING: 500,
  // importing an identity from a wallet
  WALLET_LABEL_INVALID: 500,
  WALLET_IDENTITY_MISSING: 500,
  WALLET_IDENTITY_MALFORMED: 500,
  WALLET_TYPE_UNSUPPORTED: 500,
  WALLET_KEY_MISMATCH: 500,
  ACCOUNT_EXISTS: 500,
  ACCOUNT_UNKNOWN: 500,
  ACCOUNT_REVOKED: 500,
  ACCOUNT_KEY_MISMATCH: 500,
  INTERNAL: 500,
} as const;

export type GatewayErrorCode = keyof typeof gatewayStatus;

/** A refusal or failure of the gateway. */
export class GatewayError extends CodedError<GatewayErrorCode> {}

/** A refusal by the contract: `CODE: sentence` as written by the chaincode. The code is from the chaincode's list. */
export class ContractError extends CodedError<string> {}

/** The same error for records that do not exist and those that the caller may not see. */
export function recordNotFound(kind: string, key: readonly string[]): GatewayError {
  return new GatewayError(
    'RECORD_NOT_FOUND',
    'There is no such record, or none that concerns you.',
    {
      details: { kind, key },
    },
  );
}
