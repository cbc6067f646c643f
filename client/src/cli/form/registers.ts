import type { Words } from '@yici/domain/model';
import { sayIn, type Register } from '@yici/terminal';
import { ClientError } from '../../errors.js';
import type { Caller } from '../caller.js';
import { known } from '../known.js';
import { namesOfCase } from '../names-of-case.js';
import type { Offered } from './offered.js';

/** What the ledger has names for, and how each is called. */
const named = {
  department: { zh: '部门', en: 'department' },
  dataset: { zh: '政务数据目录项', en: 'data set' },
  matter: { zh: '事项', en: 'matter' },
  oneThing: { zh: '“一件事”', en: 'one thing' },
  step: { zh: '环节', en: 'step' },
  material: { zh: '材料', en: 'material' },
  field: { zh: '字段', en: 'field' },
  condition: { zh: '共享条件', en: 'condition' },
} as const satisfies Partial<Record<Offered, Words>>;
type Named = keyof typeof named;

const hasNames = (offered: Offered | undefined): offered is Named =>
  offered !== undefined && offered in named;

/** Those that are called the same wherever they are named. */
export const isNamed = (offered: Offered | undefined): offered is Offered & Register =>
  offered === 'department' || offered === 'dataset' || offered === 'matter' || offered === 'step';

/** How an id can be written; what cannot be one is a name. */
const isCode = (text: string): boolean => /^[A-Za-z0-9._-]+$/.test(text);

/**
 * A value with ids in the place of names: itself, each of several, or the codes of several. What is neither name nor can be an
 * id is refused with what there is.
 * @param about what was named before on the line: steps and materials are those of the case, fields those of the data set
 * @throws ClientError USAGE
 */
export async function idsMeant(
  offered: Offered | undefined,
  value: unknown,
  caller: Caller,
  about: readonly string[] = [],
): Promise<unknown> {
  const texts = textsIn(value);
  if (!hasNames(offered) || texts.every(isCode)) return value;
  const names = await namesOf(offered, caller, about);
  const ids = new Map(texts.map((text) => [text, idNamed(offered, text, names)]));
  return withIds(value, ids);
}

/** {@link idsMeant} of one text. */
export async function idMeant(
  offered: Offered | undefined,
  text: string,
  caller: Caller,
  about: readonly string[] = [],
): Promise<string> {
  if (!hasNames(offered) || isCode(text)) return text;
  return idNamed(offered, text, await namesOf(offered, caller, about));
}

const codeIn = (item: unknown): string | undefined =>
  typeof item === 'object' && item !== null && 'code' in item && typeof item.code === 'string'
    ? item.code
    : undefined;

/** The texts that stand for ids in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return [codeIn(value)].filter((code) => code !== undefined);
}

function withIds(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one: unknown) => withIds(one, ids));
  const code = codeIn(value);
  return code === undefined ? value : Object.assign({}, value, { code: ids.get(code) ?? code });
}

type Entries = readonly (readonly [id: string, name: Words])[];

async function namesOf(offered: Named, caller: Caller, about: readonly string[]): Promise<Entries> {
  const [caseNo] = about;
  if (offered === 'step') {
    return caseNo === undefined ? [] : entriesOf((await namesOfCase(caller.client, caseNo)).step);
  }
  if (isNamed(offered)) return entriesOf((await caller.names())[offered]);
  const found = await known(caller, offered, about);
  return found.map(({ value, name }) => [value, { zh: name, en: name }]);
}

const entriesOf = (names: ReadonlyMap<string, Words> = new Map<string, Words>()): Entries => [
  ...names,
];

/** The id that somebody means by a name. @throws ClientError USAGE where none, or several, are called this */
function idNamed(offered: Named, text: string, names: Entries): string {
  const ids = names
    .filter(([id, { zh, en }]) => id === text || zh === text || en === text)
    .map(([id]) => id);
  const [first, ...others] = ids;
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined) {
    throw new ClientError('USAGE', {
      zh: `名为“${text}”的有多个，请填代码：${ids.join('、')}。`,
      en: `Several are called "${text}", give one of their ids: ${ids.join(', ')}.`,
    });
  }
  if (isCode(text)) return text;
  const what = named[offered];
  const [zh, en] = (['zh', 'en'] as const).map((language) => listOf(text, names, sayIn(language)));
  throw new ClientError('USAGE', {
    zh: `没有名为“${text}”的${what.zh}${zh === undefined ? '' : `，可填：${zh}`}。`,
    en: `No ${what.en} is called "${text}"${en === undefined ? '' : `; there are: ${en}`}.`,
  });
}

/** More are left out unless the text is part of their name. */
const most = 20;

/** What is called like a text, else all where they are few. */
function listOf(text: string, names: Entries, say: ReturnType<typeof sayIn>): string | undefined {
  const like = names.filter(([, name]) => say(name).includes(text) || text.includes(say(name)));
  const shown = like.length > 0 ? like : names.length > most ? [] : names;
  if (shown.length === 0) return undefined;
  return say.list(shown.map(([id, name]) => (say(name) === id ? id : say.aside(name, id))));
}
