import { Option, type Command } from 'commander';
import { z } from 'zod';

/** The command line form of an input's field types. */
const writtenAs = {
  text: '<text>',
  number: '<number>',
  boolean: '<true|false>',
  list: '<text...>',
  /** A number of working days. */
  limit: '<working-days>',
  /** A name in both languages. */
  localText: '<中文|English>',
  /** A file whose salted digest is computed, or a digest as `sha256:<hex>`. */
  digest: '<file>',
  /** Material code and file. */
  documents: '<code=file...>',
  /** A code and a second value. */
  pairs: '<code=value...>',
  /** Field code and value; the salted digest of the value is computed. */
  sealedFields: '<code=value...>',
  /** The written reasons; only their digest is recorded on the ledger. */
  reason: '<text>',
  /** The signed commitment; the materials it replaces are given with `--replacing`. */
  commitment: '<file>',
  json: '<json|@file>',
} as const;

export type FieldKind = keyof typeof writtenAs;

/** One field of a command's input as a command line option. */
export interface FormField {
  readonly name: string;
  /** Long option without the dashes. */
  readonly flag: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** Required, but filled in when not given. */
  readonly filled?: boolean;
  readonly choices: readonly string[];
  /** For `pairs`: the name of the second value. */
  readonly second?: string;
}

const propertySchema = z
  .object({
    type: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    properties: z.record(z.string(), z.unknown()).optional(),
    required: z.array(z.string()).optional(),
    items: z.unknown().optional(),
  })
  .loose();
type Property = z.infer<typeof propertySchema>;

const objectSchema = z.object({
  properties: z.record(z.string(), propertySchema).default({}),
  required: z.array(z.string()).default([]),
});

/** The form of a command, derived from the schema of its input. */
export function formOf(input: z.ZodType): FormField[] {
  const schema = objectSchema.parse(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }));
  return Object.entries(schema.properties).map(([name, property]) => ({
    name,
    flag: flagOf(name, property),
    required: schema.required.includes(name),
    choices: (property.enum ?? []).filter((value) => typeof value === 'string'),
    ...kindOf(property),
  }));
}

/** `caseNo` becomes `case-no`; options repeated per item have a singular name. */
function flagOf(name: string, property: Property): string {
  const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return property.type === 'array' && kebab.endsWith('s') ? kebab.slice(0, -1) : kebab;
}

function kindOf(property: Property): Pick<FormField, 'kind' | 'second'> {
  switch (property.type) {
    case 'string':
      return { kind: 'text' };
    case 'integer':
    case 'number':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'object':
      return { kind: objectKind(property) };
    case 'array':
      return arrayKind(propertySchema.parse(property.items ?? {}));
    default:
      return { kind: 'json' };
  }
}

function objectKind(property: Property): FieldKind {
  switch (
    Object.keys(property.properties ?? {})
      .sort()
      .join()
  ) {
    case 'unit,value':
      return 'limit';
    case 'en,zh':
      return 'localText';
    case 'digest,digestAlg,sm3':
      return 'digest';
    case 'code,competentOrgan,remedy,text':
      return 'reason';
    case 'document,materials':
      return 'commitment';
    default:
      return 'json';
  }
}

function arrayKind(items: Property): Pick<FormField, 'kind' | 'second'> {
  if (items.type === 'string') return { kind: 'list' };
  const required = items.required ?? [];
  const others = required.filter((name) => name !== 'code').sort();
  if (others.length === required.length) return { kind: 'json' };
  if (others.join() === 'digest,digestAlg') return { kind: 'sealedFields' };
  if (others.join() === 'document') return { kind: 'documents' };
  const [second] = others;
  const isWord = second !== undefined && typeOf(items.properties?.[second]) === 'string';
  return others.length === 1 && isWord ? { kind: 'pairs', second } : { kind: 'json' };
}

function typeOf(property: unknown): string | undefined {
  return propertySchema.parse(property).type;
}

/** Adds one option per field to a command, and `--file` for the whole input. */
export function addForm(command: Command, fields: readonly FormField[]): void {
  for (const field of fields) {
    command.addOption(optionOf(field));
    if (field.kind === 'reason') addReasonOptions(command);
    if (field.kind === 'commitment') {
      command.option('--replacing <code...>', '告知承诺代替的材料 materials it stands for');
    }
  }
  command.option(
    '--file <path>',
    '整份输入（JSON，- 为标准输入） the whole input as JSON, - for standard input',
  );
}

function optionOf(field: FormField): Option {
  const option = new Option(`--${field.flag} ${writtenAs[field.kind]}`, noteOf(field));
  if (field.choices.length > 0 && field.kind === 'text') option.choices([...field.choices]);
  return option;
}

const notes: Partial<Record<FieldKind, string>> = {
  limit: '工作日数 working days',
  digest: '只有加盐摘要上链 only its salted digest goes to the ledger',
  documents: '只有加盐摘要上链 only its salted digest goes to the ledger',
  sealedFields: '只有加盐摘要上链 only its salted digest goes to the ledger',
  reason: '理由，只有加盐摘要上链 the reasons, of which only the salted digest goes to the ledger',
  commitment:
    '告知承诺书，只有加盐摘要上链 a signed commitment, of which only the salted digest is kept',
};

function noteOf(field: FormField): string {
  const need = field.filled ? '自动填写 filled in' : field.required ? '必填 required' : '';
  const pair = field.second === undefined ? '' : `code=${field.second}`;
  return [need, pair, notes[field.kind]]
    .filter((part) => part !== undefined && part !== '')
    .join('; ');
}

function addReasonOptions(command: Command): void {
  command
    .option('--reason-code <code>', '理由代码 code of the reason', 'other')
    .option('--remedy <text>', '救济途径 the way to appeal')
    .option('--competent-organ <text>', '有权受理的机关 the organ that is competent');
}
