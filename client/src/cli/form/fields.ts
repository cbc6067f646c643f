import { fieldWord, namesOf, reasonWords, type Vocabulary, type Words } from '@yici/domain/model';
import { Option } from 'commander';
import { z } from 'zod';
import {
  ChoiceOption,
  sayIn,
  type Say,
  type SpokenCommand as Command,
  choiceText,
} from '@yici/terminal';
import { choiceOption, wordsOf } from './choices.js';
import {
  choicesOf,
  kindOf,
  listKinds,
  propertySchema,
  shapeOf,
  type FieldKind,
  type PairPart,
  type Property,
} from './kinds.js';
import { offer, offeredFor, partOf, type Offered } from './offered.js';

/** Kinds whose digest is of a document or of written reasons, which the gateway stores beside. */
const documentKinds: ReadonlySet<FieldKind> = new Set([
  'digest',
  'documents',
  'reason',
  'commitment',
]);

const caseNo = 'YC33110000000007-20260302-0001';

/** What examples name, by field. */
const samples: Readonly<Partial<Record<string, string>>> = {
  attestationId: 'att-0001',
  cardId: `${caseNo}.finish.20260311.red`,
  caseNo,
  code: 'YC33110000000001',
  datasetId: 'establishment-headcount',
  delegationId: 'dlg-0001',
  department: 'finance',
  id: 'hrss',
  keyId: '0123456789abcdef0123456789abcdef',
  orderId: 'ord-1',
  rulingId: `${caseNo}-R1`,
  shareId: 'share-0001',
  stepId: 'budget',
  taskCode: 'YC33110000000007',
  year: '2026',
};

/** Options with a shorter name than their field. */
const shorter: Readonly<Partial<Record<string, string>>> = { stepId: 'step', dutyCode: 'duty' };

/** One field of a command's input, or of an object in it, as a command line option. */
export interface FormField {
  readonly name: string;
  /** The object that it is a field of, if not the input itself. */
  readonly of?: string;
  /** The command whose input it is in. */
  readonly command?: string;
  /** Long option without the dashes. */
  readonly flag: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** Required, but filled in when not given. */
  readonly filled?: boolean;
  readonly choices: readonly string[];
  /** Of an id: of what, so that the ledger's are offered and its names taken. */
  readonly offered?: Offered;
  /** Of a number that has words, or of a code that commonly is one of these. */
  readonly words?: Vocabulary | undefined;
  /** For `pairs`: the two values. */
  readonly first?: PairPart;
  readonly second?: PairPart;
}

const objectSchema = z.object({
  properties: z.record(z.string(), propertySchema).default({}),
  required: z.array(z.string()).default([]),
});
type ObjectSchema = z.output<typeof objectSchema>;

/** The form of a command, derived from the schema of its input. */
export function formOf(input: z.ZodType): FormField[] {
  const schema = objectSchema.parse(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }));
  return Object.entries(schema.properties).flatMap(([name, property]) =>
    fieldsOf(name, property, schema).map((field) => ({ ...field, ...offeredIn(input, field) })),
  );
}

/** What a field's ids are of, by the schema itself; of values with codes what their codes are of. */
function offeredIn(
  input: z.ZodType,
  { name, of, first, kind }: FormField,
): Pick<FormField, 'offered'> {
  const own = of === undefined ? partOf(input, name) : partOf(partOf(input, of), name);
  const coded = first === undefined ? listKinds.has(kind) : first.name === 'code';
  const offered = offeredFor(own) ?? (coded ? offeredFor(itemOf(own)) : undefined);
  return offered === undefined ? {} : { offered };
}

/** The code of the items of a list. */
function itemOf(schema: unknown): unknown {
  if (schema instanceof z.ZodArray) return partOf(schema.element, 'code');
  const wrapped = schema instanceof z.ZodType && 'unwrap' in schema ? schema.unwrap : undefined;
  return typeof wrapped === 'function' ? itemOf(wrapped.call(schema)) : undefined;
}

function fieldsOf(name: string, property: Property, form: ObjectSchema): FormField[] {
  const required = form.required.includes(name);
  const shape = shapeOf(property);
  if ('kind' in shape) {
    return [
      { name, flag: flagOf(name, property), required, choices: choicesOf(property), ...shape },
    ];
  }
  const { required: needed = [] } = property;
  const parts = Object.entries(shape.parts);
  return parts.flatMap(([part, of]) => {
    const own = shapeOf(of);
    if (!('kind' in own)) return [];
    const flag = partFlag(name, flagOf(part, of), { parts: shape.parts, form });
    const must = required && (needed.includes(part) || needed.includes('digest'));
    return [{ name: part, of: name, flag, required: must, choices: choicesOf(of), ...own }];
  });
}

