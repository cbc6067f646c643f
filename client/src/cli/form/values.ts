import { createHash } from 'node:crypto';
import { issueData, issueWords, type RefusedIssue, type Words } from '@yici/domain/model';
import { z } from 'zod';
import { codeOf, sayIn } from '@yici/terminal';
import { ClientError } from '../../errors.js';
import type { SaltedDigest } from '../../documents/digest.js';
import { parseJson, readJson, type Terminal } from '../../terminal/terminal.js';
import { wordsOf } from './choices.js';
import { fieldText, type FormField } from './fields.js';
import type { FieldKind } from './kinds.js';

/** External input needed to read a form. */
export interface FormSources {
  readonly terminal: Terminal;
  /**
   * Computes the salted digest of a document, or of written words, and keeps the salt; words of what is only drafted stay
   * words. `label` is its file's path.
   */
  seal(content: Uint8Array | string, label: string): Promise<SaltedDigest | string>;
  /** The same of a field's value, which is no document. */
  sealValue(value: string, code: string): Promise<SaltedDigest>;
}

/** Option values as commander gives them, by attribute name. */
export type OptionValues = Readonly<Record<string, unknown>>;

/**
 * The input built from the options: `--file` first, then every separate field.
 * @throws ClientError USAGE naming the invalid option.
 */
export async function readForm(
  fields: readonly FormField[],
  values: OptionValues,
  sources: FormSources,
): Promise<Record<string, unknown>> {
  const file = values['file'];
  const input = typeof file === 'string' ? await readObject(file, sources.terminal) : {};
  for (const field of fields) {
    const value = values[attributeOf(field.flag)];
    if (value === undefined) continue;
    put(input, field, await readValue(field, value, values, sources));
  }
  return input;
}

const object = z.record(z.string(), z.unknown());

/** Sets a field of the input, or of an object in it; the digest of a cited document stands in the object itself. */
function put(input: Record<string, unknown>, { name, of, kind }: FormField, value: unknown): void {
  if (of === undefined) {
    input[name] = value;
    return;
  }
  const before = object.safeParse(input[of]).data ?? {};
  input[of] = { ...before, ...(kind === 'citation' ? object.parse(value) : { [name]: value }) };
}

