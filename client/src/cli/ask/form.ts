import { commands, type CommandName, type CommandSpec } from '@yici/domain/model';
import { z } from 'zod';
import { attributeOf, type OptionValues } from '../form/values.js';
import type { Input } from '../spec/prepare.js';
import type { WriteSpec } from '../spec/spec.js';
import { askOptional, askValue, isOptional, plainOf, textOf, type Asking } from './value.js';

/** The form of a command whose fields are asked for one after the other. */
export interface Form {
  readonly name: CommandName;
  readonly spec: WriteSpec;
}

/** What is known of an input while it is asked for: its fields, and the options that fill others. */
export interface Answers {
  readonly input: Input;
  readonly values: OptionValues;
}

/** The schema of a command's input, field by field. */
export function shapeOf({ name }: Form): z.ZodObject {
  const plain = plainOf(commands[name].input);
  return plain instanceof z.ZodObject ? plain : z.object({});
}

interface FormPart {
  readonly field: string;
  readonly optional: boolean;
}

/** The fields that somebody gives, what is acted on first; what is filled in is not asked for. */
function partsOf(form: Form): FormPart[] {
  const { internal = [] }: CommandSpec = commands[form.name];
  const { argument, fields } = form.spec;
  const filled = fields.filter(({ of, filled }) => of === undefined && filled === true);
  const left: readonly string[] = [...internal, ...filled.map(({ name }) => name)];
  const isFirst = ({ field }: FormPart) => Number(field === argument?.name);
  return Object.entries(shapeOf(form).shape)
    .filter(([field]) => !left.includes(field))
    .map(([field, schema]) => ({ field, optional: isOptional(schema) }))
    .sort((one, other) => isFirst(other) - isFirst(one));
}

/** The names of those fields. */
export const fieldsOf = (form: Form): string[] => partsOf(form).map(({ field }) => field);

/** Asks for whatever is not given: what must be, then of the rest what is picked. */
export async function askForm(form: Form, { input, values }: Answers, asking: Asking) {
  const parts = partsOf(form).filter(({ field }) => !(field in input));
  const needed = parts.filter(({ optional }) => !optional).map(({ field }) => field);
  const extra = (form.spec.extra ?? []).filter(
    ({ flag, needed: must }) => must === true && values[attributeOf(nameOf(flag))] === undefined,
  );
  let answers: Answers = { input, values };
  for (const { flag } of extra) answers = await askExtra(form, flag, answers, asking);
  for (const field of needed) answers = await askField(form, field, answers, asking);
  const optional = parts.filter((part) => part.optional).map(({ field }) => field);
  const more = await askOptional(shapeOf(form), optional, [], knowing(asking, form, answers));
  return { ...answers, input: { ...answers.input, ...more } };
}

/** Asks for one field, anew where it was answered before. */
export async function askField(
  form: Form,
  field: string,
  answers: Answers,
  asking: Asking,
): Promise<Answers> {
  const { spec } = form;
  const filler = spec.extra?.find(({ needed }) => needed === true);
  if (filler !== undefined && spec.prepare?.fills.includes(field) === true) {
    return askExtra(form, filler.flag, answers, asking);
  }
  const value = await askOne(form, field, knowing(asking, form, answers));
  return { ...answers, input: { ...answers.input, [field]: value } };
}

function askOne(form: Form, field: string, asking: Asking): Promise<unknown> {
  const { prompts, say } = asking;
  const flags = (form.spec.words ?? []).filter((word) => word.field === field);
  if (flags.length > 0) {
    const choices = flags.map(({ word, note }) => ({ value: word, name: say(note) }));
    return prompts.choose(textOf([field], asking), choices);
  }
  const own = form.spec.fields.find(({ name, of }) => name === field && of === undefined);
  if (own?.words !== undefined) {
    const all = Object.entries(own.words);
    const message = textOf([field], asking);
    if (own.kind === 'number') {
      const grades = all.map(([value, word]) => ({
        ...{ value: Number(value), name: `${value} ${say(word)}` },
      }));
      return prompts.choose(message, grades);
    }
    const codes = all.map(([value, word]) => ({ value, name: say(word) }));
    return prompts.choose(message, codes, (text) => text);
  }
  return askValue(shapeOf(form).shape[field], [field], asking);
}

/** The name of an option, from how it is written: `--folder <folder>`. */
const nameOf = (flag: string): string => flag.replace(/^--/, '').split(' ')[0] ?? '';

/** An option that fills in fields: a file, a folder. */
async function askExtra(
  { spec }: Form,
  flag: string,
  { input, values }: Answers,
  { prompts, say }: Asking,
): Promise<Answers> {
  const note = spec.extra?.find((one) => one.flag === flag)?.note ?? flag;
  const attribute = attributeOf(nameOf(flag));
  const before = values[attribute];
  const text = await prompts.line(say(note), {
    before: typeof before === 'string' ? before : undefined,
    wrong: (given) =>
      Promise.resolve(given === '' ? say({ zh: '不能为空', en: 'cannot be empty' }) : undefined),
  });
  return { input, values: { ...values, [attribute]: text } };
}

/** What the ledger has for a place depends on what the command is about. */
function knowing(asking: Asking, { spec }: Form, { input }: Answers): Asking {
  const about = input[spec.argument?.name ?? ''];
  const given = typeof about === 'string' ? [about] : [];
  return { ...asking, known: (offered, more = given) => asking.known(offered, more) };
}
