/** What every package's error carries beside its code. */
interface ErrorOptions {
  /** The violated numbers, the offending paths, the ids concerned; never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A sentence in both languages. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

/**
 * Base of every error this project throws. `code` is from a closed list per package (docs/errors.md) and stable;
 * the message is for people and may change. Of a sentence in both languages it is the English one, and `words` has both.
 */
export abstract class CodedError<
  Code extends string,
  Said extends string | Sentence = string | Sentence,
> extends Error {
  readonly code: Code;
  readonly details: Readonly<Record<string, unknown>>;
  readonly words: Sentence | undefined;

  constructor(code: Code, said: Said, options: ErrorOptions = {}) {
    const [text, words] = typeof said === 'string' ? [said] : [said.en, said];
    super(text, options.cause === undefined ? undefined : { cause: options.cause });
    this.words = words;
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

/** What officials hand over or have signed, which both languages tell of; of bytes alone decoders speak English. */
type ToldCode =
  'MALFORMED_IDENTITY' | 'MALFORMED_CONFIG' | 'MALFORMED_POLICY' | 'CONFIG_UPDATE_REFUSED';

/** Input bytes do not have the claimed format. */
export class LedgerError extends CodedError<LedgerErrorCode> {
  constructor(
    ...[code, said, options]:
      | [code: ToldCode, said: Sentence, options?: ErrorOptions]
      | [code: Exclude<LedgerErrorCode, ToldCode>, said: string, options?: ErrorOptions]
  ) {
    super(code, said, options);
  }
}
