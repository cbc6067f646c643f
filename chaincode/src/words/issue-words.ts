import { z } from 'zod';
import type { Language, Vocabulary, Words } from '../kernel/words';
import { satisfactionWords } from '../supervision/records';
import type { Names } from './names';
import { fieldWord, vocabularyOf, wordOf } from './vocabularies';

/**
 * One place in which an input is not as it is to be: zod's code with the violated bounds, as data. `path` is `a.0.b` or a JSON
 * pointer; `message` is zod's own sentence, for programmers.
 */
export const refusedIssue = z.object({
  path: z.string(),
  code: z.string(),
  message: z.string(),
  /** There is no value. */
  missing: z.boolean().exactOptional(),
  expected: z.string().exactOptional(),
  values: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).exactOptional(),
  origin: z.string().exactOptional(),
  minimum: z.number().exactOptional(),
  maximum: z.number().exactOptional(),
});
export type RefusedIssue = z.output<typeof refusedIssue>;

/** What an issue has beside its place and zod's sentence. */
type IssueData = Omit<RefusedIssue, 'path' | 'message'>;

const mostValues = 40;

/** What {@link issueWords} needs of an issue. @param input what was checked */
export function issueData(issue: z.core.$ZodIssue, input: unknown): IssueData {
  const missing = valueAt(input, issue.path) === undefined ? { missing: true } : {};
  return { code: issue.code, ...missing, ...boundsOf(issue) };
}

function boundsOf(issue: z.core.$ZodIssue): Partial<IssueData> {
  switch (issue.code) {
    case 'invalid_type':
      return { expected: issue.expected };
    case 'invalid_value':
      return { values: issue.values.slice(0, mostValues).map((value) => plain(value)) };
    case 'too_small':
      return { origin: issue.origin, minimum: Number(issue.minimum) };
    case 'too_big':
      return { origin: issue.origin, maximum: Number(issue.maximum) };
    case 'invalid_format':
      return { expected: issue.format };
    default:
      return {};
  }
}

const plain = (value: z.core.util.Primitive): string | number | boolean | null =>
  typeof value === 'number' || typeof value === 'boolean' || value === null ? value : String(value);

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    input,
  );
}

/** No input of this domain is nested deeper; what is says where it begins. */
const deepest = 8;

/** The names in a path; a JSON pointer's escapes are read (RFC 6901). */
const partsOf = (path: string): string[] =>
  path
    .split(/[/.]/)
    .filter((part) => part !== '')
    .slice(0, deepest)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** What a place of an input is called: `/materials/0/document` is 材料第 1 项的文件. @param command whose input it is, where that is known */
export function pathWords(path: string, language: Language, command = ''): string {
  const parts = partsOf(path);
  const named = parts.map((part, index) => {
    if (isNumber(part)) return numbered(Number(part) + 1)[language];
    const of = parts
      .slice(0, index)
      .filter((before) => !isNumber(before))
      .at(-1);
    return fieldWord(part, of ?? command)?.[language] ?? part;
  });
  const said = named.reduce((whole, part) => {
    if (whole === '') return part;
    if (language === 'en') return `${whole}, ${part}`;
    return part.startsWith('第') ? `${whole}${part}` : `${whole}的${part}`;
  }, '');
  return said === '' ? { zh: '输入', en: 'input' }[language] : said;
}

const isNumber = (part: string): boolean => /^\d+$/.test(part);

const numbered = (number: number): Words => ({
  zh: `第 ${String(number)} 项`,
  en: `no. ${String(number)}`,
});

const types: Readonly<Record<string, Words>> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: '是（true）或者否（false）', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '一组内容', en: 'an object' },
};

/** How values are written that have a format of their own, by field. */
const formats: Readonly<Record<string, Words>> = {
  caseNo: { zh: '事项编码-日期-四位序号', en: 'task code, day and four digits' },
  taskCode: { zh: '一至三十六位字母、数字', en: '1 to 36 letters and digits' },
  regionCode: { zh: '六位或者十二位数字', en: 'six or twelve digits' },
  rulingId: { zh: '办件编号-R序号', en: 'case number and R with a number' },
  digest: { zh: '六十四位十六进制数字', en: '64 hexadecimal digits' },
};

