import type { RequestListener } from 'node:http';
import express, { type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { GatewayError } from '../errors.js';
import { addressKey, clientKey } from './client-key.js';
import { commandRouter } from './command-routes.js';
import type { AppDependencies } from './context.js';
import { docsRouter } from './docs-routes.js';
import { documentRoutes, uploadRoute } from './document-routes.js';
import { EventStreams, eventRouter } from './event-routes.js';
import { fastLane } from './fast-lane.js';
import { healthRouter } from './health-routes.js';
import { requestLog } from './logging.js';
import { createMetrics } from './metrics.js';
import { apiPaths } from './openapi.js';
import { problemHandler } from './problem.js';
import { readRouter } from './read-routes.js';
import { RequestCounter } from './request-counter.js';
import { requestIds } from './request-id.js';
import { sessionRoutes } from './session-routes.js';
import { transactionRoutes } from './transaction-routes.js';

/** The HTTP side, ready to be listened with. */
export interface App {
  /** For `http.createServer`: the fast lane, and Express behind it. */
  readonly listener: RequestListener;
  /** Ends open event streams; call before closing the server. */
  readonly close: () => void;
}

const version = '0.1.0';

/** Builds the Express application over what the gateway is made of. Opens nothing, listens nowhere. */
export function createApp(deps: AppDependencies): App {
  const streams = new EventStreams();
  const metrics = createMetrics({
    indexedHeight: () => deps.index.checkpoint()?.block ?? -1,
    sessions: () => deps.login.sessions.size,
    eventStreams: () => streams.size,
    scheduler: deps.scheduler,
  });
  const limits = {
    bodyBytes: 256 * 1024,
    requestsPerMinute: 12_000,
    loginsPerMinute: 600,
    ...deps.limits,
  };
  const app = express();
  app.disable('x-powered-by').set('etag', false).set('query parser', 'simple');
  app.use(requestIds, requestLog(deps.logger), metrics.observe, security());
  app.use(healthRouter(deps, metrics));
  const counter = new RequestCounter();
  app.use(limiter(limits.requestsPerMinute, counter), docsRouter(version));
  app.use('/v1/sessions', limiter(limits.loginsPerMinute, new RequestCounter(), true));
  app.use(uploadRoute(deps));
  app.use(requireJson, express.json({ limit: limits.bodyBytes, strict: true }));
  app.use(sessionRoutes(deps), commandRouter(deps, metrics), transactionRoutes(deps));
  app.use(documentRoutes(deps), readRouter(deps), eventRouter(deps, streams));
  app.use(noRoute(), problemHandler(deps.logger));
  return {
    listener: fastLane(
      deps,
      metrics,
      { counter, requestsPerMinute: limits.requestsPerMinute },
      app,
    ),
    close: () => {
      streams.close();
    },
  };
}

function security(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      // TLS ends before the gateway or not at all (loopback): the page may be plain http.
      directives: { 'upgrade-insecure-requests': null },
    },
  });
}

/** Counts by token where there is one, else by address; 0 counts nothing. */
function limiter(perMinute: number, store: RequestCounter, byAddress = false): RequestHandler {
  if (perMinute === 0) {
    return (_request, _response, next) => {
      next();
    };
  }
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // It looks for its helper's name in the text of the function below; ours calls it one file further (client-key.ts).
    validate: { keyGeneratorIpFallback: false },
    store,
    keyGenerator: (request) =>
      byAddress ? addressKey(request.ip) : clientKey(request.get('authorization'), request.ip),
    handler: (_request, _response, next) => {
      next(
        new GatewayError('RATE_LIMITED', 'Too many requests; wait a minute.', {
          details: { perMinute },
        }),
      );
    },
  });
}

/** A body must say that it is JSON: anything else would silently count as no body. */
const requireJson: RequestHandler = (request, _response, next) => {
  const hasBody = request.get('content-length') !== '0' && request.is('*/*') !== null;
  if (hasBody && request.is('application/json') === false) {
    next(new GatewayError('MEDIA_TYPE_UNSUPPORTED', 'Send the body as application/json.'));
    return;
  }
  next();
};

/** A path that exists with other methods says which (RFC 9110 15.5.6); any other does not exist. */
function noRoute(): RequestHandler {
  const known = apiPaths().map(({ path, methods }) => ({
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
    methods,
  }));
  return (request, response, next) => {
    const { method, path } = request;
    const methods = known.filter(({ pattern }) => pattern.test(path)).flatMap((one) => one.methods);
    if (methods.length === 0) {
      next(new GatewayError('ROUTE_NOT_FOUND', `There is no ${path}; see /docs.`));
      return;
    }
    response.set('Allow', methods.join(', '));
    const message = `${path} takes ${methods.join(', ')}, not ${method}.`;
    next(new GatewayError('METHOD_NOT_ALLOWED', message, { details: { allowed: methods } }));
  };
}
