import { issueData, issueWords, namesOf, reasonWords, type CommandName } from '@yici/domain/model';
import type { Say } from '@yici/terminal';
import { z } from 'zod';
import { ClientError } from '../../errors.js';
import { wordsOf } from '../form/choices.js';
import { fieldText } from '../form/fields.js';
import { citedDocument, propertySchema, shapeOf } from '../form/kinds.js';
import { offeredFor, type Offered } from '../form/offered.js';
import { readCitation, readDigest, type FormSources, type OptionValues } from '../form/values.js';
import type { Known } from '../known.js';
import type { Choice, Prompts } from './prompts.js';

/** In which language fields are called, and of which command. */
export interface Calling {
  readonly say: Say;
  readonly command: CommandName;
}

/** Where questions are asked, and what is known while they are. */
export interface Asking extends Calling {
  readonly prompts: Prompts;
  readonly sources: FormSources;
  /** What the ledger has for a place, with what was answered before; nothing where it cannot be asked. */
  readonly known: (offered: Offered, given?: readonly string[]) => Promise<readonly Known[]>;
  /** The options that were given: of a reason, what goes with it. */
  readonly given: OptionValues;
  /** What was typed in each place, so that a question that is asked again begins with it. */
  readonly typed: Map<string, string>;
}

/** A place in an input, by the names of its fields. */
type Place = readonly string[];

/** A value as its schema takes it, question after question. @throws ClientError USAGE when whoever is asked leaves */
export function askValue(schema: unknown, place: Place, asking: Asking): Promise<unknown> {
  const plain = plainOf(schema);
  if (plain instanceof z.ZodArray) return askList(plain, place, asking);
  const offered = offeredFor(plain);
  if (offered !== undefined) return askKnown(plain, offered, place, asking);
  const { examples } = plain.meta() ?? {};
  if (Array.isArray(examples)) return askOne(examples.map(String), place, asking);
  if (plain instanceof z.ZodEnum) return askOne(plain.options.map(String), place, asking);
  if (plain instanceof z.ZodLiteral) return Promise.resolve([...plain.values][0]);
  if (plain instanceof z.ZodBoolean) return askYesNo(textOf(place, asking), asking);
  if (plain instanceof z.ZodUnion) return askVariant(plain.options, place, asking);
  if (plain instanceof z.ZodObject) return askObject(plain, place, asking);
  return askText(plain, place, asking);
}

/** What a field is called, with what it is a part of. */
export function textOf(place: Place, { say, command }: Calling): string {
  const [name = '', of] = [...place].reverse();
  return fieldText({ name, command, ...(of !== undefined && { of }) }, say);
}

/** The schema itself, without what makes it optional. */
export function plainOf(schema: unknown): z.ZodType {
  if (!(schema instanceof z.ZodType)) return z.unknown();
  const wrapped = 'unwrap' in schema && !(schema instanceof z.ZodArray) ? schema.unwrap : undefined;
  return typeof wrapped === 'function' ? plainOf(wrapped.call(schema)) : schema;
}

export const isOptional = (schema: unknown): boolean =>
  schema instanceof z.ZodType && z.object({ value: schema }).safeParse({}).success;

/** Why a value is not taken: the first that is wrong with it. */
function wrongIn(
  schema: z.ZodType,
  value: unknown,
  place: Place,
  calling: Calling,
): string | undefined {
  const { say } = calling;
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  if (issue === undefined) return undefined;
  const { message } = issue;
  const path = `/${[...place, ...issue.path].map(String).join('/')}`;
  const text = textOf(place, calling);
  const name = say({ zh: `“${text}”`, en: text });
  return issueWords({ path, message, ...issueData(issue, value) }, say.language, () => name);
}

async function askText(schema: z.ZodType, place: Place, asking: Asking): Promise<unknown> {
  const { prompts, typed } = asking;
  const read = (text: string): unknown => {
    if (schema instanceof z.ZodNumber) return text === '' ? undefined : Number(text);
    if (schema instanceof z.ZodString) return text;
    return jsonOr(text);
  };
  const text = await prompts.line(textOf(place, asking), {
    before: typed.get(place.join('/')),
    wrong: (given) => Promise.resolve(wrongIn(schema, read(given), place, asking)),
  });
  typed.set(place.join('/'), text);
  return read(text);
}

