import type { Words } from '@yici/domain/model';

/** Why the console itself does not go on; what the gateway or the rules refuse is client's error. */
export type ConsoleErrorCode =
  | 'NOTHING_ABOVE'
  | 'NOT_ASKED_FOR'
  | 'NOT_SIGNED'
  | 'NO_DEMO_ROLE'
  | 'NOTHING_KEPT'
  | 'PKCS12_UNREADABLE'
  | 'PKCS12_PASSPHRASE'
  | 'PKCS12_OLD'
  | 'ENROLMENT_NOT_OWN'
  | 'COMMAND_UNKNOWN'
  | 'NOT_FOUND'
  | 'NOT_IN_A_BROWSER'
  | 'KEY_MALFORMED'
  | 'NOT_A_DISCLOSURE'
  | 'FONTS_MISSING'
  | 'NOT_A_TEMPLATE';

export class ConsoleError extends Error {
  readonly code: ConsoleErrorCode;
  /** Where a person reads it. */
  readonly words: Words | undefined;

  constructor(code: ConsoleErrorCode, message: string | Words) {
    const [text, words] = typeof message === 'string' ? [message] : [message.en, message];
    super(text);
    this.name = 'ConsoleError';
    this.code = code;
    this.words = words;
  }
}
