import {
  appSignature,
  caseNo,
  commandNames,
  commands,
  delegableRole,
  functionName,
  underDelegation,
  oneThingNo,
  openedParts,
  transactionOf,
  type CommandName,
  type Role,
  withoutHidden,
} from '@yici/domain/model';
import { z } from 'zod';

/** The route of one command; Express routes, OpenAPI and validation are derived from it. */
export interface CommandRoute {
  readonly name: CommandName;
  readonly method: 'post';
  /** OpenAPI style: `/v1/cases/{caseNo}/accept`. */
  readonly path: string;
  /** The input's field whose value is in the path. */
  readonly key: string | null;
  /** The contract function in the proposal, e.g. `case:submit`. */
  readonly function: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly roles: readonly Role[];
  /** Schema of the body: `input` without the field in the path. */
  readonly body: z.ZodObject;
  /** Schema of the body's `private`, for commands with confidential values; null for all others. */
  readonly private: z.ZodType | null;
  /** Whether only peers of the caller's department endorse. */
  readonly ownPeers: boolean;
  /** Schema of the whole input without private values; numbers that the gateway can issue are optional. */
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
}

/** The fields that the gateway fills in when the caller omits them (numbers.ts). */
const issued: Readonly<Partial<Record<CommandName, Readonly<Record<string, z.ZodType>>>>> = {
  'case.submit': { caseNo: caseNo.exactOptional() },
  'oneThing.submit': { no: oneThingNo.exactOptional(), cases: openedParts.exactOptional() },
  'oneThing.advance': { cases: openedParts.exactOptional() },
};

const kebab = (verb: string): string =>
  verb.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Every command's route, derived from the chaincode's registry. */
export const commandRoutes: readonly CommandRoute[] = commandNames.map(routeOf);

function routeOf(name: CommandName): CommandRoute {
  const spec = commands[name];
  const input = withoutNumbers(name, signable(delegable(spec)));
  const { plural, key } = spec.of;
  const common = {
    name,
    method: 'post' as const,
    function: functionName(name),
    summary: spec.summary,
    roles: spec.roles,
    private: spec.private ?? null,
    ownPeers: spec.ownPeers === true,
    input,
    output: spec.output,
  };
  if (spec.creates === true) {
    return { ...common, path: `/v1/${plural}`, key: null, body: input };
  }
  const verb = kebab(transactionOf(name));
  if (!(key in input.shape)) {
    return { ...common, path: `/v1/${plural}/${verb}`, key: null, body: input };
  }
  const rest = Object.entries(input.shape).filter(([field]) => field !== key);
  const body = withoutHidden(z.strictObject(Object.fromEntries(rest)));
  return { ...common, path: `/v1/${plural}/{${key}}/${verb}`, key, body };
}

/** Any command may have an application signature, which the contract removes and verifies (its app-signature.ts). */
function signable(input: z.ZodObject): z.ZodObject {
  return input.safeExtend({ appSignature: appSignature.exactOptional() });
}

/** A delegate may act for an official: the input then names the delegation. */
function delegable(spec: { readonly input: z.ZodObject; readonly roles: readonly Role[] }) {
  return spec.roles.some(isDelegable) ? spec.input.safeExtend(underDelegation) : spec.input;
}

/** Whether a role can be exercised by a delegate. */
export function isDelegable(role: string | null): boolean {
  return delegableRole.safeParse(role).success;
}

function withoutNumbers(name: CommandName, input: z.ZodObject): z.ZodObject {
  const fields = issued[name];
  if (fields === undefined) return input;
  return withoutHidden(z.strictObject({ ...input.shape, ...fields }));
}

/** The route of a command's name; undefined when the registry has no such command. */
export const commandRoute = (name: string): CommandRoute | undefined =>
  commandRoutes.find((route) => route.name === name);
