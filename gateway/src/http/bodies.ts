import express, { Router, type Request, type RequestHandler } from 'express';
import { GatewayError } from '../errors.js';
import type { AppDependencies } from './context.js';
import { addressOf, isLogin, loginPaths, whoAsks } from './counted.js';
import type { Limits } from './limits.js';
import { Room } from './room.js';

/** Maximum size of a login's body: a challenge, a certificate and a signature. */
const loginBytes = 32 * 1024;

/**
 * Parses JSON bodies of authenticated callers and of logins, with limits for the pending bytes and for the time that a
 * body may take. Other requests continue without a body and are refused by the route.
 * @throws GatewayError TOO_MANY_AT_ONCE, MEDIA_TYPE_UNSUPPORTED
 */
export function bodies(deps: AppDependencies, limits: Limits): RequestHandler {
  const router = Router();
  router.use(awaited(deps, limits), requireJson);
  router.post(loginPaths, express.json({ limit: loginBytes, strict: true }));
  router.use(express.json({ limit: limits.bodyBytes, strict: true }));
  return router;
}

function awaited(deps: AppDependencies, limits: Limits): RequestHandler {
  const { pendingBytesPerCaller, pendingBytes, bodySeconds, bodyBytes } = limits;
  const room = new Room('bodies', { each: pendingBytesPerCaller, all: pendingBytes });
  return (request, response, next) => {
    const announced = announcedBytes(request);
    const login = isLogin(request);
    const whose = login ? addressOf(request) : whoAsks(request, deps)?.caller.fingerprint;
    if (announced === 0 || whose === undefined) {
      next(announced === 0 ? undefined : 'router');
      return;
    }
    const giveBack = room.take(whose, Math.min(announced, login ? loginBytes : bodyBytes));
    const late = setTimeout(() => {
      // Without an answer, as node:http does when headers are late.
      request.socket.destroy();
    }, bodySeconds * 1_000);
    let open = true;
    const done = () => {
      if (open) giveBack();
      open = false;
      clearTimeout(late);
    };
    request.once('end', done);
    response.once('close', done);
    next();
  };
}

/** The Content-Type must be JSON: express.json would silently ignore any other body. */
const requireJson: RequestHandler = (request, _response, next) => {
  // Without a body `is` gives null.
  if (request.get('content-length') !== '0' && request.is('application/json') === false) {
    next(new GatewayError('MEDIA_TYPE_UNSUPPORTED', 'Send the body as application/json.'));
    return;
  }
  next();
};

function announcedBytes(request: Request): number {
  if (request.get('transfer-encoding') !== undefined) return Number.MAX_SAFE_INTEGER;
  return Number(request.get('content-length') ?? 0);
}
