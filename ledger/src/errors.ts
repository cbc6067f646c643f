/** What every package's error carries beside its code. */
interface ErrorOptions {
  /** The violated numbers, the offending paths, the ids concerned; never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * Base of every error this project throws. `code` is from a closed list per package (docs/errors.md) and stable;
 * the message is for people and may change.
 */
export abstract class CodedError<Code extends string> extends Error {
  readonly code: Code;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: Code, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
    this.name = new.target.name;
  }
}

/** Every code a {@link LedgerError} can have. */
export const ledgerErrorCodes = [
  'MALFORMED_BYTES',
  'MALFORMED_IDENTITY',
  'MALFORMED_SIGNATURE',
  'MALFORMED_KEY',
  'IDENTITY_REFUSED',
  'MALFORMED_CONFIG',
  'MALFORMED_POLICY',
  'CONFIG_UPDATE_REFUSED',
] as const;

export type LedgerErrorCode = (typeof ledgerErrorCodes)[number];

/** Input bytes do not have the claimed format. */
export class LedgerError extends CodedError<LedgerErrorCode> {}
