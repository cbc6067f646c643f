import {
  commandOptions,
  reads as readsOfApi,
  type Asked,
  type ItemOf,
  type ListName,
  type ReadName,
  type Shape,
} from '@yici/api';
import { Argument, type Option } from 'commander';
import type { Words } from '@yici/domain/model';
import { z } from 'zod';
import {
  exampleOf,
  renderTable,
  printable,
  sayIn,
  type Column,
  type Names,
  type Say,
  type Text,
  type SpokenCommand as Command,
} from '@yici/terminal';
import type { YiciClient } from '../../api/client.js';
import { ClientError } from '../../errors.js';
import type { ChainCheck } from '../../chain/chain.js';
import { choiceOption } from '../form/choices.js';
import { fieldText } from '../form/fields.js';
import { withCaller, type Caller, type GlobalOptions } from '../caller.js';
import type { Terminal } from '../../terminal/terminal.js';
import { offer as noteOffered, offeredBy, offeredFor } from '../form/offered.js';
import { idMeant } from '../form/registers.js';

/** Result of a reading command: the object for `--json` and the lines for a person. */
export interface Shown {
  readonly json: unknown;
  readonly lines: readonly Text[];
  /** For a failed check: the result is printed, then the command fails with this sentence. */
  readonly failed?: Words;
}

interface Listed<Item> extends Shown {
  readonly json: { readonly items: readonly Item[]; readonly more: boolean };
}

export type ReadValues = GlobalOptions & Readonly<Record<string, unknown>>;
type Read = (caller: Caller, args: readonly string[], values: ReadValues) => Promise<Shown>;

/** Sets a command's action: open a caller, read, print, close. */
export function reads(command: Command, terminal: Terminal, read: Read): Command {
  return command.action(async (...all: unknown[]) => {
    const given = all.slice(0, -2).filter((argument) => argument !== undefined);
    const args = given.map(String);
    const values: ReadValues = command.optsWithGlobals();
    await withCaller(terminal, values, async (caller) => {
      const meant = await argumentsMeant(command, args, caller);
      show(terminal, values, await read(caller, meant, values));
    });
  });
}

/** What was named on the line, with ids in the place of names. */
async function argumentsMeant(command: Command, args: readonly string[], caller: Caller) {
  const meant: string[] = [];
  for (const [at, text] of args.entries()) {
    const argument = command.registeredArguments[at];
    const offered = argument && offeredBy(argument);
    meant.push(await idMeant(offered, text, caller, meant));
  }
  return meant;
}

/** What stands in the place of an argument. */
const argumentWord = (field: string, say: Say): string =>
  say.language === 'zh' ? fieldText({ name: field }, say) : field;

/**
 * Adds what the path of a read names as arguments, which can be given by id or, where there are names, by name; behind them a
 * part of its query that may be left out.
 */
export function names(command: Command, read: ReadName, last?: string): Command {
  const { params, query } = readsOfApi[read];
  const shapes: Shape = { ...params.shape, ...query.shape };
  for (const name of [...Object.keys(params.shape), ...(last === undefined ? [] : [last])]) {
    const word = argumentWord(name, command.say);
    const argument = new Argument(name === last ? `[${word}]` : `<${word}>`);
    command.addArgument(noteOffered(argument, offeredFor(shapes[name])));
  }
  return command;
}

/** Prints a result for people, or as JSON. */
export function show(terminal: Terminal, values: GlobalOptions, shown: Shown): void {
  if (values.json === true) terminal.out(JSON.stringify(shown.json));
  else for (const line of shown.lines) terminal.out(terminal.say(line));
  if (shown.failed !== undefined) {
    throw new ClientError('CHECK_FAILED', shown.failed, { details: { reported: true } });
  }
}

/** The result of recomputing a chain of events; `of` names its record. */
export function checkedChain(of: object, check: ChainCheck): Shown {
  const holds = check.findings.length === 0;
  const { events, head } = check;
  const failed = { zh: '办理记录与校验值不符。', en: 'The chain does not hold.' };
  return {
    json: { ...of, ...check },
    lines: [
      holds
        ? {
            zh: `✓ 办理记录完整，未被改动：共 ${events} 条，记录校验值 ${head}`,
            en: `✓ the chain holds: ${events} events, head ${head}`,
          }
        : {
            zh: `✗ 办理记录与校验值不符：共 ${events} 条，记录校验值 ${head}`,
            en: `✗ the chain does NOT hold: ${events} events, head ${head}`,
          },
      ...check.findings.map(({ code, seq, detail }) => ({
        zh: printable(`  ${code} 序号 ${seq}：${detail}`),
        en: printable(`  ${code} seq ${seq}: ${detail}`),
      })),
    ],
    ...(!holds && { failed }),
  };
}

/** Options of every list. */
export function withListOptions(command: Command): Command {
  return command
    .option('--limit <number>', { zh: '最多条数', en: 'at most so many' }, '50')
    .option('--all', { zh: '全部列出', en: 'every one' });
}

type Asking = Readonly<Record<string, string | undefined>>;