/** `basis-law`; of a span alone `from` and `to`. */
function partFlag(
  name: string,
  part: string,
  {
    parts,
    form,
  }: { readonly parts: Readonly<Record<string, Property>>; readonly form: ObjectSchema },
): string {
  const isSpan = Object.keys(parts).sort().join() === 'from,to';
  return isSpan && !(part in form.properties) ? part : `${kebab(name)}-${part}`;
}

/** `caseNo` becomes `case-no`. */
export const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Options repeated per item have a singular name. */
function flagOf(name: string, property: Property): string {
  const flag = shorter[name] ?? kebab(name);
  return property.type === 'array' && flag.endsWith('s') ? flag.slice(0, -1) : flag;
}

/** A value of a field in examples, as it is typed. */
export function sampleOf({ name, choices, kind, first, second }: FormField): string {
  if (first === undefined || second === undefined) {
    return choices[0] ?? samples[name] ?? kindOf(kind).sample;
  }
  const part = ({ choices: all, name: own }: PairPart) => all[0] ?? samples[own] ?? own;
  return `${part(first)}=${part(second)}`;
}

/** What a field is called, with what it is a part of. */
export function fieldText(
  { name, of, command }: Pick<FormField, 'name' | 'of' | 'command'>,
  say: Say,
): string {
  const own = say(fieldWord(name, of ?? command) ?? name);
  if (of === undefined) return own;
  const whole = say(fieldWord(of, command) ?? of);
  return say({ zh: `${whole}：${own}`, en: `${whole}: ${own}` });
}

/** Adds one option per field to a command, and `--file` for the whole input. */
export function addForm(command: Command, fields: readonly FormField[]): void {
  const { say } = command;
  for (const field of fields) {
    command.addOption(optionOf(field, say));
    if (field.kind === 'reason') addReasonOptions(command);
    if (field.kind === 'commitment') {
      const flags = say({ zh: '--replacing <材料...>', en: '--replacing <material...>' });
      const note = say({ zh: '告知承诺代替的材料', en: 'materials it stands for' });
      command.addOption(offer(new Option(flags, note), 'material'));
    }
  }
  if (fields.some(({ kind }) => documentKinds.has(kind))) {
    const note = {
      zh: '只登记校验值，不把文件存入网关',
      en: 'record digests only; store no document at the gateway',
    };
    command.option('--no-store', note);
  }
  command.addOption(wholeInput(say));
}

export const wholeInput = (say: Say): Option =>
  new Option(
    say({ zh: '--file <文件>', en: '--file <path>' }),
    say({
      zh: '整份输入（JSON，- 为标准输入）',
      en: 'the whole input as JSON, - for standard input',
    }),
  );

function optionOf(field: FormField, say: Say): Option {
  const flags = `--${field.flag} ${say(writtenOf(field))}`;
  if (field.words !== undefined) {
    const { words, kind } = field;
    return new ChoiceOption(flags, noteOf(field, say), Object.keys(words), words, kind === 'text');
  }
  const choices = field.kind === 'text' || field.kind === 'list' ? field.choices : [];
  return offer(choiceOption(flags, noteOf(field, say), choices), field.offered);
}

/** How a value is written on the command line. */
export function writtenOf({ kind, first, second }: FormField): Words {
  if (first === undefined || second === undefined) return kindOf(kind).written;
  const zh = [first, second].map(({ name }) => fieldText({ name }, sayIn('zh')));
  return { zh: `<${zh.join('=')}...>`, en: `<${first.name}=${second.name}...>` };
}

/** What the values of a pair can be, where that is a closed list. */
function pairNote({ first, second }: FormField, say: Say): string | undefined {
  const lists = [first, second].flatMap((part) => (part?.choices.length ? [part.choices] : []));
  return lists.length === 0
    ? undefined
    : say.facts(lists.map((choices) => choiceText(choices, wordsOf(choices), say)));
}

const needs: Readonly<Record<'filled' | 'required', Words>> = {
  filled: { zh: '不填则自动填写', en: 'filled in' },
  required: { zh: '必填', en: 'required' },
};

function noteOf(field: FormField, say: Say): string {
  const need = field.filled === true ? needs.filled : field.required ? needs.required : undefined;
  const remarks = say.facts([need, kindOf(field.kind).note, pairNote(field, say)]);
  const text = fieldText(field, say);
  return remarks === '' ? text : say.aside(text, remarks);
}

function addReasonOptions(command: Command): void {
  const { say } = command;
  command
    .addOption(
      choiceOption(
        say({ zh: '--reason-code <理由代码>', en: '--reason-code <code>' }),
        say({ zh: '理由的种类，缺省为其他', en: 'code of the reason (default: other)' }),
        namesOf(reasonWords),
      ),
    )
    .option(
      { zh: '--remedy <文字>', en: '--remedy <text>' },
      { zh: '后续处理途径', en: 'what can be done next' },
    )
    .option(
      { zh: '--competent-organ <文字>', en: '--competent-organ <text>' },
      { zh: '有权办理的机关', en: 'the organ that is competent' },
    );
}
