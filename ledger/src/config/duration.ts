import { LedgerError } from '../errors.js';

/** Milliseconds in each unit that Go's time.ParseDuration knows. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

const PART = /^(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/;

/** A Go duration such as `2s` or `1m30s` in milliseconds. @throws LedgerError MALFORMED_CONFIG */
export function parseDuration(text: string): number {
  const negative = text.startsWith('-');
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return 0;
  if (rest === '') throw malformedDuration(text);
  let total = 0;
  while (rest !== '') {
    const [whole, count, unit] = PART.exec(rest) ?? [];
    const size = unit === undefined ? undefined : UNITS[unit];
    if (whole === undefined || size === undefined) throw malformedDuration(text);
    total += Number(count) * size;
    rest = rest.slice(whole.length);
  }
  return negative ? -total : total;
}

function malformedDuration(text: string): LedgerError {
  return new LedgerError('MALFORMED_CONFIG', {
    zh: `“${text}”不是时长，应写作 2s 或者 1m30s`,
    en: `"${text}" is not a duration`,
  });
}