/** The options of a read, by the parts of its query: those that it offers and this command has not got already. */
function optionsOf(name: ReadName, say: Say = sayIn('en')): (readonly [part: string, Option])[] {
  const shape: Shape = readsOfApi[name].query.shape;
  return Object.entries(shape).flatMap(([part, schema]) => {
    const told = commandOptions.get(schema);
    if (told === undefined) return [];
    const takes = told.flags.includes('<') ? choicesIn(schema) : [];
    const made = choiceOption(told.flags, say(told.note), takes);
    const option = noteOffered(made, offeredFor(schema));
    if (schema instanceof z.ZodDefault) option.default(schema.def.defaultValue);
    return [[part, option] as const];
  });
}

/** What a part of a query can be, where that is a closed list. */
function choicesIn(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    // What it wraps is a schema of zod's core, of which this is the public class.
    return choicesIn(schema.unwrap() as z.ZodType);
  }
  return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
}

export function offer(command: Command, name: ReadName): Command {
  const has = ({ long }: Option) => command.options.some((one) => one.long === long);
  for (const [, option] of optionsOf(name, command.say)) {
    if (!has(option)) command.addOption(option);
  }
  return command;
}

/** What was given of them, as the read is asked with it. */
export function asked(name: ReadName, values: ReadValues): Asking {
  const given = optionsOf(name).map(([part, option]) => {
    const value = values[option.attributeName()];
    return [part, value === true ? 'true' : textOption(values, option.attributeName())] as const;
  });
  return Object.fromEntries(given);
}

interface Listing<N extends ListName> {
  readonly read: N;
  /** What one does at a record of the list, where it is more than to look at it. */
  readonly leadsTo?: Words;
  /** A part of the query that is an argument, such as the record whose part the list is. */
  readonly argument?: keyof Asked<N> & string;
  readonly columns: readonly Column<ItemOf<N>>[];
  readonly description: Words;
  readonly example: string;
  /** What more is called by names on it. */
  readonly knowing?: (client: YiciClient, args: readonly string[]) => Promise<Names>;
}

/** Makes a command show a list: its arguments are what the path names, its options what narrows the list. */
export function lists<N extends ListName>(
  command: Command,
  terminal: Terminal,
  { read: name, argument, columns, description, example, leadsTo = toLook, knowing }: Listing<N>,
): Command {
  const params: Shape = readsOfApi[name].params.shape;
  const places = [...Object.keys(params), ...(argument === undefined ? [] : [argument])];
  offer(names(withListOptions(command), name, argument).description(description), name);
  reads(command, terminal, async (caller, args, values) => {
    const named = places.map((place, index) => [place, args[index]] as const);
    const given = { ...Object.fromEntries(named), ...asked(name, values) };
    const query = await withIds(given, readsOfApi[name].query.shape, caller);
    const { client } = caller;
    const say = knowing ? caller.say.knowing(await knowing(client, args)) : caller.say;
    const shown = await listOf({ client, say }, name, columns, { query, values });
    const lines = shown.json.items.length === 0 ? [] : showsOne(command, leadsTo);
    return { ...shown, lines: [...shown.lines, ...lines] };
  });
  return exampleOf(command, example);
}

const toLook: Words = { zh: '查看', en: 'to look at one' };

/** Where one goes from a list: `show` of its group, of `cards` `card-show`. */
function showsOne(list: Command, { zh, en }: Words): Words[] {
  const verb = list.name() === 'list' ? 'show' : list.name().replace(/s$/, '-show');
  const shown = list.parent?.commands.find((one) => one.name() === verb);
  if (shown === undefined) return [];
  const places = shown.registeredArguments.map((one) => `<${one.name()}>`);
  const line = ['yici', list.parent?.name() ?? '', verb, ...places].join(' ');
  return [{ zh: `${zh}：${line}`, en: `${en}: ${line}` }];
}

/** What is asked, with ids in the place of names. */
async function withIds(given: Asking, schemas: Shape, caller: Caller): Promise<Asking> {
  const entries: (readonly [string, string | undefined])[] = [];
  for (const [part, text] of Object.entries(given)) {
    const meant = text && (await idMeant(offeredFor(schemas[part]), text, caller));
    entries.push([part, meant]);
  }
  return Object.fromEntries(entries);
}

/** What a list ends with that has more. */
export const moreLine: Words = { zh: '… 还有更多，用 --all 全部列出', en: '… more with --all' };

/** Reads a list up to `--limit`, or all of it, and shows it as a table. */
export async function listOf<N extends ListName>(
  { client, say }: Pick<Caller, 'client' | 'say'>,
  name: N,
  columns: readonly Column<ItemOf<N>>[],
  { query, values }: { readonly query: Asking; readonly values: ReadValues },
): Promise<Listed<ItemOf<N>>> {
  const most = limitOf(values);
  const items: ItemOf<N>[] = [];
  let more = false;
  // Its names are those of the read's own definition.
  const whole = { ...query, limit: Math.min(most, 200) } as unknown as Asked<N>;
  for await (const item of client.list(name, whole)) {
    if (items.length >= most) {
      more = true;
      break;
    }
    items.push(item);
  }
  const lines = renderTable(columns, items, say);
  return { json: { items, more }, lines: more ? [...lines, moreLine] : lines };
}

export function limitOf(values: ReadValues): number {
  if (values['all'] === true) return Number.MAX_SAFE_INTEGER;
  const limit = Number(values['limit'] ?? 50);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new ClientError('USAGE', {
    zh: '--limit 须为正整数。',
    en: '--limit takes a positive whole number.',
  });
}

/** An option's value as text, when it was given. */
export function textOption(values: ReadValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
