import { commands, delegableRole, roleWords, type CommandName } from '@yici/domain/model';
import { Argument } from 'commander';
import { exampleOf, sayIn, type Say, type SpokenCommand as Command } from '@yici/terminal';
import { withCaller, type GlobalOptions } from '../caller.js';
import { ClientError } from '../../errors.js';
import type { Act } from '../batch/run.js';
import { runBatch } from '../batch/run-batch.js';
import { addForm, fieldText, wholeInput, type FormField } from '../form/fields.js';
import { attributeOf, type OptionValues } from '../form/values.js';
import type { Terminal } from '../../terminal/terminal.js';
import { confirmed } from '../spec/confirm.js';
import { readTyped } from './input.js';
import type { Input } from '../spec/prepare.js';
import type { WriteSpec } from '../spec/spec.js';
import { interactive, sendAsked } from './asked.js';
import { sendCommand, stored } from './send.js';
import { openVault } from './vault.js';
import { wholeInputOf, type Typed } from './whole.js';
import { exampleIn } from '../next/example-words.js';
import { offer } from '../form/offered.js';

/** Adds one command of the registry to its group. */
export function addWrite(
  group: Command,
  name: CommandName,
  spec: WriteSpec,
  terminal: Terminal,
): void {
  const { roles } = commands[name];
  const { verb, argument, file, fields, words = [], extra = [] } = spec;
  const command = group.command(verb).description(describedBy(name, terminal.say));
  if (argument !== undefined) addArgument(command, name, argument);
  if (file === undefined) addForm(command, fields);
  else command.addOption(wholeInput(terminal.say));
  for (const { flag, note } of words) command.option(`--${flag}`, note);
  for (const { flag, note } of extra) command.option(flag, note);
  addInteractive(command, spec);
  if (roles.some((role) => delegableRole.safeParse(role).success)) {
    command.option('--under <delegationId>', {
      zh: '代岗委托，以不在岗人员的角色办理',
      en: 'stand in for an absent official',
    });
  }
  command.option('--idempotency-key <key>', {
    zh: '重复提交只生效一次',
    en: 'a repeat with the same key has the first outcome',
  });
  command.option('--sm2-key <file>', {
    zh: '另附商用密码（SM2）电子签名',
    en: 'sign the command with this SM2 key too',
  });
  command.action(() => runWrite(name, spec, command, terminal));
}

/** What a command takes can be asked for, field after field. */
function addInteractive(command: Command, spec: WriteSpec): void {
  const { group, verb } = spec;
  command.addOption(
    interactive(
      command.say({
        zh: '逐项询问未填写的内容，给出可选项，确认后签名',
        en: 'ask for what is not given, with what can be chosen, and before it is signed',
      }),
    ),
  );
  exampleOf(command, exampleIn(spec, command.say), `yici ${group} ${verb} --interactive`);
}

/** What a command does, and in which roles. */
function describedBy(name: CommandName, say: Say): string {
  const { summary, roles } = commands[name];
  const by = say.list(roles.map((role) => roleWords[role]));
  return say({ zh: `${summary.zh}。办理角色：${by}`, en: `${summary.en}. Roles: ${by}` });
}

/** Runs one write to its commit and prints what became of it. */
async function runWrite(
  name: CommandName,
  spec: WriteSpec,
  command: Command,
  terminal: Terminal,
): Promise<void> {
  const values = command.optsWithGlobals<GlobalOptions & OptionValues>();
  const named = await subjectsOf(spec, command.args, values, terminal);
  if (values['interactive'] === true) {
    await sendAsked({ name, spec, named, values, terminal });
    return;
  }
  const about = namedSubjects(spec, named, values);
  const typed: Typed[] = [];
  for (const argument of about) {
    // Each with salts of its own.
    const vault = openVault(terminal);
    typed.push({ vault, input: await readTyped(spec, argument, values, vault) });
  }
  await withCaller(terminal, values, async (caller) => {
    const inputs: Input[] = [];
    for (const one of typed) inputs.push(await wholeInputOf(name, spec, one, { values, caller }));
    for (const one of inputs) if (spec.asks) await confirmed(spec.asks, one, values, terminal);
    for (const [at, { vault }] of typed.entries()) await vault.disclose(inputs[at] ?? {}, values);
    const [input = {}] = inputs;
    const running = { caller, values, terminal };
    if (inputs.length < 2) {
      await sendCommand(name, input, running, typed[0]?.vault.documents(input));
      return;
    }
    const documents = typed.map(({ vault }, at) => vault.documents(inputs[at] ?? {}));
    await runBatch(actsOf(name, inputs), {
      ...running,
      onDone: (line) => stored(documents[line - 1] ?? [], running),
    });
  });
}

/** What is acted on may be several: each is acted on by a command of its own. */
function addArgument(
  command: Command,
  name: CommandName,
  { name: field, flag, offered }: FormField,
): void {
  const { say } = command;
  const { creates, of } = commands[name];
  const word = say.language === 'zh' ? fieldText({ name: field, command: name }, say) : field;
  if (creates === true || field !== of.key) {
    command.addArgument(offer(new Argument(`[${word}]`), offered));
    return;
  }
  const several = say({ zh: '一个或者多个，逐件签名', en: 'one or several, each signed' });
  command
    .addArgument(offer(new Argument(`[${word}...]`, several), offered))
    .option(`--${flag} <${word}...>`, { zh: '同上', en: 'the same' })
    .option(
      { zh: '--list <文件>', en: '--list <path>' },
      { zh: '文件，每行一个（- 为标准输入）', en: 'a file with one in each line' },
    )
    .option(
      { zh: '--results <文件>', en: '--results <path>' },
      { zh: '批量结果，续办用', en: 'results of several, to go on from' },
    );
}

/** What is named, on the line and in `--list`. @throws ClientError USAGE for a list that cannot be read */
async function subjectsOf(
  { argument }: WriteSpec,
  args: readonly string[],
  values: OptionValues,
  terminal: Terminal,
): Promise<readonly string[]> {
  if (argument === undefined) return [];
  const { list, [attributeOf(argument.flag)]: more } = values;
  const listed = typeof list === 'string' ? await terminal.read(list) : new Uint8Array();
  const lines = new TextDecoder().decode(listed).split(/\r?\n/);
  const all = [...args, ...(Array.isArray(more) ? more.map(String) : []), ...lines];
  return all.map((text) => text.trim()).filter((text) => text !== '');
}

/** @throws ClientError USAGE when nothing is named, or more than an option allows, or the input is missing */
function namedSubjects(
  { argument, file }: WriteSpec,
  named: readonly string[],
  values: OptionValues,
): readonly string[] {
  if (file !== undefined && values['file'] === undefined) {
    throw new ClientError('USAGE', {
      zh: '缺少选项“--file”（整份输入）；逐项填写请用 --interactive。',
      en: 'missing: --file with the whole input; --interactive asks for each field.',
    });
  }
  if (argument === undefined) return [''];
  if (named.length === 0)
    throw new ClientError('USAGE', {
      zh: `缺少“${fieldText(argument, sayIn('zh'))}”。`,
      en: `missing: ${argument.name}`,
    });
  if (named.length > 1 && (values['sm2Key'] ?? values['idempotencyKey']) !== undefined) {
    const message = {
      zh: '--sm2-key、--idempotency-key 只用于单件。',
      en: '--sm2-key and --idempotency-key are for one at a time.',
    };
    throw new ClientError('USAGE', message);
  }
  return named;
}

const actsOf = (command: CommandName, inputs: readonly Input[]): Act[] =>
  inputs.map((input, index) => ({ line: index + 1, command, input }));
