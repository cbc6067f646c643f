import { commandNames, commandWords, type CommandName } from '@yici/domain/model';
import { codeOf, sayIn, type Say } from '@yici/terminal';
import { ClientError } from '../../errors.js';
import { wordsOf } from '../form/choices.js';
import { fieldText, writtenOf, type FormField } from '../form/fields.js';
import { writeSpec, type WriteSpec } from '../spec/spec.js';
import { isOwnStep } from '../spec/step.js';

/** What is known of an act's input, by field, empty where it must be given; of a list the codes that it takes, or whole values as `code=value`. */
export type Known = Readonly<Record<string, unknown>>;

/** More choices are left to `--help`. */
const mostChoices = 5;

/**
 * An act as it is typed: with what is known of its input, and a place for whatever else is commonly given. That is what must
 * be given, and what the command's own example gives, but for lists that not every case needs.
 * @param instead what stands in place of a field's option
 */
export function lineOf(
  name: CommandName,
  known: Known,
  say: Say,
  instead: Readonly<Partial<Record<string, string>>> = {},
): string {
  const spec = writeSpec(name);
  const { group, verb, argument, fields, words = [] } = spec;
  const about = argument && (textOf(known[argument.name]) ?? placeOf(argument, spec, say));
  const shown = fields.filter((field) => isShown(spec, field, known));
  const options = shown.map(
    (field) =>
      instead[field.name] ?? `--${field.flag} ${valueOf(field, spec, known[field.name], say)}`,
  );
  const choice = words.length === 0 ? [] : [words.map(({ flag }) => `--${flag}`).join('|')];
  const file = spec.file === undefined ? [] : [`--file ${say({ zh: '<文件>', en: '<file>' })}`];
  const all = [about, ...choice, ...options, ...othersOf(spec, say), ...file];
  return ['yici', group, verb, ...all.filter((part) => part !== undefined)].join(' ');
}

/** What an act is called on a line: without what its summary adds in brackets, or after a colon. */
export const shortName = (name: CommandName, say: Say): string =>
  commandWords(name, say.language).replace(/：.*|: .*/, '');

/** The command of this name, or the only one that is called this in either language; undefined for anything else. */
function commandNamed(text: string): CommandName | undefined {
  const says = [sayIn('zh'), sayIn('en')];
  const called = commandNames.filter((name) => says.some((say) => shortName(name, say) === text));
  return (
    commandNames.find((name) => name === text) ?? (called.length === 1 ? called[0] : undefined)
  );
}

/** The commands that are called much like a text. */
const likeWords = (text: string, say: Say): string =>
  say.list(
    commandNames
      .filter((name) => name.includes(text) || shortName(name, say).includes(text))
      .map((name) => say.aside(shortName(name, say), name)),
  );

/** As {@link commandNamed}. @throws ClientError USAGE */
export function commandOf(text: string): CommandName {
  const name = commandNamed(text);
  if (name !== undefined) return name;
  const [zh, en] = [sayIn('zh'), sayIn('en')].map((say) => likeWords(text, say));
  throw new ClientError('USAGE', {
    zh: `没有命令“${text}”${zh === '' ? '' : `，可用：${zh}`}。`,
    en: `There is no command "${text}"${en === '' ? '' : `; there are: ${en}`}.`,
  });
}

function isShown(spec: WriteSpec, field: FormField, known: Known): boolean {
  if (spec.file !== undefined) return false;
  // Of several open steps each has a line of its own; a list that may be left out is given where it is known what of.
  if (field.filled === true) {
    const given = known[field.name];
    return Array.isArray(given) || (isOwnStep(field) && given !== undefined);
  }
  if (field.required || known[field.name] !== undefined) return true;
  return flagsIn(spec.example).includes(field.flag) && !isSpare(spec, field);
}

/** What not every act of the kind needs, though its example gives it; and the part of the record, which an act on the whole has not. */
const isSpare = ({ spare = [] }: WriteSpec, { name, of = name }: FormField): boolean =>
  name === 'stepId' || spare.includes(of);

/** Options of the example that are no fields of the input: a folder that is verified, the code of a reason. */
function othersOf({ example, fields, words = [] }: WriteSpec, say: Say): string[] {
  const own = new Set([...fields, ...words].map(({ flag }) => flag));
  const others = flagsIn(example).filter((flag) => !own.has(flag) && flag !== 'file');
  return others.map(
    (flag) => `--${flag} ${say(otherPlaces[flag] ?? { zh: '<文字>', en: '<text>' })}`,
  );
}

const otherPlaces: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  folder: { zh: '<目录>', en: '<folder>' },
  'reason-code': { zh: '<理由代码>', en: '<code>' },
  key: { zh: '<密钥文件>', en: '<key file>' },
};

const flagsIn = (example: string): string[] =>
  [...example.matchAll(/ --([a-z][a-z0-9-]*)/g)].map(([, flag = '']) => flag);

function valueOf(field: FormField, spec: WriteSpec, known: unknown, say: Say): string {
  if (!Array.isArray(known)) return textOf(known) ?? placeOf(field, spec, say);
  const content = isOfFiles(field)
    ? { zh: '<文件>', en: '<file>' }
    : { zh: '<内容>', en: '<value>' };
  return known
    .map(String)
    .map((one) => (one.includes('=') || field.kind === 'list' ? one : `${one}=${say(content)}`))
    .join(' ');
}

const isOfFiles = ({ kind }: FormField): boolean => kind === 'documents';

function textOf(known: unknown): string | undefined {
  if (typeof known === 'boolean' || typeof known === 'number') return String(known);
  return typeof known === 'string' && known !== '' ? known : undefined;
}

/** The place of a value: its choices where they are few, what it is called where it is a text, and the example's, else how it is written. */
function placeOf(field: FormField, spec: WriteSpec, say: Say): string {
  const { choices, kind } = field;
  const words = field.words ?? wordsOf(choices);
  const all = field.words === undefined ? choices : Object.keys(field.words);
  if (all.length > 0 && all.length <= mostChoices) {
    return `<${all.map((one) => typed(say.member(words, one), one)).join('|')}>`;
  }
  if (kind !== 'text' && kind !== 'list') return say(writtenOf(field));
  const sample = sampleIn(spec.example, field.flag);
  const like = sample && say.member(words, sample);
  const text = fieldText(field, say);
  return like === undefined
    ? `<${text}>`
    : say({ zh: `<${text}，如 ${like}>`, en: `<${text}, as ${like}>` });
}

/** A choice by its word, by its code where the word would have to be quoted. */
const typed = (word: string, code: string): string => (/[\s'"]/.test(word) ? code : word);

/** A code as it is typed for a field: by the word of its closed list, where it has one of one meaning. */
export function typedAs({ choices, words }: FormField, code: string, say: Say): string {
  const known = words ?? wordsOf(choices);
  const word = typed(say.member(known, code), code);
  return codeOf(word, Object.keys(known), known) === code ? word : code;
}

/** What an example has for an option, where it is a number or a code: these have a form. */
const sampleIn = (example: string, flag: string): string | undefined =>
  new RegExp(` --${flag} ([A-Za-z0-9][A-Za-z0-9._-]*)(?: |$)`).exec(example)?.[1];
