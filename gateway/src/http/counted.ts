import type { Request, RequestHandler } from 'express';
import { apiKeyPrefix } from '../custody/api-keys.js';
import type { Authenticated } from '../sessions/authenticate.js';
import { networkOf } from './addresses.js';
import { authenticated, type AppDependencies } from './context.js';
import type { RateLimits } from './rate-limits.js';

export const loginPaths = ['/v1/sessions', '/v1/sessions/challenge'];

/** Whether a request belongs to a login, which is counted by its certificate and not as anonymous. */
export const isLogin = ({ method, path }: Request): boolean =>
  method === 'POST' && loginPaths.includes(path);

/** The key under which a request without a session is counted. */
export const addressOf = ({ ip }: Request): string => networkOf(ip);

/** Counts each request for its authenticated caller, otherwise for its address. Logins are counted by their routes. */
export function counted(deps: AppDependencies, limits: RateLimits): RequestHandler {
  return (request, _response, next) => {
    if (!isLogin(request)) {
      const known = whoAsks(request, deps);
      if (known === undefined) limits.count('anonymous', addressOf(request));
      else limits.count('requests', known.caller.fingerprint);
    }
    next();
  };
}

/**
 * Records changes of the custodial accounts in the audit journal before a changed account can authenticate. While that
 * fails, only requests that depend on such a change are refused.
 */
export function accountsNoted(deps: AppDependencies): RequestHandler {
  return async (request, _response, next) => {
    try {
      await deps.accounts.noted();
    } catch (error) {
      if (hasApiKey(request) && whoAsks(request, deps) === undefined) throw error;
    }
    next();
  };
}

const hasApiKey = (request: Request): boolean =>
  request.get('authorization')?.startsWith(`Bearer ${apiKeyPrefix}`) === true;

const asked = new WeakMap<Request, Authenticated>();

/** The authenticated caller, if any, for counting; remembered, because routes check the credential again. */
export function whoAsks(request: Request, deps: AppDependencies): Authenticated | undefined {
  if (request.get('authorization') === undefined) return undefined;
  try {
    const caller = asked.get(request) ?? authenticated(request, deps);
    asked.set(request, caller);
    return caller;
  } catch {
    return undefined;
  }
}
