import { z } from 'zod';
import { checkAppSignature } from '../app-key/check-signature';
import type { AppSignature } from '../app-key/signature';
import { appSignature as appSignatureSchema } from '../app-key/signature';
import type {
  CommandInput,
  CommandName,
  QueryInput,
  QueryName,
  QueryOutput,
} from '../kernel/commands';
import { commandNames, commands, queries } from '../commands';
import { withSentence } from '../errors';
import type { YiciContext } from '../context';
import { underDelegation } from '../delegation/commands';
import { actingUnder } from '../delegation/delegation';
import type { ContractEvent } from '../kernel/events';
import type { Allowed, Caller, Member, Outcome } from '../kernel/caller';
import { authorize } from '../kernel/caller';
import { canonicalJson } from '../kernel/canonical';
import { ContractError } from '../kernel/errors';
import { padded } from '../kernel/keys';
import type { RecordKey, RecordStore } from '../kernel/store';
import { requireRecent, watchedSlot } from '../time/beacon';
import { asker, requireConcerned } from './may-ask';

const mostIssues = 100;

/** The registry seen by name, so that a name picks the type of its input. */
const commandInputs: { readonly [N in CommandName]: { input: z.ZodType<CommandInput<N>> } } =
  commands;
const queryInputs: { readonly [N in QueryName]: { input: z.ZodType<QueryInput<N>> } } = queries;

const allowed = (name: CommandName): Allowed => ({ name, roles: commands[name].roles });

const privateCommands: ReadonlySet<string> = new Set(
  commandNames.filter((name) => commands[name].private !== undefined),
);

/**
 * A write by a registered department: parse, check the role, let the rule decide, write what it says. The answer is the
 * canonical JSON of the main record. `needs` are records that the rule reads whatever it decides, so that they come with
 * the member's department in one message.
 * @throws ContractError VALIDATION_FAILED, ROLE_REFUSED, DEPARTMENT_UNKNOWN, ACT_TOO_OLD and whatever the rule refuses
 */
export async function runCommand<N extends CommandName>(
  context: YiciContext,
  name: N,
  text: string,
  rule: (input: CommandInput<N>, member: Member, store: RecordStore) => Promise<Outcome>,
  needs?: (input: CommandInput<N>, caller: Caller) => readonly RecordKey[],
): Promise<string> {
  return answered(async () => {
    const { body, signature } = splitSignature(parseJson(text));
    const { command, under } = splitDelegation(body);
    const input = parsed(commandInputs[name].input, command);
    refuseUnexpected(context, name);
    const { caller } = context;
    if (under === undefined) authorize(allowed(name), caller);
    await requireRecentAct(context, caller, needs?.(input, caller));
    const member = await actingMember(context, name, under);
    if (signature !== undefined) await verify(context, name, body, signature, member);
    return write(context, await rule(input, member, context.store), signature);
  });
}

/**
 * Reads what the command is certain to look at, in one message, and with it the slot that ends the act's time. Reading it
 * is what makes an act that is held back conflict: see time/beacon.ts.
 * @throws ContractError ACT_TOO_OLD
 */
async function requireRecentAct(
  { store }: YiciContext,
  { mspId, at }: Caller,
  needs: readonly RecordKey[] = [],
): Promise<void> {
  const slot = padded(watchedSlot(at));
  await store.expect([['departmentOfMsp', mspId], ['beaconSlot', slot], ...needs]);
  requireRecent(await store.get('beaconSlot', slot), at);
}

/** Takes the application signature out of what came, where there is one. @throws ContractError VALIDATION_FAILED */
function splitSignature(value: unknown): { body: unknown; signature?: AppSignature } {
  if (typeof value !== 'object' || value === null || !('appSignature' in value))
    return { body: value };
  const { appSignature: given, ...body } = value;
  const { appSignature } = parsed(z.object({ appSignature: appSignatureSchema }), {
    appSignature: given,
  });
  return { body, signature: appSignature };
}

/** A command without the delegation that it names. @throws ContractError VALIDATION_FAILED */
function splitDelegation(value: unknown): { readonly command: unknown; readonly under?: string } {
  if (typeof value !== 'object' || value === null || !('under' in value)) return { command: value };
  const { under: given, ...command } = value;
  const { under } = parsed(z.object(underDelegation).required(), { under: given });
  return { command, under };
}

/** Who acts: in one's own name, or in that of the official whom a delegation names. */
async function actingMember(
  context: YiciContext,
  name: CommandName,
  under: string | undefined,
): Promise<Member> {
  const member = await context.memberOf(context.caller);
  if (under === undefined) return member;
  return actingUnder(allowed(name), await context.store.get('delegation', under), under, member);
}

