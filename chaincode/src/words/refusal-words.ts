import { z } from 'zod';
import { commands, queries } from '../commands';
import { contractErrors } from '../errors';
import type { ContractErrorMeaning } from '../kernel/laws';
import { filled, slotsOf, type Slot } from '../kernel/template';
import type { Language, Words } from '../kernel/words';
import { detailWords, silentDetails } from './detail-words';
import type { Names } from './names';
import { recordWords, type RecordWords } from './record-words';
import { listed, valueWords, type Saying } from './value-words';
import { fieldWord, wordOf } from './vocabularies';

/** A refusal by the rules, as it was received. */
export interface Refused {
  readonly code: string;
  readonly details?: unknown;
}

/** A refusal as it is said to whoever was refused. */
export interface RefusalWords {
  /** What is wrong, with the details filled in. */
  readonly sentence: string;
  /** What to do now, a sentence; empty when nothing is known. */
  readonly next: string;
  /** The commands that come next. */
  readonly acts: readonly Act[];
}

export interface Act {
  readonly command: keyof typeof commands;
  readonly words: string;
}

const detailsSchema = z.record(z.string(), z.unknown());

/**
 * A refusal in words: pure, of the code, the details and the names that the caller knows. Undefined for a code that is newer
 * than this program.
 */
export function refusalWords(
  { code, details: given }: Refused,
  language: Language,
  names: Names = {},
): RefusalWords | undefined {
  const meanings: Readonly<Record<string, ContractErrorMeaning>> = contractErrors;
  const meaning = Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  if (meaning === undefined) return undefined;
  const parsed = detailsSchema.safeParse(given);
  const details = parsed.success ? parsed.data : {};
  const record = recordOf(details);
  const { states, lists } = record ?? {};
  const saying: Saying = { language, names, states, lists, details };
  const acts = actsOf(meaning, record, details, language);
  const said = listed(
    acts.map(({ words }) => words),
    language,
  );
  const slot: Slot = (name) => {
    if (name === 'acts') return said === '' ? undefined : said;
    return name === 'record' ? nameOf(record, saying) : detailOf(insteadOf(name, details), saying);
  };
  const { text, next } = templatesOf(meaning, details, language);
  const fill = (template: string) => capital(filled(template, slot, unknown[language]));
  const rest = restOf(slotsOf(text), record, saying);
  return { sentence: withRest(fill(text), rest, language), next: fill(next), acts };
}

/** A sentence may begin with the name of what it is about. */
const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** Stands where a sentence needs a detail that the refusal lacks; only an older contract's can. */
export const unknown: Readonly<Record<Language, string>> = { zh: '（未注明）', en: '(not given)' };

export const nextActs: Words = { zh: '[下一步：{acts}。]', en: '[Next: {acts}.]' };

function templatesOf(
  { causes, next = nextActs, ...words }: ContractErrorMeaning,
  { problem }: Saying['details'],
  language: Language,
): { readonly text: string; readonly next: string } {
  const cause = typeof problem === 'string' ? wordOf(causes, problem) : undefined;
  return { text: (cause ?? words)[language], next: next[language] };
}

/** Missing materials that the contract did not tell apart are told by their codes. */
function insteadOf(name: string, { materials, attestations }: Saying['details']): string {
  const apart = materials ?? attestations;
  return name === 'materials' && apart === undefined ? 'codes' : name;
}

/** What a refusal is about, by the ids in its details. */
function recordOf(details: Saying['details']): RecordWords | undefined {
  return recordWords.find(({ ids }) => ids.every((id) => details[id] !== undefined));
}

/** `办件“YC…-0001”`, `事项“YC…”第 2 版`. */
function nameOf(record: RecordWords | undefined, saying: Saying): string | undefined {
  const { language, details } = saying;
  if (record === undefined) return { zh: '该记录', en: 'such record' }[language];
  const id = record.ids.flatMap((name) => valueWords(name, details[name], saying) ?? []).join(' ');
  const { version } = details;
  const number = version === undefined ? '' : versionWords(version, language);
  const { zh, en } = record.words;
  return language === 'zh' ? `${zh}“${id}”${number}` : `${en} ${id}${number}`;
}

const versionWords = (version: unknown, language: Language): string =>
  ({ zh: `第 ${String(version)} 版`, en: `, version ${String(version)}` })[language];

/** The detail of a path, `couldAct.role`, in words. */
function detailOf(path: string, saying: Saying): string | undefined {
  const parts = path.split('.');
  const value = parts.reduce<unknown>(
    (from, part) => (from === undefined ? undefined : detailsSchema.safeParse(from).data?.[part]),
    saying.details,
  );
  const name = parts.at(-1) ?? '';
  if (name === 'command' && typeof value === 'string') return commandWords(value, saying.language);
  return valueWords(name, value, saying);
}

const named: Readonly<Record<string, { readonly summary: Words }>> = { ...queries, ...commands };

/** What an act or a query is called, without what its summary adds in brackets. */
export function commandWords(name: string, language: Language): string {
  const summary = Object.hasOwn(named, name) ? named[name]?.summary : undefined;
  return summary === undefined ? name : (summary[language].split(/（| \(/)[0] ?? name);
}

function actsOf(
  meaning: ContractErrorMeaning,
  record: RecordWords | undefined,
  { state, status }: Saying['details'],
  language: Language,
): Act[] {
  const now = state ?? status;
  const ofState = typeof now === 'string' ? actsFrom(record, now) : undefined;
  const names = meaning.acts ?? ofState ?? [];
  return names.flatMap((command) =>
    isCommand(command) ? [{ command, words: commandWords(command, language) }] : [],
  );
}

/** The acts that come next from a state. */
function actsFrom(record: RecordWords | undefined, state: string): readonly string[] | undefined {
  const acts: Readonly<Record<string, readonly string[]>> = record?.acts ?? {};
  return Object.hasOwn(acts, state) ? acts[state] : undefined;
}

const isCommand = (name: string): name is keyof typeof commands => Object.hasOwn(commands, name);

interface Fact {
  readonly label: string;
  readonly value: string;
}

/** The details that the sentence has not said. */
function restOf(used: readonly string[], record: RecordWords | undefined, saying: Saying): Fact[] {
  const said = new Set(used.map((path) => path.split('.')[0]));
  // Materials are told by name.
  if (said.has('materials')) said.add('codes');
  if (said.has('record')) for (const id of [...(record?.ids ?? []), 'version']) said.add(id);
  return Object.keys(saying.details).flatMap((name) => {
    if (said.has(name) || silentDetails.has(name)) return [];
    const label = wordOf(detailWords, name) ?? fieldWord(name);
    const value = detailOf(name, saying);
    return value === undefined ? [] : [{ label: label?.[saying.language] ?? name, value }];
  });
}

function withRest(sentence: string, rest: readonly Fact[], language: Language): string {
  if (rest.length === 0) return sentence;
  const body = sentence.replace(/[。.]$/, '');
  return language === 'zh'
    ? `${body}（${rest.map(({ label, value }) => `${label}：${value}`).join('；')}）。`
    : `${body} (${rest.map(({ label, value }) => `${label}: ${value}`).join('; ')}).`;
}