/** What has no form of its own is typed as JSON; a text that is none stays one, for the schema to refuse. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

async function askYesNo(message: string, { prompts, say }: Asking): Promise<boolean> {
  const choices = [true, false].map((value) => ({ value, name: say.yesNo(value) }));
  return prompts.choose(message, choices);
}

const askOne = (codes: readonly string[], place: Place, asking: Asking) =>
  asking.prompts.choose(textOf(place, asking), wordedChoices(codes, asking.say));

function wordedChoices(codes: readonly string[], say: Say): Choice[] {
  const words = wordsOf(codes);
  return codes.map((value) => ({ value, name: say.member(words, value) }));
}

const knownChoices = (known: readonly Known[], say: Say): Choice[] =>
  known.map(({ value, name }) => ({
    value,
    name: name === value ? value : say.aside(name, value),
  }));

/** One of the ledger's, or what is typed: it may be newer than the list. */
async function askKnown(
  schema: z.ZodType,
  offered: Offered,
  place: Place,
  asking: Asking,
): Promise<unknown> {
  const { prompts, say } = asking;
  const known = await asking.known(offered);
  if (known.length === 0) return askText(schema, place, asking);
  const typed = (text: string) => (schema.safeParse(text).success ? text : undefined);
  return prompts.choose(textOf(place, asking), knownChoices(known, say), typed);
}

/** Item after item; of a closed list, or of what the ledger has, each once. */
async function askList(schema: z.ZodArray, place: Place, asking: Asking): Promise<unknown[]> {
  const { prompts, say } = asking;
  const items: unknown[] = [];
  const needed = schema.safeParse([]).success ? 0 : 1;
  const words = {
    more: say({
      zh: `再填一项“${textOf(place, asking)}”`,
      en: `another: ${textOf(place, asking)}`,
    }),
    done: say({ zh: '填完了', en: 'that is all' }),
  };
  for (;;) {
    if (items.length >= needed) {
      const message = say({
        zh: `${textOf(place, asking)}：已填 ${items.length} 项`,
        en: `${textOf(place, asking)}: ${items.length} given`,
      });
      const choices = [
        { value: false, name: words.done },
        { value: true, name: words.more },
      ];
      if (!(await prompts.choose(message, choices))) return items;
    }
    items.push(await askItem(schema.element, place, asking, items.length));
  }
}

/** One item: a sealed value is typed itself, everything else by its schema. */
async function askItem(
  element: unknown,
  place: Place,
  asking: Asking,
  index: number,
): Promise<unknown> {
  const plain = plainOf(element);
  const inList = [...place, `${index}`];
  if (!(plain instanceof z.ZodObject)) return askValue(plain, place, asking);
  const names = Object.keys(plain.shape).filter((name) => name !== 'sm3');
  if (names.sort().join() !== 'code,digest,digestAlg') return askObject(plain, place, asking);
  const code = String(await askValue(plain.shape['code'], [...place, 'code'], asking));
  const value = await asking.prompts.line(code, {
    before: asking.typed.get(inList.join('/')),
    wrong: (text) => Promise.resolve(text === '' ? asking.say(empty) : undefined),
  });
  return { code, ...(await asking.sources.sealValue(value, code)) };
}

const empty = { zh: '不能为空', en: 'cannot be empty' };

/** Which of several shapes it has, by the words of what tells them apart. */
async function askVariant(
  options: readonly unknown[],
  place: Place,
  asking: Asking,
): Promise<unknown> {
  const { prompts, say } = asking;
  const plain = options.map(plainOf);
  const codes = plain.map((option) => tagOf(option));
  const tags = codes.filter((code) => code !== undefined);
  const words = wordsOf(tags);
  const choices = plain.map((value, index) => {
    const tag = codes[index];
    return { value, name: tag === undefined ? fieldsText(value, say) : say.member(words, tag) };
  });
  return askValue(await prompts.choose(textOf(place, asking), choices), place, asking);
}

function tagOf(schema: z.ZodType): string | undefined {
  if (!(schema instanceof z.ZodObject)) return undefined;
  const literals = Object.values(schema.shape).filter((field) => field instanceof z.ZodLiteral);
  const [value] = literals.flatMap((field) => [...field.values]);
  return typeof value === 'string' ? value : undefined;
}

const fieldsText = (schema: z.ZodType, say: Say): string =>
  schema instanceof z.ZodObject
    ? say.list(Object.keys(schema.shape).map((name) => fieldText({ name }, say)))
    : say({ zh: '单个值', en: 'one value' });

/** Objects that are one thing to whoever is asked; every other field by field. */
function askObject(schema: z.ZodObject, place: Place, asking: Asking): Promise<unknown> {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const shape = shapeOf(propertySchema.parse(json));
  const kind = 'kind' in shape ? shape.kind : undefined;
  if (kind === 'limit') return askLimit(schema, place, asking);
  if (kind === 'digest') return askFile(place, asking, readDigest);
  if (kind === 'reason') return askReason(schema, place, asking);
  return askFields(schema, place, asking);
}

