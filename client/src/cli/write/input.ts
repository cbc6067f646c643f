import { commands, type CommandName } from '@yici/domain/model';
import { ClientError } from '../../errors.js';
import { formOf, type FormField } from '../form/fields.js';
import { readForm, type FormSources, type OptionValues } from '../form/values.js';
import type { Input } from './prepare.js';
import type { WriteSpec } from './spec.js';

/** One call of a command on the command line. */
export interface Call {
  readonly spec: WriteSpec;
  readonly fields: readonly FormField[];
  readonly argument: string | undefined;
}

/** The fields that become options: all except the argument and those set by a word flag. */
export function fieldsOf(name: CommandName, spec: WriteSpec): FormField[] {
  const taken = new Set([spec.argument, ...(spec.words ?? []).map((word) => word.field)]);
  const filled = new Set([...(spec.filled ?? []), ...(spec.later ?? [])]);
  return formOf(commands[name].input)
    .filter((field) => !taken.has(field.name))
    .map((field) => ({
      ...field,
      flag: spec.flags?.[field.name] ?? field.flag,
      filled: filled.has(field.name),
    }));
}

/** The input as given: argument, options, word flags and `--file`. @throws ClientError USAGE. */
export async function readTyped(
  name: CommandName,
  { spec, fields, argument }: Call,
  values: OptionValues,
  sources: FormSources,
): Promise<Input> {
  const input = await readForm(spec.fileOnly ? [] : fields, values, sources);
  return {
    ...noDocuments(fields),
    ...input,
    ...wordsOf(spec, values),
    ...argumentOf(name, spec, argument),
  };
}

function argumentOf(name: CommandName, spec: WriteSpec, argument: string | undefined): Input {
  if (spec.argument === undefined) return {};
  const field = formOf(commands[name].input).find((known) => known.name === spec.argument);
  return { [spec.argument]: field?.kind === 'number' ? Number(argument) : argument };
}

/** A required list of documents may be empty: all materials may be obtained by sharing. */
function noDocuments(fields: readonly FormField[]): Input {
  const lists = fields.filter(({ kind, required }) => kind === 'documents' && required);
  return Object.fromEntries(lists.map(({ name }) => [name, []]));
}

function wordsOf(spec: WriteSpec, values: OptionValues): Input {
  const given = (spec.words ?? []).filter((word) => values[word.flag] === true);
  const [first, second] = given;
  if (first !== undefined && second !== undefined) {
    const message = `--${first.flag} 与 and --${second.flag} 只能取一 exclude each other.`;
    throw new ClientError('USAGE', message);
  }
  return first === undefined ? {} : { [first.field]: first.word };
}
