import type { z } from 'zod';
import { checkAppSignature } from '../app-key/check-signature';
import type { AppSignature } from '../app-key/signature';
import { commands } from '../commands';
import { actingUnder } from '../delegation/delegation';
import { withSentence } from '../words/travelling';
import { commandHandlers } from '../handlers';
import { canonicalJson } from '../kernel/canonical';
import {
  authorize,
  found,
  requireLasting,
  type Allowed,
  type Caller,
  type Member,
  type Outcome,
} from '../kernel/caller';
import type { CommandInput, CommandName } from '../kernel/commands';
import { ContractError } from '../kernel/errors';
import type { ContractEvent } from '../kernel/events';
import { padded } from '../kernel/keys';
import type { Signoff } from '../kernel/roles';
import type { RecordKey, RecordStore } from '../kernel/store';
import { requireRecent, watchedSlot } from '../time/beacon';
import type { Environment } from './environment';
import { asTold } from './handling';
import {
  confided,
  parsed,
  parseJson,
  refuseUnexpected,
  splitBeside,
  splitSignature,
} from './input';

const inputs: Readonly<
  Record<CommandName, { readonly input: z.ZodType<CommandInput<CommandName>> }>
> = commands;

const allowed = (name: CommandName): Allowed => ({ name, roles: commands[name].roles });

/**
 * A write: parse, check the role, load and let the rule decide, write what it says. The answer is the canonical JSON of the
 * main record.
 * @throws ContractError VALIDATION_FAILED, ROLE_REFUSED, DEPARTMENT_UNKNOWN, ACT_TOO_OLD and whatever the rule refuses; its
 * message is the text that travels
 */
export function runCommand(
  environment: Environment,
  name: CommandName,
  text: string,
): Promise<string> {
  return answered(async () => {
    const { command, ...given } = readGiven(name, text);
    const input = parsed(inputs[name].input, command);
    refuseUnexpected(environment, name);
    if (given.under === undefined) authorize(allowed(name), environment.caller);
    return write(environment, await judged(environment, name, input, given), given);
  });
}

/**
 * A department that is not registered yet has no application keys, no delegations and no sign-off: whatever names one stays
 * in the command, whose schema refuses it.
 */
function readGiven(name: CommandName, text: string): Given & { readonly command: unknown } {
  const given = parseJson(text);
  if ('runUnregistered' in commandHandlers[name]) {
    return { command: given, body: given };
  }
  const { body, signature } = splitSignature(given);
  return { body, ...(signature === undefined ? {} : { signature }), ...splitBeside(body) };
}

interface Given {
  /** Everything that an application signature signs. */
  readonly body: unknown;
  readonly signature?: AppSignature;
  readonly under?: string;
  readonly signoff?: Signoff;
}

/**
 * Why the rules would refuse a command now; undefined where they would take it. Its input is not checked and nothing is
 * written.
 */
export async function tryCommand(
  environment: Environment,
  name: CommandName,
  input: unknown,
): Promise<ContractError | undefined> {
  try {
    authorize(allowed(name), environment.caller);
    // What it is like is for the caller to see to: only what the rule looks at matters.
    const command = input as CommandInput<CommandName>;
    await judged(environment, name, command, { body: input });
    return undefined;
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
}

/** What the rule says; a refusal tells what its rule did not look at, see handling.ts. */
async function judged(...asked: Parameters<typeof handled>): Promise<Outcome> {
  const [{ store }, , input] = asked;
  try {
    return await handled(...asked);
  } catch (error) {
    throw await asTold(store, input, error);
  }
}

async function handled<N extends CommandName>(
  environment: Environment,
  name: N,
  input: CommandInput<N>,
  { body, signature, under, signoff }: Given,
): Promise<Outcome> {
  const { caller, store } = environment;
  const handler = commandHandlers[name];
  if ('runUnregistered' in handler) {
    await requireRecentAct(store, caller);
    return handler.runUnregistered(input, caller, store);
  }
  await requireRecentAct(store, caller, handler.reads?.(input, caller));
  const acting = await actingMember(environment, name, under);
  const member = signoff === undefined ? acting : { ...acting, signoff };
  if (signature !== undefined) await verify(environment, name, body, signature, member);
  return handler.run(input, member, store, {
    channel: environment.channel,
    confided: (schema) => confided(environment, schema),
  });
}

/**
 * Reads what the command is certain to look at, in one message, and with it the slot that ends the act's time. Reading it
 * is what makes an act that is held back conflict: see time/beacon.ts.
 * @throws ContractError ACT_TOO_OLD
 */
async function requireRecentAct(
  store: RecordStore,
  { mspId, at }: Caller,
  needs: readonly RecordKey[] = [],
): Promise<void> {
  const slot = padded(watchedSlot(at));
  await store.expect([['departmentOfMsp', mspId], ['beaconSlot', slot], ...needs]);
  requireRecent(await store.get('beaconSlot', slot), at);
}

/** Who acts: in one's own name, or in that of the official whom a delegation names. */
async function actingMember(
  { store, caller }: Environment,
  name: CommandName,
  under: string | undefined,
): Promise<Member> {
  const member = await memberOf(store, caller);
  requireLasting(member, commands[name].finishes === true);
  if (under === undefined) return member;
  return actingUnder(allowed(name), await store.get('delegation', under), under, member);
}

/** The caller with its department, and with what has left it. @throws ContractError DEPARTMENT_UNKNOWN */
export async function memberOf(store: RecordStore, caller: Caller): Promise<Member> {
  const entry = await store.get('departmentOfMsp', caller.mspId);
  if (entry === undefined) throw new ContractError('DEPARTMENT_UNKNOWN', { mspId: caller.mspId });
  const { department } = entry;
  if (entry.reformed === undefined) return { ...caller, department };
  const { left = [] } = found(await store.get('department', department), { department });
  return { ...caller, department, left };
}

async function verify(
  { store, channel }: Environment,
  command: CommandName,
  input: unknown,
  signature: AppSignature,
  { department, user }: Member,
): Promise<void> {
  const key = await store.get('appKey', department, signature.keyId);
  checkAppSignature(key, signature, { channel, command, department, user, input });
}

/** A refusal leaves the chaincode as the text that travels. */
export async function answered<T>(transaction: () => Promise<T>): Promise<T> {
  try {
    return await transaction();
  } catch (error) {
    throw error instanceof ContractError ? withSentence(error) : error;
  }
}

async function write(environment: Environment, outcome: Outcome, given: Given): Promise<string> {
  const { store } = environment;
  const { main, privately = [] } = outcome;
  if (outcome.onlyPrivately !== true) await writePublicly(store, outcome);
  for (const entry of privately) await store.putPrivately(entry);
  environment.emit(eventWith(outcome.event, given));
  return canonicalJson(main);
}

async function writePublicly(
  store: RecordStore,
  { main, also, endorsements = [] }: Outcome,
): Promise<void> {
  for (const record of [main, ...also]) store.put(record);
  for (const { record, mspIds } of endorsements) store.endorse(record, mspIds);
  await store.flush();
}

/** The event, with what was verified or named beside the command. */
function eventWith(event: ContractEvent, { signature, signoff }: Given): ContractEvent {
  return {
    ...event,
    ...(signature === undefined
      ? {}
      : { appSignature: { alg: signature.alg, keyId: signature.keyId } }),
    ...(signoff === undefined ? {} : { signoff }),
  };
}
