import {
  appSignature,
  commandNames,
  commands,
  delegableRole,
  functionName,
  underDelegation,
  signoff,
  transactionOf,
  type CommandName,
  type Commands,
  type Role,
  withoutHidden,
} from '@yici/domain/model';
import { z } from 'zod';

/** The route of one command; Express routes, OpenAPI and validation are derived from it. */
export interface CommandRoute {
  readonly name: CommandName;
  /** OpenAPI style: `/v1/cases/{caseNo}/accept`. */
  readonly path: string;
  /** The input's field whose value is in the path. */
  readonly key: string | null;
  /** The contract function in the proposal, e.g. `case:submit`. */
  readonly function: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly roles: readonly Role[];
  /** The body as documented: `input` without the path's field and what the gateway alone sets. */
  readonly body: z.ZodObject;
  /** Schema of the body's `private`, for commands with confidential values; null for all others. */
  readonly private: z.ZodType | null;
  /** Whether only peers of the caller's department endorse. */
  readonly ownPeers: boolean;
  /** Schema of the whole input without private values; numbers that the gateway can issue are optional. */
  readonly input: z.ZodObject;
}

const kebab = (verb: string): string =>
  verb.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Every command's route, derived from the chaincode's registry. */
export const commandRoutes: readonly CommandRoute[] = commandNames.map(routeOf);

function routeOf(name: CommandName): CommandRoute {
  const spec = commands[name];
  const input = withoutNumbers(spec, signable(delegable(spec)));
  const { internal = [], of } = spec;
  const key = spec.creates !== true && of.key in input.shape ? of.key : null;
  const one = key === null ? '' : `/{${key}}`;
  const verb = spec.creates === true ? '' : `/${kebab(transactionOf(name))}`;
  return {
    name,
    path: `/v1/${of.plural}${one}${verb}`,
    key,
    function: functionName(name),
    summary: spec.summary,
    roles: spec.roles,
    body: without(key === null ? internal : [...internal, key], input),
    private: spec.private ?? null,
    ownPeers: spec.ownPeers === true,
    input,
  };
}

/** Any command may have an application signature, which the contract removes and verifies (its app-signature.ts). */
function signable(input: z.ZodObject): z.ZodObject {
  return input.safeExtend({ appSignature: appSignature.exactOptional() });
}

type Spec = Commands[CommandName];

/**
 * What an official may do, a delegate may do in that official's place: the input then names the delegation. It names the
 * sign-off too that the act went through in the department.
 */
function delegable(spec: Spec): z.ZodObject {
  if (!spec.roles.some(isDelegable)) return spec.input;
  return spec.input.safeExtend({ ...underDelegation, signoff: signoff.exactOptional() });
}

/** Whether a role can be exercised by a delegate. */
export function isDelegable(role: string | null): boolean {
  return delegableRole.safeParse(role).success;
}

/** The numbers that the gateway issues when the caller leaves them out (numbers.ts). */
function withoutNumbers({ issued = [] }: Spec, input: z.ZodObject): z.ZodObject {
  if (issued.length === 0) return input;
  const fields = Object.entries<z.ZodType>(input.shape).map(([field, schema]) => [
    field,
    issued.includes(field) ? z.exactOptional(schema) : schema,
  ]);
  return withoutHidden(z.strictObject(Object.fromEntries(fields)));
}

function without(fields: readonly string[], input: z.ZodObject): z.ZodObject {
  if (fields.length === 0) return input;
  const rest = Object.entries(input.shape).filter(([field]) => !fields.includes(field));
  return withoutHidden(z.strictObject(Object.fromEntries(rest)));
}

/** The route of a command's name; undefined when the registry has no such command. */
export const commandRoute = (name: string): CommandRoute | undefined =>
  commandRoutes.find((route) => route.name === name);