/** `--case-no` is `caseNo` among commander's values. */
export function attributeOf(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

async function readObject(path: string, terminal: Terminal): Promise<Record<string, unknown>> {
  const parsed = object.safeParse(await readJson(terminal, path));
  if (!parsed.success)
    throw new ClientError('USAGE', {
      zh: `${path} 不是 JSON 对象。`,
      en: `${path} is no JSON object.`,
    });
  return parsed.data;
}

type Reader = (
  text: string,
  field: FormField,
  sources: FormSources,
  values: OptionValues,
) => unknown;

/** Converters from option text to value; kinds without one are used as text. */
const readers: Partial<Record<FieldKind, Reader>> = {
  number: (text, field) => readNumber(field, text),
  boolean: (text, field) => readBoolean(field, text),
  limit: (text, field) => ({ value: readNumber(field, text), unit: 'workingDay' }),
  localText: (text, field) => readLocalText(field, text),
  digest: (text, _field, sources) => readDigest(text, sources),
  citation: (text, _field, sources) => readCitation(text, sources),
  reason: (text, _field, sources, values) => readReason(text, values, sources),
  commitment: async (text, _field, sources, { replacing }) => ({
    document: await readDigest(text, sources),
    materials: Array.isArray(replacing) ? replacing : [],
  }),
  json: (text, field, { terminal }) =>
    text.startsWith('@') ? readJson(terminal, text.slice(1)) : parseJson(`--${field.flag}`, text),
};

function readValue(
  field: FormField,
  value: unknown,
  values: OptionValues,
  sources: FormSources,
): Promise<unknown> {
  if (Array.isArray(value)) return readList(field, value.map(String), sources);
  const text = String(value);
  const reader = readers[field.kind];
  return Promise.resolve(reader === undefined ? text : reader(text, field, sources, values));
}

async function readList(
  field: FormField,
  items: readonly string[],
  sources: FormSources,
): Promise<unknown> {
  if (field.kind === 'list') return items;
  const pairs = items.map((item) => splitPair(field, item));
  if (field.kind === 'pairs') return pairs.map((pair) => pairOf(field, pair));
  if (field.kind === 'documents') {
    return Promise.all(
      pairs.map(async ([code, path]) => ({ code, document: await readDigest(path, sources) })),
    );
  }
  if (field.kind === 'proofs') {
    return Promise.all(
      pairs.map(async ([code, rest]) => {
        const [path, proves] = splitPair(field, rest);
        return { code, document: await readDigest(path, sources), proves };
      }),
    );
  }
  return Promise.all(
    pairs.map(async ([code, content]) => ({ code, ...(await sources.sealValue(content, code)) })),
  );
}

/** A pair with its codes, where it was typed in words. */
function pairOf({ first, second }: FormField, pair: readonly [string, string]): object {
  const entries = [first, second].map((part, index) => {
    const typed = pair[index] ?? '';
    const choices = part?.choices ?? [];
    return [part?.name ?? 'code', codeOf(typed, choices, wordsOf(choices)) ?? typed] as const;
  });
  return Object.fromEntries(entries);
}

/** An option; of one that takes several values, what the value is called. */
type Flagged = Pick<FormField, 'flag'> & { readonly name?: string | Words | undefined };

function calledOf({ flag, name }: Flagged): Words {
  if (typeof name !== 'object') return { zh: `--${flag} `, en: `--${flag}` };
  return { zh: `“${name.zh}”（--${flag}）`, en: `"${name.en}" (--${flag})` };
}

export function splitPair(field: Flagged, item: string): readonly [code: string, value: string] {
  const at = item.indexOf('=');
  if (at < 1)
    throw new ClientError('USAGE', {
      zh: `--${field.flag} 应写作“代码=内容”，不能写作“${item}”。`,
      en: `--${field.flag} takes code=value, not "${item}".`,
    });
  return [item.slice(0, at), item.slice(at + 1)];
}

export function readNumber(field: Flagged, text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number)) return number;
  throw new ClientError('USAGE', {
    zh: `${calledOf(field).zh}须填数字，不能填“${text}”。`,
    en: `${calledOf(field).en} takes a number, not "${text}".`,
  });
}

export function readBoolean(field: Flagged, text: string): boolean {
  if (['true', '是', 'yes'].includes(text)) return true;
  if (['false', '否', 'no'].includes(text)) return false;
  throw new ClientError('USAGE', {
    zh: `${calledOf(field).zh}须填“是”或者“否”（true、false），不能填“${text}”。`,
    en: `${calledOf(field).en} takes true or false, not "${text}".`,
  });
}

function readLocalText(field: FormField, text: string): { zh: string; en: string } {
  const [zh, en, ...rest] = text.split('|').map((part) => part.trim());
  if (zh !== undefined && en !== undefined && rest.length === 0) return { zh, en };
  throw new ClientError('USAGE', {
    zh: `--${field.flag} 应写作“中文|英文”，不能写作“${text}”。`,
    en: `--${field.flag} takes "Chinese|English", not "${text}".`,
  });
}

const readyDigest = /^(sha256|sm3):([0-9a-f]{64})$/;

/** A given digest as `sha256:<hex>`, otherwise the salted digest of a file. */
export async function readDigest(text: string, sources: FormSources): Promise<unknown> {
  const [, digestAlg, digest] = readyDigest.exec(text) ?? [];
  if (digestAlg !== undefined && digest !== undefined) return { digestAlg, digest };
  return sources.seal(await sources.terminal.read(text), text);
}

