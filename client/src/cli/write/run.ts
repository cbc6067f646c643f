import { commands, delegableRole, type CommandName } from '@yici/domain/model';
import { Argument, type Command } from 'commander';
import type { Transaction } from '@yici/api';
import { createSm2Signer, readSm2Key } from '../../signers/sm2.js';
import { withCaller, type Caller, type GlobalOptions } from '../caller.js';
import { addForm, wholeInput } from '../form/fields.js';
import { checkInput, type OptionValues } from '../form/values.js';
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
  if (argument !== undefined) command.addArgument(new Argument(`<${argument.name}>`));
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
  const [argument = ''] = command.args;
  const vault = openVault(terminal);
  const typed = await readTyped(spec, argument, values, vault);
  await withCaller(terminal, values, async (caller) => {
    const input = (await spec.prepare?.run(typed, values, caller.client)) ?? typed;
    checkInput(commands[name].input, input, commands[name].issued);
    await vault.disclose(input, values);
    const secret = values['digestsOnly'] === true ? undefined : secretOf(name, vault);
    const whole = secret === undefined ? input : { ...input, private: secret };
    await execute(name, actingUnder(whole, values), { caller, values, terminal });
  });
}

/** The delegation is not part of the command's schema: it is added to its input. */
function actingUnder(input: Input, values: OptionValues): Input {
  const { under } = values;
  return typeof under === 'string' ? { ...input, under } : input;
}

/** The private part for the transient map: values with their salts. */
function secretOf(name: CommandName, vault: Vault): unknown {
  return commands[name].private === undefined ? undefined : vault.confided();
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
