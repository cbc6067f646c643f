import { LedgerError, type LedgerErrorCode } from '../errors.js';

/** Runs a decoder and rethrows its failure with the given code and subject. */
export function decoding<T>(code: LedgerErrorCode, subject: string, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    if (cause instanceof LedgerError && cause.code === code) throw cause;
    const why = cause instanceof Error ? cause.message : 'unreadable';
    throw new LedgerError(code, `${subject}: ${why}`, { cause });
  }
}
