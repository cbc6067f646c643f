import { CodedError } from '@yici/ledger';

/** Every code a {@link GatewayError} can have. Codes of the contract pass through under their own names. */
export const gatewayErrorCodes = [
  // requests
  'BODY_MALFORMED',
  'BODY_TOO_LARGE',
  'MEDIA_TYPE_UNSUPPORTED',
  'VALIDATION_FAILED',
  'CURSOR_INVALID',
  'SORT_NOT_OFFERED',
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'RATE_LIMITED',
  'TOO_MANY_AT_ONCE',
  'ADDRESS_REFUSED',
  // authentication
  'UNAUTHENTICATED',
  'LOGIN_ELSEWHERE',
  'CHALLENGE_UNKNOWN',
  'CHALLENGE_EXPIRED',
  'CHALLENGE_USED',
  'MSP_UNKNOWN',
  'CERTIFICATE_MALFORMED',
  'CERTIFICATE_FOREIGN',
  'CERTIFICATE_EXPIRED',
  'CERTIFICATE_REVOKED',
  'CERTIFICATE_REFUSED',
  'ROLE_REFUSED',
  // signatures
  'SIGNATURE_MALFORMED',
  'SIGNATURE_HIGH_S',
  'SIGNATURE_INVALID',
  // transactions
  'IDEMPOTENCY_KEY_INVALID',
  'IDEMPOTENCY_KEY_REUSED',
  'TRANSACTION_NOT_FOUND',
  'TRANSACTION_STATE',
  'TRANSACTION_EXPIRED',
  'TRANSACTION_INVALID',
  'CONTRACT_REFUSED',
  'ENDORSEMENT_FAILED',
  'ENDORSERS_UNAVAILABLE',
  'ORDERERS_UNAVAILABLE',
  'CLIENT_KEYS_UNSUPPORTED',
  'PRIVATE_VALUES_ELSEWHERE',
  // records
  'RECORD_NOT_FOUND',
  // documents
  'DOCUMENT_TYPE_MISMATCH',
  'DOCUMENT_DIGEST_MISMATCH',
  'DOCUMENT_CUT_OFF',
  'DOCUMENT_QUOTA',
  'DOCUMENT_ERASED',
  'DOCUMENT_MISSING',
  'DOCUMENT_DAMAGED',
  'DOCUMENT_STORE_UNAVAILABLE',
  // the peer
  'PEER_UNAVAILABLE',
  'PEER_TIMEOUT',
  'PEER_REFUSED',
  'PEER_UNTRUSTED',
  'PEER_OF_OTHER_CHANNEL',
  'PEER_OF_OTHER_DEPARTMENT',
  'IDENTITY_REFUSED',
  'ORDERING_UNSUPPORTED',
  'NOT_READY',
  'STORAGE_FAILED',
  // the process
  'CONFIG_INVALID',
  'PORT_IN_USE',
  'STATE_FOLDER_UNUSABLE',
  'STATE_FOLDER_LOCKED',
  'INDEX_OF_OTHER_CHANNEL',
  'BLOCK_UNREADABLE',
  'KEY_STORE_UNREADABLE',
  'FABRIC_NETWORK_MISSING',
  // importing an identity from a wallet
  'WALLET_LABEL_INVALID',
  'WALLET_IDENTITY_MISSING',
  'WALLET_IDENTITY_MALFORMED',
  'WALLET_TYPE_UNSUPPORTED',
  'WALLET_KEY_MISMATCH',
  'ACCOUNT_EXISTS',
  'ACCOUNT_UNKNOWN',
  'INTERNAL',
] as const;

export type GatewayErrorCode = (typeof gatewayErrorCodes)[number];

/** A refusal or failure of the gateway. */
export class GatewayError extends CodedError<GatewayErrorCode> {}

/** A refusal by the contract: `CODE: sentence` as written by the chaincode. The code is from the chaincode's list. */
export class ContractError extends CodedError<string> {}
