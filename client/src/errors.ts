import { CodedError } from '@yici/ledger';

/** Every code a {@link ClientError} can have. For refusals by the gateway, its own code is in `details.code`. */
export const clientErrorCodes = [
  'USAGE',
  'IDENTITY_UNREADABLE',
  'KEY_MISMATCH',
  'NOT_LOGGED_IN',
  'IDENTITY_UNPINNED',
  'GATEWAY_NOT_PINNED',
  'GATEWAY_UNREACHABLE',
  'GATEWAY_REFUSED',
  'GATEWAY_ANSWER_INVALID',
  'PROPOSAL_NOT_AS_ASKED',
  'TIME_NOT_NOW',
  'TRANSACTION_NOT_AS_PROPOSED',
  'STEP_REFUSED',
  'RETRY_UNPROVEN',
  'RECEIPT_REFUSED',
  'CHAIN_UNVERIFIED',
  'TRANSACTION_INVALID',
  'COMMIT_UNKNOWN',
  'CHECK_FAILED',
  'AUDIT_INCOMPLETE',
  'AUDIT_UNVERIFIABLE',
] as const;

export type ClientErrorCode = (typeof clientErrorCodes)[number];

/** An error between a user with a key and the gateway. */
export class ClientError extends CodedError<ClientErrorCode> {}
