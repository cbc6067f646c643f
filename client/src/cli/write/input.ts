import { ClientError } from '../../errors.js';
import type { FormField } from '../form/fields.js';
import { readForm, type FormSources, type OptionValues } from '../form/values.js';
import type { Input } from '../spec/prepare.js';
import type { WriteSpec } from '../spec/spec.js';

/** The input as given: argument, options, word flags and `--file`. @throws ClientError USAGE. */
export async function readTyped(
  spec: WriteSpec,
  argument: string,
  values: OptionValues,
  sources: FormSources,
): Promise<Input> {
  const { fields } = spec;
  const input = await readForm(spec.file === undefined ? fields : [], values, sources);
  return {
    ...noDocuments(fields),
    ...input,
    ...wordsOf(spec, values),
    ...argumentOf(spec, argument),
  };
}

/** What the command's own schema is about: without the delegation and the private part, which go beside it. */
export const ownFields = (input: Input): Input =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !beside.includes(name)));

const beside = ['under', 'signoff', 'private'];

function argumentOf({ argument: field }: WriteSpec, text: string): Input {
  if (field === undefined || text === '') return {};
  return { [field.name]: field.kind === 'number' ? Number(text) : text };
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
    const message = {
      zh: `--${first.flag} 与 --${second.flag} 只能选其一。`,
      en: `--${first.flag} and --${second.flag} exclude each other.`,
    };
    throw new ClientError('USAGE', message);
  }
  return first === undefined ? {} : { [first.field]: first.word };
}
