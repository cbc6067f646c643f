import type { Problem } from '@yici/api';
import { commandRoute } from '../commands/route-table.js';
import { GatewayError } from '../errors.js';
import { findingsIn } from '../validate.js';
import type { SignoffInput } from '../drafts/signoff-file.js';

/** What an act has beside its input is given when it is signed; confidential values are in no draft. */
const beside = ['under', 'signoff', 'appSignature', 'private'];

/**
 * The whole input of an act, once it is issued as the command takes it. Where the command takes a digest of words, reviewers read the words: until it is issued a text
 * may stand there, which whoever signs replaces by its salted digest.
 * @throws GatewayError VALIDATION_FAILED
 */
export function checkedInput(command: string, input: SignoffInput, issued: boolean): SignoffInput {
  const route = commandRoute(command);
  if (route === undefined) throw new GatewayError('ROUTE_NOT_FOUND', `There is no ${command}.`);
  const strange = beside
    .filter((name) => name in input)
    .map((name) => ({ path: `/${name}`, code: 'unrecognized_keys', message: 'Unknown field.' }));
  const act = Object.fromEntries(Object.entries(input).filter(([name]) => !beside.includes(name)));
  const found = findingsIn(route.input, act).filter((one) => issued || !isWords(one, act));
  const errors = [...strange, ...found];
  if (errors.length === 0) return issued ? route.input.parse(act) : input;
  const message = `The input is not valid in ${String(errors.length)} place(s).`;
  throw new GatewayError('VALIDATION_FAILED', message, { details: { errors } });
}

type Finding = NonNullable<Problem['errors']>[number];

const isWords = ({ path, code }: Finding, input: SignoffInput): boolean =>
  code === 'invalid_type' && typeof valueAt(input, path) === 'string';

function valueAt(value: unknown, pointer: string): unknown {
  const names = pointer.split('/').slice(1);
  return names.reduce<unknown>((found, part) => {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const isHolder = typeof found === 'object' && found !== null;
    return isHolder ? Object.getOwnPropertyDescriptor(found, name)?.value : undefined;
  }, value);
}
