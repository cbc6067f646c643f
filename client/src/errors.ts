import { CodedError } from '@yici/ledger';

/**
 * Every code a {@link ClientError} can have, with the command line's exit code for it (cli/exit.ts says what they mean). For
 * refusals by the gateway, its own code is in `details.code`.
 */
export const clientExitCodes = {
  USAGE: 2,
  IDENTITY_UNREADABLE: 3,
  FILE_UNUSABLE: 3,
  KEY_MISMATCH: 3,
  NOT_LOGGED_IN: 3,
  IDENTITY_UNPINNED: 3,
  GATEWAY_NOT_PINNED: 1,
  GATEWAY_UNREACHABLE: 3,
  GATEWAY_REFUSED: 1,
  GATEWAY_ANSWER_INVALID: 3,
  PROPOSAL_NOT_AS_ASKED: 1,
  TIME_NOT_NOW: 1,
  TRANSACTION_NOT_AS_PROPOSED: 1,
  STEP_REFUSED: 1,
  RETRY_UNPROVEN: 1,
  RECEIPT_REFUSED: 1,
  CHAIN_UNVERIFIED: 1,
  TRANSACTION_INVALID: 1,
  COMMIT_UNKNOWN: 3,
  CHECK_FAILED: 1,
  AUDIT_INCOMPLETE: 3,
  AUDIT_UNVERIFIABLE: 4,
} as const;

export type ClientErrorCode = keyof typeof clientExitCodes;

/** An error between a user with a key and the gateway. */
export class ClientError extends CodedError<ClientErrorCode> {}
