import {
  fieldNote,
  formatWords,
  vocabularyOf,
  type Language,
  type Words,
} from '@yici/domain/model';

/** What of JSON Schema says how a field is filled in. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly maxItems?: number;
  readonly description?: string;
}

const words = {
  list: { zh: '列表', en: 'list' },
  least: { zh: '至少', en: 'at least' },
  most: { zh: '至多', en: 'at most' },
  items: { zh: '项', en: 'items' },
  characters: { zh: '字', en: 'characters' },
  text: { zh: '文字', en: 'text' },
  number: { zh: '数', en: 'number' },
  boolean: { zh: '是或者否', en: 'yes or no' },
  parts: { zh: '由以下各项组成', en: 'made of what follows' },
  one: { zh: '之一：', en: 'one of ' },
  date: { zh: '日期', en: 'day' },
  'date-time': { zh: '时间', en: 'instant' },
} satisfies Readonly<Record<string, Words>>;
type Said = keyof typeof words;

/** What a field has to be: a text of some length, one of some words, a number in some bounds. */
export function requirementOf(schema: Schema, language: Language): string {
  const say = (name: Said): string => words[name][language];
  const { type, enum: members, const: only } = schema;
  const options = members ?? (only === undefined ? undefined : [only]);
  if (options !== undefined) return `${say('one')}${namesOf(options, language).join(' · ')}`;
  switch (type) {
    case 'string':
      return [say(isSaid(schema.format) ? schema.format : 'text'), ...sizeOf(schema, say)].join(
        ' ',
      );
    case 'integer':
    case 'number':
      return [say('number'), ...boundsOf(schema, say)].join(' ');
    case 'boolean':
      return say('boolean');
    case 'array':
      return [say('list'), ...mostOf(schema.maxItems, 'items', say)].join(' ');
    default:
      return say('parts');
  }
}

/** What of it is shown beside the field in a form, where the field itself does not show it: its bounds. */
export function hintOf(schema: Schema, language: Language): string | undefined {
  const { type, enum: members, const: only } = schema;
  if (members !== undefined || only !== undefined || type === 'object') return undefined;
  const say = (name: Said): string => words[name][language];
  const bounds = [
    ...sizeOf(schema, say),
    ...boundsOf(schema, say),
    ...mostOf(schema.maxItems, 'items', say),
  ];
  return ended(bounds.join(' '), language);
}

/** A text as a sentence; what is empty is none. */
export function ended(text: string | undefined, language: Language): string | undefined {
  if (text === undefined || text === '') return undefined;
  return /[。.！!？?]$/.test(text) ? text : `${text}${language === 'zh' ? '。' : '.'}`;
}

export const joined = (said: readonly (string | undefined)[], language: Language): string =>
  said.filter((part) => part !== undefined).join(language === 'zh' ? '' : ' ');

/** Beside a field in a form: what an official has to know of it, and what it takes. @param of the command or object it stands in */
export function helpOf(
  name: string,
  schema: Schema,
  { of, language }: { readonly of: string; readonly language: Language },
): string | undefined {
  const written = isCode(schema) ? formatWords(name, 'regex')?.[language] : undefined;
  const said = [fieldNote(name, of)?.[language], hintOf(schema, language)];
  const help = joined([...said, ended(written, language)], language);
  return help === '' ? undefined : help;
}

/** A text of letters and digits alone; others have patterns that nobody breaks by typing. */
const isCode = ({ type, pattern = '', format }: Schema): boolean =>
  type === 'string' && format === undefined && /^\^\(?\[[0-9A-Za-z]-/.test(pattern);

/** Members of a closed list by what officials call them. */
export function namesOf(members: readonly unknown[], language: Language): string[] {
  const values = members.map(String);
  const known = vocabularyOf(values);
  return values.map((one) => known?.[one]?.[language] ?? one);
}

const isSaid = (format: string | undefined): format is 'date' | 'date-time' =>
  format === 'date' || format === 'date-time';

type Say = (name: Said) => string;

const sizeOf = ({ maxLength }: Schema, say: Say): string[] => mostOf(maxLength, 'characters', say);

const mostOf = (most: number | undefined, of: 'items' | 'characters', say: Say): string[] =>
  most === undefined ? [] : [say('most'), String(most), say(of)];

/** Bounds that only say what a computer can count to are none of the field's. */
function boundsOf({ minimum, maximum }: Schema, say: Say): string[] {
  const isOwn = (bound: number | undefined): bound is number =>
    bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  return [
    ...(isOwn(minimum) ? [say('least'), String(minimum)] : []),
    ...(isOwn(maximum) ? [say('most'), String(maximum)] : []),
  ];
}
