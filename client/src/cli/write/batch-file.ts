import {
  commandNames,
  commands,
  issueData,
  issueWords,
  type CommandName,
  type Words,
} from '@yici/domain/model';
import { z } from 'zod';
import { ClientError } from '../../errors.js';
import { parseJson, type Terminal } from '../../terminal/terminal.js';
import { listKinds } from '../form/kinds.js';
import { attributeOf, inputIssues, type FormSources } from '../form/values.js';
import type { Act } from '../batch/run.js';
import { csvRows } from './csv.js';
import { ownFields, readTyped } from './input.js';
import { writeSpec, type WriteSpec } from '../spec/spec.js';

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
    return inputIssues(ownFields(input), { schema, later: issued }).map(
      ({ path, message, words }) => ({
        path: `/${line}${path}`,
        message,
        words: { zh: `第 ${line} 行：${words.zh}`, en: `line ${line}: ${words.en}` },
      }),
    );
  });
  if (issues.length === 0) return acts;
  const message = { zh: `${file}：有的行填写有误`, en: `${file}: some lines are not as required` };
  throw new ClientError('USAGE', message, { details: { issues } });
}

function fromJson(file: string, text: string): Act[] {
  return text.split(/\r?\n/).flatMap((written, index) => {
    if (written.trim() === '') return [];
    const line = index + 1;
    const value = parseJson(`${file}:${line}`, written);
    const parsed = actSchema.safeParse(value);
    if (parsed.success) return [{ line, ...parsed.data }];
    const { zh, en } = wrongLine(parsed.error.issues[0], value);
    throw new ClientError('USAGE', {
      zh: `${file} 第 ${line} 行：${zh}`,
      en: `${file}:${line}: ${en}`,
    });
  });
}

const withCommand = z.looseObject({ command: z.string() });

/** What is wrong with a line; of a command that there is not, that: the list of all would fill a screen. */
function wrongLine(issue: z.core.$ZodIssue | undefined, value: unknown): Words {
  if (issue === undefined) return { zh: '填写有误', en: 'not as required' };
  const { path, message } = issue;
  const command = withCommand.safeParse(value).data?.command;
  if (path[0] === 'command' && command !== undefined) {
    return { zh: `没有命令“${command}”`, en: `there is no command ${command}` };
  }
  const refused = { path: `/${path.map(String).join('/')}`, message, ...issueData(issue, value) };
  return { zh: issueWords(refused, 'zh'), en: issueWords(refused, 'en') };
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
  if (!named.success) throw wrongCell(line, 'command', { zh: '没有这一命令', en: 'is no command' });
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
  if (field === undefined) throw wrongCell(line, column, { zh: '不是选项', en: 'is no option' });
  return listKinds.has(field.kind) ? cell.split(';') : cell;
}

/** A salt would make a rerun another command, so digests are given as such. */
function unsealed(line: number, terminal: Terminal): FormSources {
  const problem = {
    zh: '批量文件中只写校验值，写作 sha256:<64 位十六进制>',
    en: 'takes a digest, as sha256:<hex>',
  };
  const refuse = (_content: unknown, label: string) =>
    Promise.reject(wrongCell(line, label, problem));
  return { terminal, seal: refuse, sealValue: refuse };
}

function wrongCell(line: number, column: string, problem: Words): ClientError {
  return new ClientError('USAGE', {
    zh: `第 ${line} 行，${column}：${problem.zh}。`,
    en: `line ${line}, ${column}: ${problem.en}.`,
  });
}
