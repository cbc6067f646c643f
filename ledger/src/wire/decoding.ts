import { CodedError, LedgerError, type Sentence } from '../errors.js';

/** Runs a decoder and rethrows its failure with the given code and subject. */
export function decoding<T>(
  code: 'MALFORMED_CONFIG' | 'MALFORMED_POLICY',
  subject: Sentence,
  decode: () => T,
): T {
  try {
    return decode();
  } catch (cause) {
    if (cause instanceof LedgerError && cause.code === code) throw cause;
    const why = cause instanceof Error ? cause.message : 'unreadable';
    const zh = (cause instanceof CodedError ? cause.words?.zh : undefined) ?? why;
    const words = { zh: `${subject.zh}无法读取：${zh}`, en: `${subject.en}: ${why}` };
    throw new LedgerError(code, words, { cause });
  }
}
