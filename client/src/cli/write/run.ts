import { commands, type CommandName } from '@yici/chaincode/model';
import { Argument, type Command } from 'commander';
import { seal } from '../../documents/digest.js';
import { keepSalt } from '../../documents/salt-store.js';
import type { Transaction } from '../../api/shapes.js';
import { ClientError } from '../../errors.js';
import { openCaller, type Caller, type GlobalOptions } from '../caller.js';
import { addForm, formOf, type FormField } from '../form/fields.js';
import { checkInput, readForm, type FormSources, type OptionValues } from '../form/values.js';
import { saltFolder } from '../home.js';
import { presentCommitted } from '../present/committed.js';
import type { Terminal } from '../terminal.js';
import type { Input } from './prepare.js';
import type { WriteSpec } from './specs.js';

/** Adds one command of the registry to its group. */
export function addWrite(
  group: Command,
  name: CommandName,
  spec: WriteSpec,
  terminal: Terminal,
): Command {
  const { summary, roles } = commands[name];
  const fields = fieldsOf(name, spec);
  const command = group
    .command(spec.verb)
    .description(`${summary.zh} ${summary.en} [${roles.join(', ')}]`);
  if (spec.argument !== undefined) command.addArgument(new Argument(`<${spec.argument}>`));
  if (spec.fileOnly)
    command.requiredOption(
      '--file <path>',
      '整份输入（JSON，- 为标准输入） the whole input as JSON, - for standard input',
    );
  else addForm(command, fields);
  for (const word of spec.words ?? []) command.option(`--${word.flag}`, word.note);
  for (const [flag, note] of spec.extra ?? []) command.option(flag, note);
  command.addHelpText('after', `\n示例 example:\n  $ ${spec.example}`);
  command.option(
    '--idempotency-key <key>',
    '重复提交只生效一次 a repeat with the same key has the first outcome',
  );
  return command.action(async (...all: unknown[]) => {
    const argument = spec.argument === undefined ? undefined : String(all[0]);
    await runWrite(name, { spec, fields, argument }, command.optsWithGlobals(), terminal);
  });
}

/** The fields that become options: all but the argument and those that a word flag sets. */
function fieldsOf(name: CommandName, spec: WriteSpec): FormField[] {
  const taken = new Set([spec.argument, ...(spec.words ?? []).map((word) => word.field)]);
  return formOf(commands[name].input)
    .filter((field) => !taken.has(field.name))
    .map((field) => ({
      ...field,
      flag: spec.flags?.[field.name] ?? field.flag,
      filled: [...(spec.filled ?? []), ...(spec.later ?? [])].includes(field.name),
    }));
}

interface Call {
  readonly spec: WriteSpec;
  readonly fields: readonly FormField[];
  readonly argument: string | undefined;
}

/** Runs one write to its commit and prints what became of it. */
export async function runWrite(
  name: CommandName,
  call: Call,
  values: GlobalOptions & OptionValues,
  terminal: Terminal,
): Promise<void> {
  const typed = await readTyped(name, call, values, terminal);
  const caller = await openCaller(terminal, values);
  try {
    const { spec } = call;
    const input = spec.prepare ? await spec.prepare(typed, values, caller.client) : typed;
    checkInput(commands[name].input, input, spec.later);
    await execute(name, input, { caller, values, terminal });
  } finally {
    await caller.close();
  }
}

async function readTyped(
  name: CommandName,
  { spec, fields, argument }: Call,
  values: OptionValues,
  terminal: Terminal,
): Promise<Input> {
  const input = await readForm(spec.fileOnly ? [] : fields, values, sourcesOf(terminal));
  const numeric = formOf(commands[name].input).some(
    ({ name: field, kind }) => field === spec.argument && kind === 'number',
  );
  return {
    ...noDocuments(fields),
    ...input,
    ...wordsOf(spec, values),
    ...(spec.argument !== undefined && { [spec.argument]: numeric ? Number(argument) : argument }),
  };
}

/** A required list of documents may be empty: everything may come by sharing. */
function noDocuments(fields: readonly FormField[]): Input {
  const lists = fields.filter(({ kind, required }) => kind === 'documents' && required);
  return Object.fromEntries(lists.map(({ name }) => [name, []]));
}

function wordsOf(spec: WriteSpec, values: OptionValues): Input {
  const given = (spec.words ?? []).filter((word) => values[word.flag] === true);
  const [first, second] = given;
  if (first !== undefined && second !== undefined) {
    throw new ClientError(
      'USAGE',
      `--${first.flag} 与 and --${second.flag} 只能取一 exclude each other.`,
    );
  }
  return first === undefined ? {} : { [first.field]: first.word };
}

function sourcesOf(terminal: Terminal): FormSources {
  return {
    terminal,
    async seal(content, label) {
      const made = seal(content);
      await keepSalt(saltFolder(terminal.env), made, label);
      return made.sealed;
    },
  };
}

interface Running {
  readonly caller: Caller;
  readonly values: GlobalOptions & OptionValues;
  readonly terminal: Terminal;
}

const progress: Partial<Record<Transaction['state'], string>> = {
  proposed: '待签名 to be signed',
  submitted: '已提交，等待上链 submitted, waiting for its block',
};

async function execute(
  name: CommandName,
  input: Input,
  { caller, values, terminal }: Running,
): Promise<void> {
  const key = values['idempotencyKey'];
  const committed = await caller.client.execute(name, input, {
    ...(typeof key === 'string' && { idempotencyKey: key }),
    onState: ({ state, attempt }) => {
      const line = progress[state];
      if (line !== undefined && values.json !== true)
        terminal.note(attempt > 1 ? `${line} (${attempt})` : line);
    },
  });
  if (values.json === true)
    terminal.out(JSON.stringify({ command: name, ...committed, signedBy: caller.session.user }));
  else for (const line of presentCommitted(name, committed, caller.session)) terminal.out(line);
}
