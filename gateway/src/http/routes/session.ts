import { otherReads, type Session } from '@yici/api';
import { maxIdentityBytes } from '@yici/ledger';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Authenticated } from '../../sessions/authenticate.js';
import { GatewayError } from '../../errors.js';
import type { Caller } from '../../callers/caller.js';
import type { Credentials } from '../../sessions/login.js';
import { ownAddress } from '../../sessions/own-address.js';
import { authenticated, type AppDependencies } from '../context.js';
import { addressOf } from '../counted.js';
import type { RateLimits } from '../rate-limits.js';
import { validated } from '../../validate.js';
import { noQuery } from '../no-query.js';
import { whoOf } from './recorded-reads.js';
import { requestId } from '../request-id.js';

const credentials = {
  certificate: z.string().min(1).max(maxIdentityBytes).describe('X.509 certificate in PEM.'),
  mspId: z.string().min(1).max(64),
};

export const challengeBody = z.strictObject({
  ...credentials,
  gateway: z
    .string()
    .min(1)
    .max(300)
    .exactOptional()
    .describe(
      'The address that the caller calls, `https://host:port`; it becomes part of the message.',
    ),
});
export const sessionBody = z.strictObject({
  ...credentials,
  challenge: z.string().min(1).max(512),
  signature: z
    .base64()
    .min(1)
    .max(1024)
    .describe('ECDSA, DER, low S, over SHA-256 of the message.'),
});

export function sessionRoutes(deps: AppDependencies, limits: RateLimits): Router {
  const router = Router();
  router.post('/v1/sessions/challenge', noQuery, (request, response) => {
    const body = countedLogin(request, challengeBody, deps, limits);
    const { gateway, ...credentials } = body;
    const address = ownAddress(gateway, deps.addresses, request.socket);
    const { challenge, message, expiresAt } = deps.login.challenge(credentials, address);
    response.status(201).json({ challenge, message, expiresAt: expiresAt.toISOString() });
  });
  router.post('/v1/sessions', noQuery, async (request, response) => {
    const body = countedLogin(request, sessionBody, deps, limits);
    const signature = Buffer.from(body.signature, 'base64');
    const { token, session } = await deps.login.open({ ...body, signature });
    try {
      await note(deps, response, 'session.open', session.caller);
    } catch (error) {
      deps.login.sessions.close(token);
      throw error;
    }
    response.status(201).json({ token, session: describe({ ...session, token }, deps) });
  });
  router.get(otherReads['sessions.current'].path, noQuery, (request, response) => {
    response.json(describe(authenticated(request, deps), deps));
  });
  router.delete('/v1/sessions/current', noQuery, async (request, response) => {
    const { caller, token } = authenticated(request, deps);
    if (token !== undefined) {
      deps.login.sessions.close(token);
      await note(deps, response, 'session.close', caller);
    }
    response.status(204).end();
  });
  return router;
}

/**
 * The body of a login request. It is counted by certificate and address, so that neither other clients nor requests with
 * the same certificate from elsewhere can use up its limit. Without a member's certificate it counts as anonymous.
 * @throws GatewayError RATE_LIMITED, VALIDATION_FAILED, CERTIFICATE_…, MSP_UNKNOWN
 */
function countedLogin<Body extends Credentials>(
  request: Request,
  schema: z.ZodType<Body>,
  { login }: AppDependencies,
  limits: RateLimits,
): Body {
  const address = addressOf(request);
  try {
    const body = validated(schema, request.body, 'body');
    const { fingerprint } = login.member(body).caller;
    limits.count('logins', `${address} ${fingerprint}`);
    return body;
  } catch (error) {
    if (!(error instanceof GatewayError && error.code === 'RATE_LIMITED')) {
      limits.count('anonymous', address);
    }
    throw error;
  }
}

/** Records a session in the audit journal, before its token is disclosed. */
async function note(
  { audit, viewers }: AppDependencies,
  response: Response,
  kind: 'session.open' | 'session.close',
  caller: Caller,
): Promise<void> {
  const by = whoOf(caller, viewers.of(caller));
  await audit.append({ kind, by, requestId: requestId(response) });
}

function describe(found: Omit<Authenticated, 'isOpen'>, deps: AppDependencies): Session {
  const { caller, expiresAt } = found;
  const id = deps.index.record('departmentOfMsp', caller.mspId)?.department;
  const department = id === undefined ? undefined : deps.index.record('department', id);
  return {
    mspId: caller.mspId,
    department: department === undefined ? null : { id: department.id, name: department.name },
    user: caller.user,
    role: caller.role,
    section: caller.section,
    admin: caller.admin,
    custodial: caller.account !== undefined,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
