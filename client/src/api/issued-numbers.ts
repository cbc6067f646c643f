import { openedParts } from '@yici/domain/model';
import { isDeepStrictEqual } from 'node:util';

type Input = Readonly<Record<string, unknown>>;

const number = /^(.+)-\d{8}-\d{4,9}$/;
const isNumberOf = (value: unknown, code: unknown): boolean =>
  typeof value === 'string' && number.exec(value)?.[1] === code;
const areParts = (value: unknown): boolean => openedParts.safeParse(value).success;

type Fields = Readonly<Record<string, (value: unknown, asked: Input) => boolean>>;

/**
 * The numbers a gateway issues for a command that was given without them, and what each must look like. Which parts of a
 * one thing open, and under numbers of which task, the ledger checks.
 */
const issued: Readonly<Record<string, Fields>> = {
  'case.submit': { caseNo: (value, asked) => isNumberOf(value, asked['taskCode']) },
  'oneThing.submit': { no: (value, asked) => isNumberOf(value, asked['code']), cases: areParts },
  'oneThing.advance': { cases: areParts },
};

/** Numbers of a command that would still have to be issued. */
export function numbersLeftOut(command: string, input: Input): string[] {
  return Object.keys(issued[command] ?? {}).filter((name) => input[name] === undefined);
}

/**
 * Whether an input is what was asked for under another number, in the stead of the one that it was signed under before and
 * that it names: only where the gateway issues the number.
 */
export function isAskedForInstead(
  command: string,
  given: unknown,
  asked: Input,
  before: Input,
): boolean {
  if (command !== 'case.submit' || typeof given !== 'object' || given === null) return false;
  const { insteadOf, ...filing } = given as Input;
  const isOther = filing['caseNo'] !== insteadOf && insteadOf === before['caseNo'];
  return isOther && isAskedFor(command, filing, asked);
}

/** Whether an input is what was asked for, with numbers added where they were left out and nowhere else. */
export function isAskedFor(command: string, given: unknown, asked: Input): boolean {
  const wanted = JSON.parse(JSON.stringify(asked)) as Record<string, unknown>;
  if (isDeepStrictEqual(given, wanted)) return true;
  if (typeof given !== 'object' || given === null) return false;
  const fields = issued[command] ?? {};
  const added = Object.entries(given).filter(([name]) => !(name in wanted));
  const allowed = added.every(([name, value]) => fields[name]?.(value, wanted) === true);
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => name in wanted));
  return allowed && isDeepStrictEqual(rest, wanted);
}
