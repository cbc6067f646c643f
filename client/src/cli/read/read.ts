import {
  commandOptions,
  reads as readsOfApi,
  type Asked,
  type ItemOf,
  type ListName,
  type ReadName,
  type Shape,
} from '@yici/api';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import { ClientError } from '../../errors.js';
import type { YiciClient } from '../../api/client.js';
import type { ChainCheck } from '../../chain/chain.js';
import { withCaller, type Caller, type GlobalOptions } from '../caller.js';
import { renderTable, type Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { printable } from '../../terminal/text.js';

/** Result of a reading command: the object for `--json` and the lines for a person. */
export interface Shown {
  readonly json: unknown;
  readonly lines: readonly string[];
  /** For a failed check: the result is printed, then the command fails with this sentence. */
  readonly failed?: string;
}

export type ReadValues = GlobalOptions & Readonly<Record<string, unknown>>;
type Read = (caller: Caller, args: readonly string[], values: ReadValues) => Promise<Shown>;

/** Sets a command's action: open a caller, read, print, close. */
export function reads(command: Command, terminal: Terminal, read: Read): Command {
  return command.action(async (...all: unknown[]) => {
    const args = all.slice(0, -2).map(String);
    const values: ReadValues = command.optsWithGlobals();
    await withCaller(terminal, values, async (caller) => {
      show(terminal, values, await read(caller, args, values));
    });
  });
}

/** Prints a result for people, or as JSON. */
export function show(terminal: Terminal, values: GlobalOptions, shown: Shown): void {
  if (values.json === true) terminal.out(JSON.stringify(shown.json));
  else for (const line of shown.lines) terminal.out(line);
  if (shown.failed !== undefined) {
    throw new ClientError('CHECK_FAILED', shown.failed, { details: { reported: true } });
  }
}

/** The result of recomputing a chain of events; `of` names its record. */
export function checkedChain(of: object, check: ChainCheck): Shown {
  const holds = check.findings.length === 0;
  return {
    json: { ...of, ...check },
    lines: [
      `${holds ? '✓ 事件链成立 the chain holds' : '✗ 事件链不成立 the chain does NOT hold'}: ${check.events} 个事件 events, 链头 head ${check.head}`,
      ...check.findings.map(({ code, seq, detail }) =>
        printable(`  ${code} seq ${seq}: ${detail}`),
      ),
    ],
    ...(!holds && { failed: 'The chain does not hold.' }),
  };
}

export function exampleOf(command: Command, line: string): Command {
  return command.addHelpText('after', `\n示例 example:\n  $ ${line}`);
}

/** Options of every list. */
export function withListOptions(command: Command): Command {
  return command
    .option('--limit <number>', '最多条数，缺省 50 at most so many, 50 unless told', '50')
    .option('--all', '全部 every one');
}

type Asking = Readonly<Record<string, string | undefined>>;

/** The options of a read, by the parts of its query: those that it offers and this command has not got already. */
function optionsOf(name: ReadName, command?: Command): (readonly [part: string, Option])[] {
  const shape: Shape = readsOfApi[name].query.shape;
  return Object.entries(shape).flatMap(([part, schema]) => {
    const told = commandOptions.get(schema);
    if (told === undefined) return [];
    const option = new Option(told.flags, told.note);
    if (schema instanceof z.ZodDefault) option.default(schema.def.defaultValue);
    const known = command?.options.some((one) => one.long === option.long) === true;
    return known ? [] : [[part, option] as const];
  });
}

export function offer(command: Command, name: ReadName): Command {
  for (const [, option] of optionsOf(name, command)) command.addOption(option);
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
  readonly columns: readonly Column<ItemOf<N>>[];
  readonly description: string;
  readonly example: string;
}

/** Makes a command show a list: its arguments are what the path names, its options what narrows the list. */
export function lists<N extends ListName>(
  command: Command,
  terminal: Terminal,
  { read: name, columns, description, example }: Listing<N>,
): Command {
  const params: Shape = readsOfApi[name].params.shape;
  for (const param of Object.keys(params)) command.argument(`<${param}>`);
  offer(withListOptions(command).description(description), name);
  reads(command, terminal, ({ client }, args, values) => {
    const named = Object.keys(params).map((param, index) => [param, args[index]] as const);
    const query = { ...Object.fromEntries(named), ...asked(name, values) };
    return listOf(client, name, columns, { query, values });
  });
  return exampleOf(command, example);
}

/** Reads a list up to `--limit`, or all of it, and shows it as a table. */
export async function listOf<N extends ListName>(
  client: YiciClient,
  name: N,
  columns: readonly Column<ItemOf<N>>[],
  { query, values }: { readonly query: Asking; readonly values: ReadValues },
): Promise<Shown> {
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
  const lines = renderTable(columns, items);
  return {
    json: { items, more },
    lines: more ? [...lines, '… 还有更多，用 --all more with --all'] : lines,
  };
}

export function limitOf(values: ReadValues): number {
  if (values['all'] === true) return Number.MAX_SAFE_INTEGER;
  const limit = Number(values['limit'] ?? 50);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new ClientError('USAGE', '--limit 须为正整数 takes a positive whole number.');
}

/** An option's value as text, when it was given. */
export function textOption(values: ReadValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
