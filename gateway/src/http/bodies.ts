import express, { Router, type Request, type RequestHandler } from 'express';
import { GatewayError } from '../errors.js';
import type { AppDependencies } from './context.js';
import { addressOf, isLogin, loginPaths, whoAsks } from './counted.js';
import type { Limits } from './limits.js';
import { changeBytes, changesPath, isChange } from './routes/channel-change.js';
import { enrolmentPaths, isEnrolment } from './routes/enrolment.js';
import { Room } from './room.js';

/** Maximum size of a body from anybody: a challenge, a certificate and a signature, or a request for a certificate and its answer. */
const openBytes = 32 * 1024;

/** The most that a body may have of whoever has no session; undefined for bodies that are taken from callers alone. */
function openLimit(request: Request): number | undefined {
  if (isChange(request)) return changeBytes;
  return isLogin(request) || isEnrolment(request) ? openBytes : undefined;
}

/**
 * Parses JSON bodies of authenticated callers, of logins, of requests for certificates and of signed changes of the channel, with limits for the pending bytes and for the time that a
 * body may take. Other requests continue without a body and are refused by the route.
 * @throws GatewayError TOO_MANY_AT_ONCE, MEDIA_TYPE_UNSUPPORTED
 */
export function bodies(deps: AppDependencies, limits: Limits): RequestHandler {
  const router = Router();
  router.use(awaited(deps, limits), requireJson);
  router.post(changesPath, express.json({ limit: changeBytes, strict: true }));
  router.post([...loginPaths, ...enrolmentPaths], express.json({ limit: openBytes, strict: true }));
  router.use(express.json({ limit: limits.bodyBytes, strict: true }));
  return router;
}

function awaited(deps: AppDependencies, limits: Limits): RequestHandler {
  const { pendingBytesPerCaller, pendingBytes, bodySeconds, bodyBytes } = limits;
  const room = new Room('bodies', { each: pendingBytesPerCaller, all: pendingBytes });
  return (request, response, next) => {
    const announced = announcedBytes(request);
    const most = openLimit(request);
    const whose =
      most !== undefined ? addressOf(request) : whoAsks(request, deps)?.caller.fingerprint;
    if (announced === 0 || whose === undefined) {
      next(announced === 0 ? undefined : 'router');
      return;
    }
    const giveBack = room.take(whose, Math.min(announced, most ?? bodyBytes));
    const late = setTimeout(() => {
      // Without an answer, as node:http does when headers are late.
      request.socket.destroy();
    }, bodySeconds * 1_000);
    let pending = true;
    const done = () => {
      if (pending) giveBack();
      pending = false;
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
