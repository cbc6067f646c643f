import { CodedError } from '@yici/ledger';

/** Every code a {@link KeyError} can have (docs/errors.md). */
export const keyErrorCodes = [
  'TOKEN_URI_INVALID',
  'TOKEN_SUPPORT_MISSING',
  'TOKEN_MODULE_UNUSABLE',
  'TOKEN_MISSING',
  'TOKEN_PIN_MISSING',
  'TOKEN_PIN_WRONG',
  'TOKEN_PIN_LOCKED',
  'TOKEN_KEY_MISSING',
  'TOKEN_KEY_UNSUPPORTED',
  'TOKEN_FAILED',
] as const;

/** A key in a token cannot be used. Details name the token and its module, never a PIN. */
export class KeyError extends CodedError<(typeof keyErrorCodes)[number]> {}
