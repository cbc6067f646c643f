import { z } from 'zod';
import { appSignature as appSignatureSchema, type AppSignature } from '../app-key/signature';
import { commandNames, commands } from '../commands';
import { underDelegation } from '../delegation/commands';
import type { CommandName } from '../kernel/commands';
import { ContractError } from '../kernel/errors';
import { withoutHidden } from '../kernel/hidden-characters';
import { signoff } from '../kernel/roles';
import { issueData, type RefusedIssue } from '../words/issue-words';
import type { Environment } from './environment';

const mostIssues = 100;

/** Takes the application signature out of what came, where there is one. @throws ContractError VALIDATION_FAILED */
export function splitSignature(value: unknown): { body: unknown; signature?: AppSignature } {
  if (typeof value !== 'object' || value === null || !('appSignature' in value))
    return { body: value };
  const { appSignature: given, ...body } = value;
  const { appSignature } = parsed(z.object({ appSignature: appSignatureSchema }), {
    appSignature: given,
  });
  return { body, signature: appSignature };
}

/** What may stand beside the input of a command: the delegation and the sign-off that it names. */
const besideSchema = withoutHidden(
  z.strictObject({ ...underDelegation, signoff: signoff.exactOptional() }),
);
type Beside = z.output<typeof besideSchema>;

/** A command without the delegation and the sign-off that it names. @throws ContractError VALIDATION_FAILED */
export function splitBeside(value: unknown): Beside & { readonly command: unknown } {
  if (typeof value !== 'object' || value === null) return { command: value };
  const isBeside = ([name]: readonly [string, unknown]) => name in besideSchema.shape;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  const beside = entries.filter(isBeside);
  if (beside.length === 0) return { command: value };
  const command = Object.fromEntries(entries.filter((entry) => !isBeside(entry)));
  return { command, ...parsed(besideSchema, Object.fromEntries(beside)) };
}

/** The one entry of the transient map that a command with a private part has. */
const privateEntry = 'private';

const privateCommands: ReadonlySet<string> = new Set(
  commandNames.filter((name) => commands[name].private !== undefined),
);

/** See Surroundings in kernel/handler.ts. */
export function confided<T>(environment: Environment, schema: z.ZodType<T>): T | undefined {
  const bytes = environment.transient.get(privateEntry);
  return bytes === undefined ? undefined : parseInput(schema, Buffer.from(bytes).toString('utf8'));
}

/** Confidential values are not to reach peers for a command that has no use for them. @throws ContractError VALIDATION_FAILED */
export function refuseUnexpected(environment: Environment, name: CommandName): void {
  const given = [...environment.transient.keys()];
  const expected = privateCommands.has(name) ? [privateEntry] : [];
  if (given.every((key) => expected.includes(key))) return;
  const issue = { path: privateEntry, code: 'unexpected', message: 'Nothing private is taken' };
  throw new ContractError('VALIDATION_FAILED', { issues: [issue] });
}

/** @throws ContractError VALIDATION_FAILED */
export function parseInput<T>(schema: z.ZodType<T>, text: string): T {
  return parsed(schema, parseJson(text));
}

/** @throws ContractError VALIDATION_FAILED, with every offending path */
export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues
    .slice(0, mostIssues)
    .flatMap((issue) => issueDetails(issue, value));
  throw new ContractError('VALIDATION_FAILED', { issues });
}

/** An unknown key is reported at its own path, like every other offence. */
function issueDetails(issue: z.core.$ZodIssue, input: unknown): RefusedIssue[] {
  const at = (...more: PropertyKey[]) => [...issue.path, ...more].map(String).join('.');
  const { code, message } = issue;
  if (issue.code !== 'unrecognized_keys') {
    return [{ path: at(), message, ...issueData(issue, input) }];
  }
  return issue.keys.slice(0, mostIssues).map((key) => ({ path: at(key), code, message }));
}

/** @throws ContractError VALIDATION_FAILED */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const issue = { path: '', code: 'invalid_json', message: 'The argument is not JSON' };
    throw new ContractError('VALIDATION_FAILED', { issues: [issue] });
  }
}