async function verify(
  context: YiciContext,
  command: CommandName,
  input: unknown,
  signature: AppSignature,
  { department, user }: Member,
): Promise<void> {
  const key = await context.store.get('appKey', department, signature.keyId);
  const channel = context.stub.getChannelID();
  checkAppSignature(key, signature, { channel, command, department, user, input });
}

/** As {@link runCommand}, for a caller whose department is not registered yet. */
export async function runAsCaller<N extends CommandName>(
  context: YiciContext,
  name: N,
  text: string,
  rule: (input: CommandInput<N>, caller: Caller, store: RecordStore) => Promise<Outcome>,
): Promise<string> {
  return answered(async () => {
    const input = parseInput(commandInputs[name].input, text);
    refuseUnexpected(context, name);
    const { caller } = context;
    authorize(allowed(name), caller);
    await requireRecentAct(context, caller);
    return write(context, await rule(input, caller, context.store));
  });
}

/** A read: parse, ask, answer in canonical JSON. */
export async function runQuery<N extends QueryName>(
  context: YiciContext,
  name: N,
  text: string,
  query: (input: QueryInput<N>, store: RecordStore) => Promise<QueryOutput<N>>,
): Promise<string> {
  return answered(async () => {
    const input = parseInput(queryInputs[name].input, text);
    const caller = asker(context, name);
    const answer = await query(input, context.store);
    await requireConcerned(context, caller, name, input, answer);
    return canonicalJson(answer);
  });
}

/** A refusal leaves the chaincode as the text that travels. */
export async function answered<T>(transaction: () => Promise<T>): Promise<T> {
  try {
    return await transaction();
  } catch (error) {
    throw error instanceof ContractError ? withSentence(error) : error;
  }
}

async function write(
  context: YiciContext,
  outcome: Outcome,
  signature?: AppSignature,
): Promise<string> {
  const { main, privately = [] } = outcome;
  const event = signature === undefined ? outcome.event : signedEvent(outcome.event, signature);
  if (outcome.onlyPrivately !== true) await writePublicly(context.store, outcome);
  for (const entry of privately) await context.store.putPrivately(entry);
  context.stub.setEvent(event.name, Buffer.from(canonicalJson(event), 'utf8'));
  return canonicalJson(main);
}

async function writePublicly(
  store: RecordStore,
  { main, also, endorsement }: Outcome,
): Promise<void> {
  for (const record of [main, ...also]) store.put(record);
  if (endorsement !== undefined) store.endorse(endorsement.record, endorsement.mspIds);
  await store.flush();
}

function signedEvent(event: ContractEvent, { alg, keyId }: AppSignature): ContractEvent {
  return { ...event, appSignature: { alg, keyId } };
}

/** The one entry of the transient map that a command with a private part has. */
const privateEntry = 'private';

/**
 * What came beside a command in the transient map: never in a block, seen by the endorsing peers only. Absent when the
 * caller sent nothing.
 * @throws ContractError VALIDATION_FAILED, which names paths and never a value
 */
export function privateInput<T>(context: YiciContext, schema: z.ZodType<T>): T | undefined {
  const bytes = context.stub.getTransient().get(privateEntry);
  return bytes === undefined ? undefined : parseInput(schema, Buffer.from(bytes).toString('utf8'));
}

/** Confidential values are not to reach peers for a command that has no use for them. */
function refuseUnexpected(context: YiciContext, name: CommandName): void {
  const given = [...context.stub.getTransient().keys()];
  const expected = privateCommands.has(name) ? [privateEntry] : [];
  if (given.every((key) => expected.includes(key))) return;
  const issue = { path: privateEntry, code: 'unexpected', message: 'Nothing private is taken' };
  throw new ContractError('VALIDATION_FAILED', { issues: [issue] });
}

function parseInput<T>(schema: z.ZodType<T>, text: string): T {
  return parsed(schema, parseJson(text));
}

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, mostIssues).flatMap(issueDetails);
  throw new ContractError('VALIDATION_FAILED', { issues });
}

/** An unknown key is reported at its own path, like every other offence. */
function issueDetails(issue: z.core.$ZodIssue) {
  const at = (...more: PropertyKey[]) => [...issue.path, ...more].map(String).join('.');
  const { code, message } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path: at(), code, message }];
  return issue.keys.slice(0, mostIssues).map((key) => ({ path: at(key), code, message }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const issue = { path: '', code: 'invalid_json', message: 'The argument is not JSON' };
    throw new ContractError('VALIDATION_FAILED', { issues: [issue] });
  }
}
