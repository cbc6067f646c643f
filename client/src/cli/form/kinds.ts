import type { Words } from '@yici/domain/model';
import { z } from 'zod';

const digestOnly: Words = {
  zh: '账本只记校验值，文件存入网关，供办理部门查阅',
  en: 'the ledger has its digest; who decides reads it at the gateway',
};

/** How a value is written on the command line, one for examples, and a note for `--help`. */
interface Kind {
  readonly written: Words;
  readonly sample: string;
  readonly note?: Words;
}

const anyText: Words = { zh: '<文字>', en: '<text>' };
const pair: Words = { zh: '<代码=内容...>', en: '<code=value...>' };

/** The command line form of an input's field types. */
export const kinds = {
  text: { written: anyText, sample: '…' },
  date: { written: { zh: '<年-月-日>', en: '<yyyy-mm-dd>' }, sample: '2026-03-02' },
  number: { written: { zh: '<数字>', en: '<number>' }, sample: '1' },
  boolean: { written: { zh: '<是|否>', en: '<true|false>' }, sample: 'true' },
  list: { written: { zh: '<文字...>', en: '<text...>' }, sample: '…' },
  /** A number of working days. */
  limit: { written: { zh: '<工作日数>', en: '<working-days>' }, sample: '5' },
  /** A name in both languages. */
  localText: { written: { zh: '<中文|英文>', en: '<Chinese|English>' }, sample: '"名称|Name"' },
  /** A file whose salted digest is computed, or a digest as `sha256:<hex>`. */
  digest: { written: { zh: '<文件>', en: '<file>' }, sample: 'document.ofd', note: digestOnly },
  /** The file of a public document; its own SHA-256 is computed, or is given as `sha256:<hex>`. */
  citation: {
    written: { zh: '<文件>', en: '<file>' },
    sample: 'document.ofd',
    note: {
      zh: '公开文件：账本记其 SHA-256，凭文件即可核对',
      en: 'a public document: the ledger has its SHA-256, which anybody can check',
    },
  },
  /** Material code and file. */
  documents: {
    written: { zh: '<代码=文件...>', en: '<code=file...>' },
    sample: 'application=document.ofd',
    note: digestOnly,
  },
  /** A material, the file of what stands for it, and what that proves. */
  proofs: {
    written: { zh: '<代码=文件=证明内容...>', en: '<code=file=what it proves...>' },
    sample: 'application=document.ofd=…',
    note: digestOnly,
  },
  /** A code and a second value. */
  pairs: { written: pair, sample: 'code=…' },
  /** Field code and value; the salted digest of the value is computed. */
  sealedFields: {
    written: pair,
    sample: 'code=…',
    note: {
      zh: '数值不公开，账本只记校验值',
      en: 'only its salted digest goes to the ledger',
    },
  },
  /** The written reasons; only their digest is recorded on the ledger. */
  reason: {
    written: anyText,
    sample: '…',
    note: {
      zh: '账本只记校验值，理由存入网关，供办理部门查阅',
      en: 'the ledger has its digest; who decides reads it at the gateway',
    },
  },
  /** The signed commitment; the materials it replaces are given with `--replacing`. */
  commitment: {
    written: { zh: '<文件>', en: '<file>' },
    sample: 'commitment.ofd',
    note: digestOnly,
  },
  json: { written: { zh: '<JSON|@文件>', en: '<json|@file>' }, sample: '@input.json' },
} as const satisfies Record<string, Kind>;

export type FieldKind = keyof typeof kinds;
export const kindOf = (kind: FieldKind): Kind => kinds[kind];

/** Kinds whose options take several values. */
export const listKinds: ReadonlySet<FieldKind> = new Set([
  'list',
  'documents',
  'proofs',
  'pairs',
  'sealedFields',
]);

export const propertySchema = z
  .object({
    type: z.string().optional(),
    format: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    /** Of a code that the rules take from a closed list, whose refusal says what the law does. */
    examples: z.array(z.unknown()).optional(),
    properties: z.record(z.string(), z.unknown()).optional(),
    required: z.array(z.string()).optional(),
    items: z.unknown().optional(),
  })
  .loose();
