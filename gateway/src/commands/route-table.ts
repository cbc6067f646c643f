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

/** One command's way in: everything else (Express routes, OpenAPI, validation) derives from this. */
export interface CommandRoute {
  readonly name: CommandName;
  readonly method: 'post';
  /** OpenAPI style: `/v1/cases/{caseNo}/accept`. */
  readonly path: string;
  /** The input's field that stands in the path. */
  readonly key: string | null;
  /** `case:submit`, as the proposal names it. */
  readonly function: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly roles: readonly Role[];
  /** What the body must be: `input` without the path's field. */
  readonly body: z.ZodObject;
  /** What the body's `private` must be, for commands that carry confidential values; null for all others. */
  readonly private: z.ZodType | null;
  /** Endorsed by the peers of the caller's department alone. */
  readonly ownPeers: boolean;
  /** The whole input as a caller gives it: the numbers of what is filed may be left to the gateway; nothing private. */
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
}

/** The numbers that the gateway issues when the caller leaves them out (numbers.ts). */
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

/** Any command may carry an application signature; the contract takes it off and verifies it (app-signature.ts there). */
function signable(input: z.ZodObject): z.ZodObject {
  return input.safeExtend({ appSignature: appSignature.exactOptional() });
}

/** What an official may do, a delegate may do in that official's place: the input then names the delegation. */
function delegable(spec: { readonly input: z.ZodObject; readonly roles: readonly Role[] }) {
  return spec.roles.some(isDelegable) ? spec.input.safeExtend(underDelegation) : spec.input;
}

/** Whether an official's role, which another official can stand in for. */
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