/** How values are written, by zod's name of the format. */
const kinds: Readonly<Record<string, Words>> = {
  date: { zh: '年-月-日，如 2026-03-02', en: 'a day, as 2026-03-02' },
  datetime: { zh: '时间，如 2026-03-02T01:00:00.000Z', en: 'an instant' },
  regex: { zh: '字母、数字、点、下划线和连字符', en: 'letters, digits, dots and dashes' },
};

/** How a field's values are written, where they have a format. @param format by zod's name of it */
export const formatWords = (field: string, format: string): Words | undefined =>
  formats[field] ?? kinds[format];

/** An issue in words, its place included. @param field how the place is called where the words are read */
export function issueWords(
  issue: RefusedIssue,
  language: Language,
  field: Names['field'] = () => undefined,
): string {
  const { path } = issue;
  const quoted = { zh: `“${pathWords(path, 'zh')}”`, en: `"${pathWords(path, 'en')}"` };
  return saidOf(issue)[language].replace('{}', () => field(path) ?? quoted[language]);
}

/** The issue in both languages, `{}` for its place. */
function saidOf(issue: RefusedIssue): Words {
  if (issue.code === 'unrecognized_keys') return { zh: '没有{}这一项', en: 'there is no {}' };
  const takes = takesOf(issue);
  if (issue.missing === true) {
    return {
      zh: `缺少{}${takes === undefined ? '' : `，可填：${takes.zh}`}`,
      en: `{} is missing${takes === undefined ? '' : `; it takes ${takes.en}`}`,
    };
  }
  if (takes !== undefined) return { zh: `{}可填：${takes.zh}`, en: `{} takes ${takes.en}` };
  return boundWords(issue) ?? { zh: '{}不符合要求', en: '{} is not as required' };
}

/** Fields whose numbers are grades. */
export const gradesOf: Readonly<Record<string, Vocabulary | undefined>> = {
  score: satisfactionWords,
};

/** The allowed values, each with its word. */
function takesOf({ values, path }: RefusedIssue): Words | undefined {
  const grades = gradesOf[partsOf(path).at(-1) ?? ''];
  const names = grades === undefined ? (values ?? []).map(String) : Object.keys(grades);
  if (names.length === 0) return undefined;
  const list = grades ?? vocabularyOf(names);
  const said = (name: string, language: Language) => {
    const word = wordOf(list, name)?.[language];
    if (word === undefined || word === name) return name;
    return language === 'zh' ? `${name}（${word}）` : `${name} (${word})`;
  };
  return {
    zh: names.map((name) => said(name, 'zh')).join('、'),
    en: names.map((name) => said(name, 'en')).join(', '),
  };
}

function boundWords(issue: RefusedIssue): Words | undefined {
  const { code, expected = '', path } = issue;
  if (code === 'too_small' || code === 'too_big') return sizeWords(issue);
  if (code === 'invalid_type') {
    const type = types[expected];
    return type && { zh: `{}须为${type.zh}`, en: `{} has to be ${type.en}` };
  }
  if (code !== 'invalid_format') return undefined;
  const format = formatWords(partsOf(path).at(-1) ?? '', expected);
  return format && { zh: `{}的格式应为：${format.zh}`, en: `{} is written as ${format.en}` };
}

/** What bounds count, by what they bound. */
const counted: Readonly<Record<string, Words>> = {
  string: { zh: '个字', en: ' characters' },
  array: { zh: '项', en: ' items' },
};

function sizeWords({ origin = '', minimum, maximum }: RefusedIssue): Words {
  const unit = counted[origin] ?? { zh: '', en: '' };
  const bound = String(minimum ?? maximum);
  return minimum === undefined
    ? { zh: `{}不得超过 ${bound} ${unit.zh}`.trim(), en: `{} has at most ${bound}${unit.en}` }
    : { zh: `{}不得少于 ${bound} ${unit.zh}`.trim(), en: `{} has at least ${bound}${unit.en}` };
}
