import { z } from 'zod';
import { commandNames, commands } from '../commands';
import type { Caller } from '../kernel/caller';
import type { CommandName } from '../kernel/commands';
import { shanghaiDate } from '../kernel/days';
import type { ContractErrorCode, ContractErrorDetails } from '../kernel/errors';
import type { CommandSpec } from '../kernel/operation';
import type { Role } from '../kernel/roles';
import type { RecordStore } from '../kernel/store';
import { tryCommand } from '../runner/command';
import { contentRefusals } from './content-refusals';
import { actsOn, namedAnew, samples, type ActsOn, type Known } from './records';
import { isOptional, sampleOf } from './sample';

/** One act on a record, or on a part of it, and why it is not open to the caller now; without a refusal it is. */
export interface Act {
  readonly command: CommandName;
  /** What of the input follows from the record. */
  readonly input: Known;
  readonly refusal?: { readonly code: ContractErrorCode; readonly details: ContractErrorDetails };
}

/** Who asks, at which time, over which records. */
export interface Asking {
  readonly store: RecordStore;
  readonly channel: string;
  readonly caller: Caller;
}

/**
 * Which acts on a record are open to a caller now, and why the others are not. The handlers of the commands themselves are
 * asked, with what the record gives of their input and samples for what only a person can give: a refusal of such contents
 * ({@link contentRefusals}) means that the act is open. Nothing is written. Undefined where there is no such record.
 */
export async function openActs(
  asking: Asking,
  collection: string,
  key: readonly string[],
): Promise<readonly Act[] | undefined> {
  const on = actsOn[collection];
  const known = await on?.known(asking.store, key);
  if (on === undefined || known === undefined) return undefined;
  const acts: Act[] = [];
  for (const command of commandsOn(collection)) {
    const refused = roleRefusal(command, asking.caller);
    const all = candidatesFor(command, refused === undefined ? known : known.slice(0, 1), on.parts);
    for (const candidate of all) {
      const { input } = candidate;
      acts.push(
        refused === undefined
          ? await ask(asking, command, candidate)
          : { command, input, refusal: refused },
      );
    }
  }
  return acts;
}

/** The commands that act on a kind of record, or begin something about it. */
export function commandsOn(collection: string): readonly CommandName[] {
  const { names, also = [] }: ActsOn = actsOn[collection] ?? { key: [], names: [], ...noRecord };
  const own = commandNames.filter((name) => {
    const { of, creates, input }: CommandSpec = commands[name];
    return (
      of.plural === collection &&
      creates !== true &&
      names.some((field) => Object.hasOwn(shapeOf(input), field))
    );
  });
  return [...own, ...also.filter((name) => !own.includes(name))];
}

const noRecord = { known: () => Promise.resolve(undefined) };

interface Field {
  readonly field: string;
  readonly schema: z.core.$ZodType;
  readonly optional: boolean;
}

const fieldsByName = new Map<CommandName, readonly Field[]>();

/** The fields of a command's input, each looked at once. */
function fieldsOf(name: CommandName): readonly Field[] {
  const before = fieldsByName.get(name);
  if (before !== undefined) return before;
  const fields = Object.entries(shapeOf(commands[name].input)).map(([field, schema]) => ({
    ...{ field, schema, optional: isOptional(schema) },
  }));
  fieldsByName.set(name, fields);
  return fields;
}

const shapeOf = (input: z.ZodType): Readonly<Record<string, z.core.$ZodType>> =>
  input instanceof z.ZodObject ? input.shape : {};

/** Whoever may not send a command at all need not be told of which parts. */
function roleRefusal(command: CommandName, { role }: Caller): Act['refusal'] {
  const allowed: readonly Role[] = commands[command].roles;
  if (allowed.includes(role)) return undefined;
  return { code: 'ROLE_REFUSED', details: { command, role, allowed } };
}

interface Candidate {
  readonly input: Known;
  /** A part that the command is about and the record has none of. */
  readonly lacks: readonly string[];
}

/**
 * What the record gives of a command's input: one for each part that the command can be about. Where it is about a part that
 * the record has none of, the input says so: the rule will say which.
 */
function candidatesFor(
  name: CommandName,
  known: readonly Known[],
  ofRecord: readonly string[] = [],
): readonly Candidate[] {
  const fresh = namedAnew[name] ?? [];
  const fields = fieldsOf(name).filter(({ field }) => !fresh.includes(field));
  const own = new Set(fields.map(({ field }) => field));
  const parts = new Set([...ofRecord, ...known.flatMap((one) => Object.keys(one))]);
  const found = new Map<string, Candidate>();
  for (const one of known) {
    const given = Object.entries(one).filter(([field]) => own.has(field));
    const input = Object.fromEntries(given);
    const lacks = fields.flatMap(({ field, optional }) =>
      parts.has(field) && !(field in input) && !optional ? [field] : [],
    );
    found.set(JSON.stringify(input), { input, lacks });
  }
  const all = [...found.values()];
  const whole = all.filter(({ lacks }) => lacks.length === 0);
  return whole.length > 0 ? whole : all.slice(0, 1);
}

async function ask(asking: Asking, command: CommandName, candidate: Candidate): Promise<Act> {
  const { input, lacks } = candidate;
  let refusal: Act['refusal'];
  for (const given of filled(command, input, asking.caller.at)) {
    const error = await tryCommand(environmentOf(asking), command, given);
    const isTaken = error === undefined || contentRefusals.has(error.code);
    if (isTaken && lacks.length === 0) return { command, input };
    refusal ??= error && { code: error.code, details: error.details };
  }
  // A refusal that names what the record has none of names a sample.
  const named = lacks.some((field) => Object.hasOwn(refusal?.details ?? {}, field));
  const nothing = { code: 'NOT_FOUND', details: { ...input, lacks, problem: 'part' } } as const;
  return { command, input, refusal: refusal === undefined || named ? nothing : refusal };
}

/** The input with samples for the rest; each required choice is tried, since what may be done can depend on it. */
function filled(command: CommandName, input: Known, at: string): readonly Known[] {
  const given = { ...input, ...samples[command] };
  const open = fieldsOf(command).filter(({ field, optional }) => !optional && !(field in given));
  let all: Known[] = [given];
  for (const { field, schema } of open) {
    // No rule looks at why.
    const choices = field === 'reasonCode' ? undefined : choicesOf(schema);
    const values = choices ?? [sampleOf(schema, { today: shanghaiDate(at), at })];
    all = all.flatMap((one) => values.map((value) => ({ ...one, [field]: value })));
  }
  return all;
}

function choicesOf(schema: z.core.$ZodType): readonly unknown[] | undefined {
  if (schema instanceof z.ZodBoolean) return [true, false];
  return schema instanceof z.ZodEnum ? schema.options : undefined;
}

function environmentOf({ store, channel, caller }: Asking) {
  return {
    store,
    channel,
    caller,
    transient: new Map<string, Uint8Array>(),
    emit: () => undefined,
  };
}
