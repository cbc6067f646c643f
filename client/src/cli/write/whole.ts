import { commands, type CommandName } from '@yici/domain/model';
import { z } from 'zod';
import type { Caller } from '../caller.js';
import type { FormField } from '../form/fields.js';
import { idsMeant } from '../form/registers.js';
import { checkInput, type OptionValues } from '../form/values.js';
import type { Input } from '../spec/prepare.js';
import type { WriteSpec } from '../spec/spec.js';
import { isOwnStep, mayBeStep, withStep } from '../spec/step.js';
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
  const open =
    spec.fields.some((field) => isOwnStep(field) || mayBeStep(field)) && !('stepId' in given);
  const meant = open ? await withStep(name, given, caller) : given;
  const input = (await spec.prepare?.run(meant, values, caller.client, vault)) ?? meant;
  checkInput(input, checkedBy(name, spec));
  const secret = values['digestsOnly'] === true ? undefined : secretOf(name, input, vault);
  const whole = secret === undefined ? input : { ...input, private: secret };
  return actingUnder(whole, values);
}

/** The input with ids in the place of names: 财政局 for `finance`, 资金落实 for `funds`. */
async function withIds(
  input: Input,
  { argument, fields }: WriteSpec,
  caller: Caller,
): Promise<Input> {
  const meant: Record<string, unknown> = { ...input };
  const about = async (field: FormField) => {
    const [id = meant['caseNo']] = argument === undefined ? [] : [meant[argument.name]];
    return idsMeant(
      field.offered,
      valueIn(meant, field),
      caller,
      typeof id === 'string' ? [id] : [],
    );
  };
  // What is acted on first: what else is named may be a part of it.
  for (const field of [...(argument === undefined ? [] : [argument]), ...fields.map(named)]) {
    if (field.offered === undefined || valueIn(meant, field) === undefined) continue;
    const { name, of } = field;
    const value = await about(field);
    if (of === undefined) meant[name] = value;
    else meant[of] = { ...object.parse(meant[of]), [name]: value };
  }
  return meant;
}

/** The part of a field that names something: of a commitment the materials that it stands for. */
const named = (field: FormField): FormField =>
  field.kind === 'commitment'
    ? { ...field, name: 'materials', of: field.name, offered: 'material' }
    : field;

const object = z.record(z.string(), z.unknown());

const valueIn = (input: Input, { name, of }: FormField): unknown =>
  of === undefined ? input[name] : object.safeParse(input[of]).data?.[name];

/** By what an input is checked before it is sent. */
function checkedBy(name: CommandName, { argument, fields: all, file, ...spec }: WriteSpec) {
  // What is made of another option is asked for by that one.
  const made = spec.extra
    ?.find(({ needed }) => needed === true)
    ?.flag.split(' ')[0]
    ?.slice(2);
  const flagOf = ({ name: field, flag }: FormField) =>
    made !== undefined && spec.prepare?.fills.includes(field) === true ? made : flag;
  const options = all.map((field) => ({ ...field, flag: flagOf(field) }));
  return {
    schema: commands[name].input,
    later: commands[name].issued,
    // What is taken in a file alone has no options that could be named.
    fields: [...(file === undefined ? options : []), ...(argument === undefined ? [] : [argument])],
  };
}

/** The delegation is not part of the command's schema: it is added to its input. */
function actingUnder(input: Input, values: OptionValues): Input {
  const { under } = values;
  return typeof under === 'string' ? { ...input, under } : input;
}

/** The private part for the transient map: values with their salts. */
function secretOf(name: CommandName, input: Input, vault: Vault): unknown {
  return commands[name].private === undefined ? undefined : vault.confided(input);
}
