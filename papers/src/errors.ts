import { CodedError } from '@yici/ledger';

/** Every code a {@link PaperError} can have. */
export const paperErrorCodes = [
  'PAPER_KIND_UNKNOWN',
  'PAPER_NOT_DUE',
  'PAPER_CODE_INVALID',
  'TEMPLATE_REFUSED',
  'GLYPH_MISSING',
] as const;
export type PaperErrorCode = (typeof paperErrorCodes)[number];

/** A paper cannot be made of what was given. */
export class PaperError extends CodedError<PaperErrorCode> {}
