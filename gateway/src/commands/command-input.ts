import { canonicalJson, roles } from '@yici/domain/model';
import { z } from 'zod';
import { GatewayError } from '../errors.js';
import { validated } from '../validate.js';
import type { Caller } from '../callers/caller.js';
import { isDelegable, type CommandRoute } from './route-table.js';

/**
 * Validates a command's body and separates its private part (`secret`, canonical JSON) from the rest of the input.
 * @throws GatewayError VALIDATION_FAILED with every offending path, but never a value, which could be confidential.
 */
export function givenCommand(route: CommandRoute, body: unknown, pathValue: string) {
  const whole = bodyRecord.safeParse(body);
  if (route.private === null || !whole.success || whole.data['private'] === undefined) {
    return { input: commandInput(route, body, pathValue) };
  }
  const { private: given, ...rest } = whole.data;
  const schema = z.strictObject({ private: route.private });
  const secret = canonicalJson(validated(schema, { private: given }, 'body').private);
  return { input: commandInput(route, rest, pathValue), secret };
}

/** As {@link givenCommand}, where the field that the path has is in the input like the others. */
export function wholeCommand(route: CommandRoute, input: Readonly<Record<string, unknown>>) {
  if (route.key === null) return givenCommand(route, input, '');
  const { [route.key]: key, ...body } = input;
  return givenCommand(route, body, typeof key === 'string' ? key : JSON.stringify(key ?? ''));
}

/** Passes the object itself on: z.record would copy it and drop a field named `__proto__`, which has to be refused. */
const bodyRecord = z.custom<Readonly<Record<string, unknown>>>(
  (body) => typeof body === 'object' && body !== null && !Array.isArray(body),
);

/**
 * A command's whole input: the body, and the field whose value is in the path.
 * @throws GatewayError VALIDATION_FAILED with every offending path of both.
 */
export function commandInput(
  route: CommandRoute,
  body: unknown,
  pathValue: string,
): Record<string, unknown> {
  const { key } = route;
  if (key === null) return validated(route.input, body, 'body');
  const whole = bodyRecord.safeParse(body);
  const given = whole.success ? whole.data : {};
  const schema = key in given ? route.body : route.input;
  // The field of the path must not be in the body too: the two values could differ.
  const merged = key in given ? given : { ...given, [key]: keyValue(key, pathValue) };
  return validated(schema, whole.success ? merged : body, 'body');
}

const keyValue = (key: string, text: string): unknown =>
  key === 'year' && /^\d{1,4}$/.test(text) ? Number(text) : text;

/**
 * Refuses a command early if the contract would refuse the caller's role, so that nobody signs in vain. The contract
 * has the final decision, also about the role that an official has `under` a delegation.
 * @throws GatewayError ROLE_REFUSED
 */
export function assertRole(
  route: CommandRoute,
  caller: Caller,
  input: Readonly<Record<string, unknown>> = {},
): void {
  if (input['under'] !== undefined && isDelegable(caller.role)) return;
  if (hasRole(route, caller)) return;
  throw new GatewayError('ROLE_REFUSED', `${route.name} is for ${route.roles.join(', ')}.`, {
    details: { command: route.name, role: caller.role, allowed: route.roles },
  });
}

/** Whether the caller's own role may do it. */
export function hasRole(route: CommandRoute, caller: Caller): boolean {
  const own = roles.filter((role) => role === caller.role || (role === 'admin' && caller.admin));
  return own.some((role) => route.roles.includes(role));
}
