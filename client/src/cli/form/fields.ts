import { Option, type Command } from 'commander';
import { z } from 'zod';

const digestOnly = '只有加盐摘要上链 only its salted digest goes to the ledger';

/** How a value is written on the command line, one for examples, and a note for `--help`. */
interface Kind {
  readonly written: string;
  readonly sample: string;
  readonly note?: string;
}

/** The command line form of an input's field types. */
const kinds = {
  text: { written: '<text>', sample: '…' },
  number: { written: '<number>', sample: '1' },
  boolean: { written: '<true|false>', sample: 'true' },
  list: { written: '<text...>', sample: '…' },
  /** A number of working days. */
  limit: { written: '<working-days>', sample: '5', note: '工作日数 working days' },
  /** A name in both languages. */
  localText: { written: '<中文|English>', sample: '"名称|Name"' },
  /** A file whose salted digest is computed, or a digest as `sha256:<hex>`. */
  digest: { written: '<file>', sample: 'document.ofd', note: digestOnly },
  /** Material code and file. */
  documents: { written: '<code=file...>', sample: 'application=document.ofd', note: digestOnly },
  /** A code and a second value. */
  pairs: { written: '<code=value...>', sample: 'code=…' },
  /** Field code and value; the salted digest of the value is computed. */
  sealedFields: { written: '<code=value...>', sample: 'code=…', note: digestOnly },
  /** The written reasons; only their digest is recorded on the ledger. */
  reason: {
    written: '<text>',
    sample: '…',
    note: '理由，只有加盐摘要上链 the reasons, of which only the salted digest goes to the ledger',
  },
  /** The signed commitment; the materials it replaces are given with `--replacing`. */
  commitment: {
    written: '<file>',
    sample: 'commitment.ofd',
    note: '告知承诺书，只有加盐摘要上链 a signed commitment, of which only the salted digest is kept',
  },
  json: { written: '<json|@file>', sample: '@input.json' },
} as const satisfies Record<string, Kind>;

export type FieldKind = keyof typeof kinds;

/** Kinds whose options take several values. */
export const listKinds: ReadonlySet<FieldKind> = new Set([
  'list',
  'documents',
  'pairs',
  'sealedFields',
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

/** `caseNo` becomes `case-no`. */
export const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Options repeated per item have a singular name. */
function flagOf(name: string, property: Property): string {
  const flag = shorter[name] ?? kebab(name);
  return property.type === 'array' && flag.endsWith('s') ? flag.slice(0, -1) : flag;
}

/** A value of a field in examples, as it is typed. */
export const sampleOf = ({ name, choices, kind }: FormField): string =>
  choices[0] ?? samples[name] ?? kinds[kind].sample;

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
  command.addOption(wholeInput());
}

export const wholeInput = (): Option =>
  new Option(
    '--file <path>',
    '整份输入（JSON，- 为标准输入） the whole input as JSON, - for standard input',
  );

function optionOf(field: FormField): Option {
  const option = new Option(`--${field.flag} ${kinds[field.kind].written}`, noteOf(field));
  if (field.choices.length > 0 && field.kind === 'text') option.choices([...field.choices]);
  return option;
}

function noteOf(field: FormField): string {
  const need = field.filled ? '自动填写 filled in' : field.required ? '必填 required' : '';
  const pair = field.second === undefined ? '' : `code=${field.second}`;
  const { note = '' }: Kind = kinds[field.kind];
  return [need, pair, note].filter((part) => part !== '').join('; ');
}

function addReasonOptions(command: Command): void {
  command
    .option('--reason-code <code>', '理由代码 code of the reason', 'other')
    .option('--remedy <text>', '救济途径 the way to appeal')
    .option('--competent-organ <text>', '有权受理的机关 the organ that is competent');
}
