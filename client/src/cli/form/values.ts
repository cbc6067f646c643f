import { z } from 'zod';
import { ClientError } from '../../errors.js';
import type { SaltedDigest } from '../../documents/digest.js';
import { parseJson, readJson, type Terminal } from '../../terminal/terminal.js';
import type { FieldKind, FormField } from './fields.js';

/** External input needed to read a form. */
export interface FormSources {
  readonly terminal: Terminal;
  /** Computes the salted digest of a content and stores the salt. */
  seal(content: Uint8Array | string, label: string): Promise<SaltedDigest>;
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
    if (value !== undefined) input[field.name] = await readValue(field, value, values, sources);
  }
  return input;
}

/** `--case-no` is `caseNo` among commander's values. */
export function attributeOf(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

async function readObject(path: string, terminal: Terminal): Promise<Record<string, unknown>> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(await readJson(terminal, path));
  if (!parsed.success) throw new ClientError('USAGE', `${path} 不是 JSON 对象 is no JSON object.`);
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
  if (field.kind === 'pairs') {
    return pairs.map(([code, value]) => ({ code, [field.second ?? 'value']: value }));
  }
  if (field.kind === 'documents') {
    return Promise.all(
      pairs.map(async ([code, path]) => ({ code, document: await readDigest(path, sources) })),
    );
  }
  return Promise.all(
    pairs.map(async ([code, content]) => ({ code, ...(await sources.seal(content, code)) })),
  );
}

function splitPair(field: FormField, item: string): readonly [code: string, value: string] {
  const at = item.indexOf('=');
  if (at < 1)
    throw new ClientError('USAGE', `--${field.flag} 的写法是 takes code=value, not "${item}".`);
  return [item.slice(0, at), item.slice(at + 1)];
}

function readNumber(field: FormField, text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number)) return number;
  throw new ClientError('USAGE', `--${field.flag} 须为数字 takes a number, not "${text}".`);
}

function readBoolean(field: FormField, text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new ClientError('USAGE', `--${field.flag} 须为 takes true or false, not "${text}".`);
}

function readLocalText(field: FormField, text: string): { zh: string; en: string } {
  const [zh, en, ...rest] = text.split('|').map((part) => part.trim());
  if (zh !== undefined && en !== undefined && rest.length === 0) return { zh, en };
  throw new ClientError('USAGE', `--${field.flag} 的写法是 takes "中文|English", not "${text}".`);
}

const readyDigest = /^(sha256|sm3):([0-9a-f]{64})$/;

/** A given digest as `sha256:<hex>`, otherwise the salted digest of a file. */
async function readDigest(
  text: string,
  sources: FormSources,
): Promise<{ digestAlg: string; digest: string }> {
  const [, digestAlg, digest] = readyDigest.exec(text) ?? [];
  if (digestAlg !== undefined && digest !== undefined) return { digestAlg, digest };
  return sources.seal(await sources.terminal.read(text), text);
}

async function readReason(
  text: string,
  values: OptionValues,
  sources: FormSources,
): Promise<unknown> {
  const { reasonCode, remedy, competentOrgan } = values;
  return {
    code: reasonCode,
    text: await sources.seal(text, 'reason'),
    ...(remedy !== undefined && { remedy }),
    ...(competentOrgan !== undefined && { competentOrgan }),
  };
}

/**
 * Validates an input against the command's schema before anything is sent.
 * @param later fields that the gateway fills in.
 * @throws ClientError USAGE with every offending path.
 */
export function checkInput(
  schema: z.ZodType,
  input: Readonly<Record<string, unknown>>,
  later: readonly string[] = [],
): void {
  const issues = inputIssues(schema, input, later);
  if (issues.length === 0) return;
  throw new ClientError('USAGE', '输入不符合要求 the input is not as required', {
    details: { issues },
  });
}

/** Every place in which an input is not as the command takes it. */
export function inputIssues(
  schema: z.ZodType,
  input: Readonly<Record<string, unknown>>,
  later: readonly string[] = [],
): readonly { readonly path: string; readonly message: string }[] {
  const issues = schema.safeParse(input).error?.issues ?? [];
  return issues
    .map(({ path, message }) => ({ path: `/${path.map(String).join('/')}`, message }))
    .filter(({ path }) => !later.some((name) => path === `/${name}` && input[name] === undefined));
}