export type Property = z.infer<typeof propertySchema>;

/** One of the two values of a pair, with what it can be where that is a closed list. */
export interface PairPart {
  readonly name: string;
  readonly choices: readonly string[];
}

/** The form of a value: its kind, or the fields of an object that has options of its own. */
export type Shape =
  | { readonly kind: FieldKind; readonly first?: PairPart; readonly second?: PairPart }
  | { readonly parts: Readonly<Record<string, Property>> };

/** How a value with this JSON schema is typed. */
export function shapeOf(property: Property): Shape {
  switch (property.type) {
    case 'string':
      return { kind: property.format === 'date' ? 'date' : 'text' };
    case 'integer':
    case 'number':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'object':
      return objectShape(property);
    case 'array':
      return arrayShape(propertySchema.parse(property.items ?? {}));
    default:
      return { kind: 'json' };
  }
}

/** Objects that are one thing to whoever types them, by the names of their fields. */
const wholes: Readonly<Partial<Record<string, FieldKind>>> = {
  'unit,value': 'limit',
  'en,zh': 'localText',
  'digest,digestAlg,sm3': 'digest',
  'cited,digest,digestAlg': 'citation',
  'code,competentOrgan,remedy,text': 'reason',
  'document,materials': 'commitment',
};

function objectShape({ properties = {} }: Property): Shape {
  const names = Object.keys(properties).sort();
  const whole = wholes[names.join()];
  if (whole !== undefined) return { kind: whole };
  const parts = Object.fromEntries(
    Object.entries(withDocument(properties)).map(([name, part]) => [
      name,
      propertySchema.parse(part),
    ]),
  );
  const typed = Object.values(parts).every((part) => isPlain(shapeOf(part)));
  return typed && names.length > 0 ? { parts } : { kind: 'json' };
}

/** Of a document that is cited with its digest, the digest is computed from its file. */
function withDocument(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { digestAlg, digest, ...others } = properties;
  if (digestAlg === undefined || digest === undefined) return properties;
  const cited = { type: 'object', properties: { digestAlg, digest, cited: {} } };
  return { ...others, [citedDocument]: cited };
}

/** The file of a document that an object cites: its digest stands in the object itself. */
export const citedDocument = 'document';

const isPlain = (shape: Shape): boolean => 'kind' in shape && shape.kind !== 'json';

function arrayShape(items: Property): Shape {
  if (items.type === 'string') return { kind: 'list' };
  const { required = [], properties = {} } = items;
  const [first, ...others] = required.includes('code')
    ? ['code', ...required.filter((name) => name !== 'code').sort()]
    : required;
  if (first === undefined) return { kind: 'json' };
  const coded = first === 'code' ? codedLists[others.join()] : undefined;
  return coded === undefined ? pairShape(first, others, properties) : { kind: coded };
}

/** Lists of objects with a code, by the names of their other fields. */
const codedLists: Readonly<Partial<Record<string, FieldKind>>> = {
  'digest,digestAlg': 'sealedFields',
  document: 'documents',
  'document,proves': 'proofs',
};

function pairShape(
  first: string,
  others: readonly string[],
  properties: Readonly<Record<string, unknown>>,
): Shape {
  const [second] = others;
  const words = [first, second].every((name) => typeOf(properties[name ?? '']) === 'string');
  if (second === undefined || others.length !== 1 || !words) return { kind: 'json' };
  const part = (name: string) => ({
    name,
    choices: choicesOf(propertySchema.parse(properties[name])),
  });
  return { kind: 'pairs', first: part(first), second: part(second) };
}

const typeOf = (property: unknown): string | undefined =>
  propertySchema.safeParse(property).data?.type;

/** The members of a closed list that a value, or each of several, is from. */
export function choicesOf(property: Property): string[] {
  const { enum: members, examples, items } = property;
  const all = members ?? examples ?? propertySchema.safeParse(items).data?.enum ?? [];
  return all.filter((value) => typeof value === 'string');
}
