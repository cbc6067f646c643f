import { commandNames, commands, type CommandName } from '@yici/domain/model';
import { z } from 'zod';
import { ClientError } from '../../errors.js';
import { parseJson, type Terminal } from '../../terminal/terminal.js';
import { listKinds } from '../form/fields.js';
import { attributeOf, inputIssues, type FormSources } from '../form/values.js';
import type { Act } from '../batch/run.js';
import { csvRows } from './csv.js';
import { ownFields, readTyped } from './input.js';
import { writeSpec, type WriteSpec } from './spec.js';

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
    const { input: schema, issued } = commands[command];
    return inputIssues(schema, ownFields(input), issued).map(({ path, message }) => ({
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
  const [columns = [], ...rows] = csvRows(text.replace(/^\ufeff/, ''));
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
  const others = ['command', spec.argument?.flag];
  const values: Record<string, unknown> = {};
  for (const [column, cell] of cells) {
    if (cell === '' || others.includes(column)) continue;
    values[attributeOf(column)] = optionIn(line, spec, column, cell);
  }
  const argument = cells.get(spec.argument?.flag ?? '') ?? '';
  return { command, input: await readTyped(spec, argument, values, unsealed(line, terminal)) };
}

/** A cell as commander would give the option's value; several stand with semicolons between them. */
function optionIn(line: number, spec: WriteSpec, column: string, cell: string): unknown {
  if (spec.words?.some(({ flag }) => flag === column) === true) return cell === 'true';
  const field = spec.fields.find(({ flag }) => flag === column);
  if (field === undefined) throw wrongCell(line, column, '不是选项 is no option');
  return listKinds.has(field.kind) ? cell.split(';') : cell;
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
