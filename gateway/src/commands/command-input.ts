import { canonicalJson, roles } from '@yici/domain/model';
import { z } from 'zod';
import { GatewayError } from '../errors.js';
import { validated } from '../validate.js';
import type { Caller } from '../callers/caller.js';
import { isDelegable, type CommandRoute } from './route-table.js';

/** A command as it came in: its input, and the canonical JSON of its private part, if it has one. */
interface GivenCommand {
  readonly input: Record<string, unknown>;
  readonly secret?: string;
}

/**
 * A command's input as {@link commandInput} gives it, and apart from it what is private.
 * @throws GatewayError VALIDATION_FAILED with every offending path, and never a value.
 */
export function givenCommand(route: CommandRoute, body: unknown, pathValue: string): GivenCommand {
  const whole = bodyRecord.safeParse(body);
  if (route.private === null || !whole.success || whole.data['private'] === undefined) {
    return { input: commandInput(route, body, pathValue) };
  }
  const { private: given, ...rest } = whole.data;
  const schema = z.strictObject({ private: route.private });
  const secret = canonicalJson(validated(schema, { private: given }, 'body').private);
  return { input: commandInput(route, rest, pathValue), secret };
}

/** The object itself, not a copy: z.record would drop a field named `__proto__`, which has to be refused. */
const bodyRecord = z.custom<Readonly<Record<string, unknown>>>(
  (body) => typeof body === 'object' && body !== null && !Array.isArray(body),
);

/**
 * A command's whole input, from the body and the path's field.
 * @throws GatewayError VALIDATION_FAILED with every offending path of both.
 */
export function commandInput(
  route: CommandRoute,
  body: unknown,
  pathValue: string,
): Record<string, unknown> {
  const { key } = route;
  if (key === null) return validated(route.body, body, 'body');
  const whole = bodyRecord.safeParse(body);
  const given = whole.success ? whole.data : {};
  const schema = key in given ? route.body : route.input;
  // A field that stands in the path may not stand in the body too: they could differ.
  const merged = key in given ? given : { ...given, [key]: keyValue(key, pathValue) };
  return validated(schema, whole.success ? merged : body, 'body');
}

const keyValue = (key: string, text: string): unknown =>
  key === 'year' && /^\d{1,4}$/.test(text) ? Number(text) : text;

/**
 * Refuses early what the contract would refuse by role, before anybody signs for nothing. The contract decides; also
 * which role an official has `under` a delegation.
 * @throws GatewayError ROLE_REFUSED
 */
export function assertRole(
  route: CommandRoute,
  caller: Caller,
  input: Readonly<Record<string, unknown>> = {},
): void {
  if (input['under'] !== undefined && isDelegable(caller.role)) return;
  const own = roles.filter((role) => role === caller.role || (role === 'admin' && caller.admin));
  if (own.some((role) => route.roles.includes(role))) return;
  throw new GatewayError('ROLE_REFUSED', `${route.name} is for ${route.roles.join(', ')}.`, {
    details: { role: caller.role, admin: caller.admin, allowed: route.roles },
  });
}
