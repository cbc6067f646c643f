import {
  commands,
  contractOf,
  transactionOf,
  type CommandName,
  type Commands,
} from '@yici/domain/model';
import { formOf, kebab, sampleOf, type FormField } from '../form/fields.js';
import { differences, groups, type Difference } from './differences.js';
import { isOwnStep } from './step.js';

/** The command line form of a command. */
export interface WriteSpec extends Pick<
  Difference,
  'file' | 'words' | 'extra' | 'prepare' | 'asks' | 'spare'
> {
  readonly group: string;
  readonly verb: string;
  /** Field given as the argument after the verb. */
  readonly argument: FormField | undefined;
  /** Fields given as options. */
  readonly fields: readonly FormField[];
  readonly example: string;
}

/** The command line form, derived from the command's specification and its entry in {@link differences}. */
export function writeSpec(name: CommandName): WriteSpec {
  return formOfCommand(name, commands[name], differences[name] ?? {});
}

/** As {@link writeSpec}, for any specification. */
export function formOfCommand(
  name: string,
  command: Pick<Commands[CommandName], 'input' | 'of' | 'creates' | 'issued' | 'internal'>,
  difference: Difference,
): WriteSpec {
  const contract = contractOf(name);
  const group = groups[contract] ?? kebab(contract);
  const verb = difference.verb ?? kebab(transactionOf(name));
  const form = fieldsOf(command, difference).map((field) => ({ ...field, command: name }));
  const key = difference.argument ?? (command.creates ? undefined : command.of.key);
  const argument = form.find((field) => field.name === key);
  const options = form.filter((field) => field !== argument);
  const { words = [] } = difference;
  const example = [
    ...['yici', group, verb],
    ...(argument === undefined ? [] : [difference.about ?? sampleOf(argument)]),
    ...exampleOptions(options, difference),
  ];
  return {
    ...difference,
    ...{ group, verb, argument, example: example.join(' ') },
    fields: options.filter((field) => !words.some((word) => word.field === field.name)),
  };
}

/** The fields that a caller gives. */
function fieldsOf(
  {
    input,
    issued = [],
    internal = [],
  }: Pick<Commands[CommandName], 'input' | 'issued' | 'internal'>,
  { flags, prepare, closed = {} }: Difference,
): FormField[] {
  const filled = [...issued, ...(prepare?.fills ?? [])];
  return formOf(input)
    .filter(({ name }) => !internal.includes(name))
    .map((field) => ({
      ...field,
      ...(closed[field.name] !== undefined && { words: closed[field.name] }),
      flag: flags?.[field.name] ?? field.flag,
      filled: filled.includes(field.name) || isOwnStep(field),
    }));
}

/** The options of the example: as said, or a sample for each field that must be given. */
function exampleOptions(
  options: readonly FormField[],
  { file, example, words = [] }: Difference,
): string[] {
  if (file !== undefined) return [`--file ${file}`];
  if (example !== undefined) return [example];
  return options
    .filter(({ required, filled }) => required && filled !== true)
    .map((field) => {
      const word = words.find((one) => one.field === field.name);
      return word === undefined ? `--${field.flag} ${sampleOf(field)}` : `--${word.flag}`;
    });
}
