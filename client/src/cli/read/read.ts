import type { Command } from 'commander';
import type { z } from 'zod';
import { ClientError } from '../../errors.js';
import type { Query, YiciClient } from '../../api/client.js';
import { openCaller, type Caller, type GlobalOptions } from '../caller.js';
import { renderTable, type Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';

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
    const caller = await openCaller(terminal, values);
    try {
      show(terminal, values, await read(caller, args, values));
    } finally {
      await caller.close();
    }
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

/** Adds an example to a command's help. */
export function exampleOf(command: Command, line: string): Command {
  return command.addHelpText('after', `\n示例 example:\n  $ ${line}`);
}

/** Options of every list. */
export function withListOptions(command: Command): Command {
  return command
    .option('--limit <number>', '最多条数，缺省 50 at most so many, 50 unless told', '50')
    .option('--all', '全部 every one');
}

/** Reads a list up to `--limit`, or all of it, and prints it as a table. */
export async function listOf<T extends z.ZodType>(
  client: YiciClient,
  schema: T,
  columns: readonly Column<z.infer<T>>[],
  {
    path,
    query,
    values,
  }: { readonly path: string; readonly query?: Query; readonly values: ReadValues },
): Promise<Shown> {
  const most = limitOf(values);
  const items: z.infer<T>[] = [];
  let more = false;
  for await (const item of client.list(path, { ...query, limit: Math.min(most, 200) })) {
    if (items.length >= most) {
      more = true;
      break;
    }
    items.push(parsed(schema, item, path));
  }
  const lines = renderTable(columns, items);
  return {
    json: { items, more },
    lines: more ? [...lines, '… 还有更多，用 --all more with --all'] : lines,
  };
}

function limitOf(values: ReadValues): number {
  if (values['all'] === true) return Number.MAX_SAFE_INTEGER;
  const limit = Number(values['limit'] ?? 50);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new ClientError('USAGE', '--limit 须为正整数 takes a positive whole number.');
}

/** @throws ClientError GATEWAY_ANSWER_INVALID when the response does not match the ledger's schema. */
export function parsed<T extends z.ZodType>(schema: T, item: unknown, path: string): z.infer<T> {
  const result = schema.safeParse(item);
  if (result.success) return result.data;
  throw new ClientError(
    'GATEWAY_ANSWER_INVALID',
    `The gateway's answer to ${path} is not as documented.`,
    {
      details: {
        issues: result.error.issues.map((issue) => ({
          path: issue.path.join('/'),
          message: issue.message,
        })),
      },
    },
  );
}

/** An option's value as text, if given. */
export function textOption(values: ReadValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
