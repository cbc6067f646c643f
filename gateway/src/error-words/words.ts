import type { Words } from '@yici/domain/model';

/** What happened, and what to do; both may name fields and commands in backticks. */
export interface ErrorMeaning {
  readonly what: Words;
  readonly next: Words;
}

export type ErrorWords = Readonly<Record<string, ErrorMeaning>>;
