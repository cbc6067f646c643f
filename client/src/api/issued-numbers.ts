import { commandNames, commands, openedParts } from '@yici/domain/model';
import { isDeepStrictEqual } from 'node:util';

type Input = Readonly<Record<string, unknown>>;

const number = /^(.+)-\d{8}-\d{4,9}$/;
const isNumberOf = (value: unknown, code: unknown): boolean =>
  typeof value === 'string' && number.exec(value)?.[1] === code;

/**
 * What a number that the gateway issues must look like, by field. Which parts of a one thing open, and under numbers of which
 * task, the ledger checks.
 */
const forms: Readonly<Record<string, (value: unknown, asked: Input) => boolean>> = {
  caseNo: (value, asked) => isNumberOf(value, asked['taskCode']),
  no: (value, asked) => isNumberOf(value, asked['code']),
  cases: (value) => openedParts.safeParse(value).success,
};

/** The numbers that the gateway still has to issue for a command. */
export function numbersLeftOut(command: string, input: Input): string[] {
  const name = commandNames.find((one) => one === command);
  const issued = name === undefined ? undefined : commands[name].issued;
  return (issued ?? []).filter((field) => input[field] === undefined);
}

/**
 * Whether an input is what was asked for with another issued case number, and names the one before in `insteadOf`.
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

/** Whether an input is what was asked for, with nothing added but the numbers that were left out. */
export function isAskedFor(command: string, given: unknown, asked: Input): boolean {
  const wanted = JSON.parse(JSON.stringify(asked)) as Record<string, unknown>;
  if (isDeepStrictEqual(given, wanted)) return true;
  if (typeof given !== 'object' || given === null) return false;
  const issued = numbersLeftOut(command, wanted);
  const added = Object.entries(given).filter(([name]) => !(name in wanted));
  const allowed = added.every(
    ([name, value]) => issued.includes(name) && forms[name]?.(value, wanted) === true,
  );
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => name in wanted));
  return allowed && isDeepStrictEqual(rest, wanted);
}
