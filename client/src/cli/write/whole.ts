import { commands, stepId, type CommandName } from '@yici/domain/model';
import type { Caller } from '../caller.js';
import { idsNamed } from '../form/registers.js';
import { namesOfCase } from '../names-of-case.js';
import { checkInput, type OptionValues } from '../form/values.js';
import type { Input } from '../spec/prepare.js';
import type { WriteSpec } from '../spec/spec.js';
import { isOwnStep, withStep } from '../spec/step.js';
import type { Vault } from './vault.js';

/** What is typed, and the salts that it was sealed with. */
export interface Typed {
  readonly input: Input;
  readonly vault: Vault;
}

/** The input as it is sent: ids for names, what is filled in, checked, and with what goes beside it. @throws ClientError USAGE */
export async function wholeInputOf(
  name: CommandName,
  spec: WriteSpec,
  { input: typed, vault }: Typed,
  { values, caller }: { readonly values: OptionValues; readonly caller: Caller },
): Promise<Input> {
  const given = await withIds(typed, spec, caller);
  const open = spec.fields.some(isOwnStep) && given['stepId'] === undefined;
  const meant = open ? await withStep(name, given, caller) : given;
  const input = (await spec.prepare?.run(meant, values, caller.client, vault)) ?? meant;
  checkInput(input, checkedBy(name, spec));
  const secret = values['digestsOnly'] === true ? undefined : secretOf(name, input, vault);
  const whole = secret === undefined ? input : { ...input, private: secret };
  return actingUnder(whole, values);
}

const isCode = (step: string): boolean => stepId.safeParse(step).success;

/** The input with ids in the place of names: 财政局 for `finance`, 资金落实 for `funds`. */
async function withIds(
  input: Input,
  { argument, fields }: WriteSpec,
  { names, client }: Caller,
): Promise<Input> {
  const all = argument === undefined ? fields : fields.concat(argument);
  const ids = all.filter(({ offered, name, of }) => offered && of === undefined && name in input);
  if (ids.length === 0) return input;
  const { caseNo, stepId: step } = input;
  const ofCase = typeof caseNo === 'string' && typeof step === 'string' && !isCode(step);
  const known = { ...(await names()), ...(ofCase ? await namesOfCase(client, caseNo) : {}) };
  const meant: Record<string, unknown> = { ...input };
  for (const { offered, name } of ids) meant[name] = idsNamed(offered, meant[name], known);
  return meant;
}

/** By what an input is checked before it is sent. */
const checkedBy = (name: CommandName, { argument, fields: all, file }: WriteSpec) => ({
  schema: commands[name].input,
  later: commands[name].issued,
  // What is taken in a file alone has no options that could be named.
  fields: [...(file === undefined ? all : []), ...(argument === undefined ? [] : [argument])],
});

/** The delegation is not part of the command's schema: it is added to its input. */
function actingUnder(input: Input, values: OptionValues): Input {
  const { under } = values;
  return typeof under === 'string' ? { ...input, under } : input;
}

/** The private part for the transient map: values with their salts. */
function secretOf(name: CommandName, input: Input, vault: Vault): unknown {
  return commands[name].private === undefined ? undefined : vault.confided(input);
}