async function askLimit(schema: z.ZodObject, place: Place, asking: Asking): Promise<unknown> {
  const { say } = asking;
  const message = say.aside(textOf(place, asking), { zh: '工作日', en: 'working days' });
  const read = (text: string) => ({ value: Number(text || Number.NaN), unit: 'workingDay' });
  const text = await askLine(message, place, asking, (given) =>
    Promise.resolve(wrongIn(schema, read(given), place, asking)),
  );
  return read(text);
}

async function askLine(
  message: string,
  place: Place,
  { prompts, typed }: Asking,
  wrong: (text: string) => Promise<string | undefined>,
): Promise<string> {
  const text = await prompts.line(message, { before: typed.get(place.join('/')), wrong });
  typed.set(place.join('/'), text);
  return text;
}

/** The file whose digest is sent. It is read once, when it can be. */
async function askFile(
  place: Place,
  asking: Asking,
  digestOf: typeof readDigest,
): Promise<unknown> {
  const { say, sources } = asking;
  const message = say.aside(textOf(place, asking), { zh: '文件路径', en: 'path of the file' });
  const read = async (path: string) => {
    try {
      await sources.terminal.read(path);
      return undefined;
    } catch (error) {
      return error instanceof ClientError ? say(error.words ?? error.message) : String(error);
    }
  };
  return digestOf(await askLine(message, place, asking, read), sources);
}

/** The kind of reason, its words, of which the ledger has the digest, and what else a reason says; each unless an option gives it. */
async function askReason(schema: z.ZodObject, place: Place, asking: Asking): Promise<unknown> {
  const { say, sources, given } = asking;
  const code = given['reasonCode'] ?? (await askReasonCode(schema, place, asking));
  const notEmpty = (text: string) => Promise.resolve(text === '' ? say(empty) : undefined);
  const text = await askLine(textOf(place, asking), place, asking, notEmpty);
  const beside = ['remedy', 'competentOrgan'];
  const told = beside.filter((name) => typeof given[name] === 'string');
  const left = beside.filter((name) => !told.includes(name));
  return {
    ...{ code, text: await sources.seal(text, '理由.txt') },
    ...Object.fromEntries(told.map((name) => [name, given[name]])),
    ...(await askOptional(schema, left, place, asking)),
  };
}

function askReasonCode(schema: z.ZodObject, place: Place, asking: Asking): Promise<unknown> {
  const codes = plainOf(schema.shape['code']);
  const known = codes instanceof z.ZodEnum ? codes.options.map(String) : namesOf(reasonWords);
  const message = textOf([...place, 'reasonCode'], asking);
  return asking.prompts.choose(message, wordedChoices(known, asking.say));
}

async function askFields(schema: z.ZodObject, place: Place, asking: Asking): Promise<unknown> {
  const { digestAlg, digest } = schema.shape;
  const cites = digestAlg !== undefined && digest !== undefined;
  const own = Object.entries(schema.shape).filter(
    ([name]) => !cites || !['digestAlg', 'digest', 'sm3'].includes(name),
  );
  const value: Record<string, unknown> = {};
  for (const [name, field] of own) {
    if (!isOptional(field)) value[name] = await askValue(field, [...place, name], asking);
  }
  const file = cites ? await askFile([...place, citedDocument], asking, readCitation) : {};
  const optional = own.filter(([, field]) => isOptional(field)).map(([name]) => name);
  return {
    ...value,
    ...(typeof file === 'object' ? file : {}),
    ...(await askOptional(schema, optional, place, asking)),
  };
}

/** Of what need not be given, what whoever is asked picks. */
export async function askOptional(
  schema: z.ZodObject,
  names: readonly string[],
  place: Place,
  asking: Asking,
): Promise<Record<string, unknown>> {
  const { prompts, say } = asking;
  const value: Record<string, unknown> = {};
  for (;;) {
    const open = names.filter((name) => !(name in value) && name in schema.shape);
    if (open.length === 0) return value;
    const message = say({ zh: '还可以填写', en: 'what else can be given' });
    const choices = open.map((name) => ({ value: name, name: textOf([...place, name], asking) }));
    const done = { value: '', name: say({ zh: '不再填写', en: 'nothing more' }) };
    const name = await prompts.choose(message, [done, ...choices]);
    if (name === '') return value;
    value[name] = await askValue(schema.shape[name], [...place, name], asking);
  }
}
