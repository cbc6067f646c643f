import { commands, delegableRole, type CommandName } from '@yici/domain/model';
import { Argument, type Command } from 'commander';
import type { Transaction } from '@yici/api';
import { createSm2Signer, readSm2Key } from '../../signers/sm2.js';
import { withCaller, type Caller, type GlobalOptions } from '../caller.js';
import { ClientError } from '../../errors.js';
import type { Act } from '../batch/run.js';
import { runBatch } from '../batch/run-batch.js';
import { addForm, wholeInput, type FormField } from '../form/fields.js';
import { attributeOf, checkInput, type OptionValues } from '../form/values.js';
import { presentCommitted } from '../../present/committed.js';
import type { Terminal } from '../../terminal/terminal.js';
import { readTyped } from './input.js';
import type { Input } from './prepare.js';
import type { WriteSpec } from './spec.js';
import { openVault, type Vault } from './vault.js';

/** Adds one command of the registry to its group. */
export function addWrite(
  group: Command,
  name: CommandName,
  spec: WriteSpec,
  terminal: Terminal,
): void {
  const { summary, roles } = commands[name];
  const { verb, argument, file, fields, words = [], extra = [], example } = spec;
  const command = group
    .command(verb)
    .description(`${summary.zh} ${summary.en} [${roles.join(', ')}]`);
  if (argument !== undefined) addArgument(command, name, argument);
  if (file === undefined) addForm(command, fields);
  else command.addOption(wholeInput().makeOptionMandatory());
  for (const { flag, note } of words) command.option(`--${flag}`, note);
  for (const [flag, note] of extra) command.option(flag, note);
  command.addHelpText('after', `\n示例 example:\n  $ ${example}`);
  if (roles.some((role) => delegableRole.safeParse(role).success)) {
    command.option(
      '--under <delegationId>',
      '代岗委托，以不在岗人员的角色办理 stand in for an absent official',
    );
  }
  command.option(
    '--idempotency-key <key>',
    '重复提交只生效一次 a repeat with the same key has the first outcome',
  );
  command.option(
    '--sm2-key <file>',
    '另附国密应用签名（SM2/SM3） sign the command with this SM2 key too',
  );
  command.action(() => runWrite(name, spec, command, terminal));
}

/** Runs one write to its commit and prints what became of it. */
async function runWrite(
  name: CommandName,
  spec: WriteSpec,
  command: Command,
  terminal: Terminal,
): Promise<void> {
  const values = command.optsWithGlobals<GlobalOptions & OptionValues>();
  const about = await subjectsOf(spec, command.args, values, terminal);
  const typed: Typed[] = [];
  for (const argument of about) {
    // Each with salts of its own.
    const vault = openVault(terminal);
    typed.push({ vault, input: await readTyped(spec, argument, values, vault) });
  }
  await withCaller(terminal, values, async (caller) => {
    const inputs: Input[] = [];
    for (const one of typed) inputs.push(await wholeInputOf(name, spec, one, { values, caller }));
    const [input = {}] = inputs;
    const running = { caller, values, terminal };
    if (inputs.length < 2) await sendCommand(name, input, running);
    else await runBatch(actsOf(name, inputs), running);
  });
}

/** What is typed, and the salts that it was sealed with. */
interface Typed {
  readonly input: Input;
  readonly vault: Vault;
}

async function wholeInputOf(
  name: CommandName,
  spec: WriteSpec,
  { input: typed, vault }: Typed,
  { values, caller }: Pick<Running, 'values' | 'caller'>,
): Promise<Input> {
  const input = (await spec.prepare?.run(typed, values, caller.client)) ?? typed;
  checkInput(commands[name].input, input, commands[name].issued);
  await vault.disclose(input, values);
  const secret = values['digestsOnly'] === true ? undefined : secretOf(name, vault);
  const whole = secret === undefined ? input : { ...input, private: secret };
  return actingUnder(whole, values);
}

/** What is acted on may be several: each is acted on by a command of its own. */
function addArgument(command: Command, name: CommandName, { name: field, flag }: FormField): void {
  const { creates, of } = commands[name];
  if (creates === true || field !== of.key) {
    command.addArgument(new Argument(`<${field}>`));
    return;
  }
  command
    .addArgument(
      new Argument(`[${field}...]`, '一个或者多个，逐件签名 one or several, each signed'),
    )
    .option(`--${flag} <${field}...>`, '同上 the same')
    .option('--list <path>', '文件，每行一个（- 为标准输入） a file with one in each line')
    .option('--results <path>', '批量结果，续办用 results of several, to go on from');
}

/** @throws ClientError USAGE when nothing is named */
async function subjectsOf(
  { argument }: WriteSpec,
  args: readonly string[],
  values: OptionValues,
  terminal: Terminal,
): Promise<readonly string[]> {
  if (argument === undefined) return [''];
  const { list, [attributeOf(argument.flag)]: more } = values;
  const listed = typeof list === 'string' ? await terminal.read(list) : new Uint8Array();
  const lines = new TextDecoder().decode(listed).split(/\r?\n/);
  const all = [...args, ...(Array.isArray(more) ? more.map(String) : []), ...lines];
  const named = all.map((text) => text.trim()).filter((text) => text !== '');
  if (named.length === 0) throw new ClientError('USAGE', `缺少 missing: ${argument.name}`);
  if (named.length > 1 && (values['sm2Key'] ?? values['idempotencyKey']) !== undefined) {
    const message = '--sm2-key, --idempotency-key 只用于单件 are for one at a time.';
    throw new ClientError('USAGE', message);
  }
  return named;
}

const actsOf = (command: CommandName, inputs: readonly Input[]): Act[] =>
  inputs.map((input, index) => ({ line: index + 1, command, input }));

/** The delegation is not part of the command's schema: it is added to its input. */
function actingUnder(input: Input, values: OptionValues): Input {
  const { under } = values;
  return typeof under === 'string' ? { ...input, under } : input;
}

/** The private part for the transient map: values with their salts. */
function secretOf(name: CommandName, vault: Vault): unknown {
  return commands[name].private === undefined ? undefined : vault.confided();
}

export interface Running {
  readonly caller: Caller;
  readonly values: GlobalOptions & OptionValues;
  readonly terminal: Terminal;
}

const progress: Partial<Record<Transaction['state'], string>> = {
  proposed: '待签名 to be signed',
  submitted: '已提交，等待上链 submitted, waiting for its block',
};

/** Sends one command and prints what became of it. */
export async function sendCommand(
  name: CommandName,
  input: Input,
  { caller, values, terminal }: Running,
): Promise<void> {
  const { idempotencyKey: key, sm2Key } = values;
  const committed = await caller.client.execute(name, input, {
    now: terminal.now,
    ...(typeof key === 'string' && { idempotencyKey: key }),
    ...(typeof sm2Key === 'string' && { appSigner: createSm2Signer(readSm2Key(sm2Key)) }),
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
