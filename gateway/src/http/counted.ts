import type { Request, RequestHandler } from 'express';
import { apiKeyPrefix } from '../custody/api-keys.js';
import type { Authenticated } from '../sessions/authenticate.js';
import { networkOf } from './addresses.js';
import { authenticated, type AppDependencies } from './context.js';
import type { RateLimits } from './rate-limits.js';

export const loginPaths = ['/v1/sessions', '/v1/sessions/challenge'];

/** Whether a request wants to log in: it is counted by the certificate that it shows, not as one more anonymous request. */
export const isLogin = ({ method, path }: Request): boolean =>
  method === 'POST' && loginPaths.includes(path);

/** The client that a request without a session is counted for. */
export const addressOf = ({ ip }: Request): string => networkOf(ip);

/** Counts each request once: by who has logged in, wherever from; else by the address. Logins count themselves. */
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
 * Has what changed about the accounts whose keys are kept here noted in the audit journal, before anybody is let in by it.
 * Whoever needs no such change goes on while it cannot be noted.
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

/** Who has logged in; undefined for everybody else. */
export function whoAsks(request: Request, deps: AppDependencies): Authenticated | undefined {
  if (request.get('authorization') === undefined) return undefined;
  try {
    return authenticated(request, deps);
  } catch {
    return undefined;
  }
}