/** The SHA-256 of a public document's own bytes, so that whoever has the document can check it; unlike {@link readDigest} unsalted. */
export async function readCitation(
  text: string,
  { terminal }: FormSources,
): Promise<{ digestAlg: string; digest: string }> {
  const [, digestAlg, digest] = readyDigest.exec(text) ?? [];
  if (digestAlg !== undefined && digest !== undefined) return { digestAlg, digest };
  const content = await terminal.read(text);
  return { digestAlg: 'sha256', digest: createHash('sha256').update(content).digest('hex') };
}

async function readReason(
  text: string,
  values: OptionValues,
  sources: FormSources,
): Promise<unknown> {
  const { reasonCode = 'other', remedy, competentOrgan } = values;
  return {
    code: reasonCode,
    text: await sources.seal(text, '理由.txt'),
    ...(remedy !== undefined && { remedy }),
    ...(competentOrgan !== undefined && { competentOrgan }),
  };
}

/** One place in which an input is not as its command takes it. */
export interface InputIssue extends RefusedIssue {
  /** The whole sentence, with the option that gives the field. */
  readonly words: Words;
}

interface Checked {
  readonly schema: z.ZodType;
  /** Fields that the gateway fills in. */
  readonly later?: readonly string[] | undefined;
  /** The options that the input is typed with. */
  readonly fields?: readonly FormField[];
}

/**
 * Validates an input against the command's schema before anything is sent.
 * @throws ClientError USAGE with every offending path.
 */
export function checkInput(input: Readonly<Record<string, unknown>>, checked: Checked): void {
  const issues = inputIssues(input, checked);
  if (issues.length === 0) return;
  const message = {
    zh: '填写有误，未提交。',
    en: 'The input is not as required; nothing was sent.',
  };
  throw new ClientError('USAGE', message, { details: { issues } });
}

const pointer = (path: readonly PropertyKey[]): string => `/${path.map(String).join('/')}`;

/** Every place in which an input is not as the command takes it. */
export function inputIssues(
  input: Readonly<Record<string, unknown>>,
  { schema, later = [], fields = [] }: Checked,
): readonly InputIssue[] {
  const issues = schema.safeParse(input).error?.issues ?? [];
  return issues
    .flatMap((issue) => {
      const { message } = issue;
      const data = issueData(issue, input);
      // An unknown field is a place of its own.
      const keys = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [key]) : [[]];
      return keys.map((key) => {
        const at = [...issue.path, ...key];
        const refused = { path: pointer(at), message, ...data };
        return { ...refused, words: sentenceOf(refused, fieldsAt(at.map(String), fields)) };
      });
    })
    .filter(({ path }) => !later.some((name) => path === `/${name}` && input[name] === undefined));
}

type Named = Pick<FormField, 'name' | 'of'> & { readonly flags: readonly string[] };

/** The options that give what stands at a path, of an object those that must be given; what has none is called by its name. */
function fieldsAt([first = '', second = '']: readonly string[], all: readonly FormField[]): Named {
  const own =
    all.find(({ name, of }) => of === first && name === second) ??
    all.find(({ name, of }) => of === undefined && name === first);
  if (own !== undefined) return { ...own, flags: [own.flag] };
  const parts = all.filter(({ of, required }) => of === first && required);
  return { name: first, flags: parts.map(({ flag }) => flag) };
}

function sentenceOf(issue: RefusedIssue, field: Named): Words {
  const flags = field.flags.map((flag) => `--${flag}`);
  const option =
    flags.length === 0
      ? { zh: '', en: '' }
      : { zh: `（${flags.join('、')}）`, en: ` (${flags.join(', ')})` };
  const zh = `“${fieldText(field, sayIn('zh'))}”${option.zh}`;
  const en = `${fieldText(field, sayIn('en'))}${option.en}`;
  return {
    zh: issueWords(issue, 'zh', () => zh),
    // What a schema says itself it says in English alone.
    en: issue.code === 'custom' ? `${en}: ${issue.message}` : issueWords(issue, 'en', () => en),
  };
}
