import { commandNames, commands, type CommandName } from '@yici/domain/model';
import { z } from 'zod';
import { ClientError } from '../../errors.js';
import { parseJson, type Terminal } from '../../terminal/terminal.js';
import { listKinds } from '../form/fields.js';
import { attributeOf, inputIssues, type FormSources } from '../form/values.js';
import { readTyped } from '../write/input.js';
import type { Input } from '../write/prepare.js';
import { writeSpec } from '../write/spec.js';
import { csvRows } from './csv.js';

/** One command of a batch. */
export interface Act {
  /** Where it stands in its file. */
  readonly line: number;
  readonly command: CommandName;
  /** Whole: nothing is filled in or sealed, so that a rerun is about the same. */
  readonly input: Input;
}

const actSchema = z.strictObject({
  command: z.enum(commandNames as readonly [CommandName, ...CommandName[]]),
  input: z.record(z.string(), z.unknown()),
});

/**
 * The commands of a file: JSON lines `{"command", "input"}`, or by its ending CSV, whose columns are `command` and the
 * options of the command line. All are checked before any is sent.
 * @throws ClientError USAGE with every offending place, by line.
 */
export async function readActs(file: string, terminal: Terminal): Promise<Act[]> {
  const text = new TextDecoder().decode(await terminal.read(file));
  const acts = file.endsWith('.csv') ? await fromCsv(text, terminal) : fromJson(file, text);
  const issues = acts.flatMap(({ line, command, input }) => {
    const { under: _under, private: _private, ...given } = input;
    const { input: schema, issued } = commands[command];
    return inputIssues(schema, given, issued).map(({ path, message }) => ({
      path: `/${line}${path}`,
      message,
    }));
  });
  if (issues.length === 0) return acts;
  const message = `${file}: 有的行不符合要求 some lines are not as required`;
  throw new ClientError('USAGE', message, { details: { issues } });
}

function fromJson(file: string, text: string): Act[] {
  return text.split(/\r?\n/).flatMap((written, index) => {
    if (written.trim() === '') return [];
    const line = index + 1;
    const parsed = actSchema.safeParse(parseJson(`${file}:${line}`, written));
    if (parsed.success) return [{ line, ...parsed.data }];
    throw new ClientError('USAGE', `${file}:${line}: ${z.prettifyError(parsed.error)}`);
  });
}

async function fromCsv(text: string, terminal: Terminal): Promise<Act[]> {
  const [columns = [], ...rows] = csvRows(text);
  const acts: Act[] = [];
  for (const [index, row] of rows.entries()) {
    const cells = columns.map((column, place) => [column, row[place] ?? ''] as const);
    const line = index + 2;
    acts.push({ line, ...(await actOf(line, new Map(cells), terminal)) });
  }
  return acts;
}

async function actOf(line: number, cells: ReadonlyMap<string, string>, terminal: Terminal) {
  const named = actSchema.shape.command.safeParse(cells.get('command'));
  if (!named.success) throw wrongCell(line, 'command', '没有这一命令 is no command');
  const command = named.data;
  const spec = writeSpec(command);
  const values: Record<string, unknown> = {};
  for (const [column, cell] of cells) {
    const field = spec.fields.find(({ flag }) => flag === column);
    const word = spec.words?.some(({ flag }) => flag === column) === true;
    if (cell === '' || ['command', spec.argument?.flag].includes(column)) continue;
    if (field === undefined && !word) throw wrongCell(line, column, '不是选项 is no option');
    const list = field !== undefined && listKinds.has(field.kind);
    values[attributeOf(column)] = word ? cell === 'true' : list ? cell.split(';') : cell;
  }
  const argument = cells.get(spec.argument?.flag ?? '') ?? '';
  return { command, input: await readTyped(spec, argument, values, unsealed(line, terminal)) };
}

/** A salt would make a rerun another command, so digests are given as such. */
const unsealed = (line: number, terminal: Terminal): FormSources => ({
  terminal,
  seal: (_content, label) =>
    Promise.reject(wrongCell(line, label, '批量文件中只写摘要 takes a digest, as sha256:<hex>')),
});

function wrongCell(line: number, column: string, problem: string): ClientError {
  return new ClientError('USAGE', `第 ${line} 行 line ${line}, ${column}: ${problem}.`);
}
