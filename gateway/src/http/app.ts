import type { RequestListener } from 'node:http';
import express, { type Request, type RequestHandler } from 'express';
import helmet from 'helmet';
import { GatewayError } from '../errors.js';
import { lazily } from '../lazily.js';
import type { Actor } from '@yici/api';
import { batchRouter } from './routes/batch-route.js';
import { bodies } from './bodies.js';
import { channelChangeRoutes } from './routes/channel-change.js';
import { commandRouter } from './routes/command-routes.js';
import { compressed } from './compressed.js';
import { viewing, type AppDependencies } from './context.js';
import { accountsNoted, counted } from './counted.js';
import { consoleRouter } from './routes/console.js';
import { demoRouter } from './routes/demo.js';
import { docsRouter } from './routes/docs.js';
import { documentRoutes, uploadRoute } from './routes/document.js';
import { calendarRoutes } from './routes/calendar.js';
import { draftRoutes } from './routes/draft.js';
import { enrolmentRoutes } from './routes/enrolment.js';
import { EventStreams, eventRouter } from './routes/event.js';
import { fastLane } from './fast-lane.js';
import { fontRouter } from './routes/font.js';
import { limitsSchema } from './limits.js';
import { requestLog } from './logging.js';
import { createMetrics, metricsRouter, routeOf } from './metrics.js';
import { apiPaths } from './openapi.js';
import { problemHandler } from './problem.js';
import { explanationsRouter, healthRouter, networkRouter } from './routes/public.js';
import { RateLimits } from './rate-limits.js';
import { readRouter } from './routes/read-routes.js';
import { whoOf } from './routes/recorded-reads.js';
import { requestIds } from './request-id.js';
import { Room } from './room.js';
import { sessionRoutes } from './routes/session.js';
import { firstFailure, storageFailed } from '../store/states.js';
import { signoffRoutes } from './routes/signoff.js';
import { transactionRoutes } from './routes/transaction.js';
import { valuesRouter } from './routes/values.js';

interface App {
  /** For `http.createServer`: the fast lane, then Express. */
  readonly listener: RequestListener;
  /** Ends open event streams; call before closing the server. */
  readonly close: () => void;
}

const version = '0.1.0';

/** Builds the HTTP application; opens and listens to nothing. */
export function createApp(deps: AppDependencies): App {
  const streams = new EventStreams();
  const metrics = metricsOf(deps, streams);
  const limits = limitsSchema.parse(deps.limits ?? {});
  const rates = new RateLimits(limits);
  const app = express();
  app.disable('x-powered-by').set('etag', false).set('query parser', 'simple');
  app.set('trust proxy', limits.trustedProxies);
  app.use(requestIds, requestLog(deps.logger), metrics.observe, security(), compressed());
  app.use(healthRouter(deps), counted(deps, rates), accountsNoted(deps));
  app.use(
    metricsRouter(metrics, limits),
    docsRouter(version),
    demoRouter(deps),
    fontRouter(),
    refuseWrites(deps),
  );
  app.use(uploadRoute(deps, limits), bodies(deps, limits));
  app.use(enrolmentRoutes(deps, rates), channelChangeRoutes(deps, rates));
  app.use(sessionRoutes(deps, rates), commandRouter(deps, metrics), transactionRoutes(deps));
  const onRefused = refusalsOf(deps);
  app.use(batchRouter(deps, { metrics, rates, onRefused }), draftRoutes(deps));
  app.use(signoffRoutes(deps), calendarRoutes(deps));
  const places = new Room('streams', { each: limits.streamsPerCaller, all: limits.streams });
  const events = eventRouter(deps, streams, places, limits.heartbeatSeconds * 1000);
  app.use(documentRoutes(deps), valuesRouter(deps), networkRouter(deps), explanationsRouter(deps));
  app.use(readRouter(deps), events, consoleRouter(), noRoute(), problemHandler(deps, onRefused));
  const listener = fastLane(deps, metrics, rates, app);
  return {
    listener: guarded(listener, deps),
    close: () => streams.close(),
  };
}

const metricsOf = (deps: AppDependencies, streams: EventStreams) =>
  createMetrics({
    indexedHeight: () => deps.index.checkpoint()?.block ?? -1,
    sessions: () => deps.login.sessions.size,
    eventStreams: () => streams.size,
    scheduler: deps.scheduler,
    storage: deps.storage,
    resources: deps.resources,
  });

/** An answer's 'error' event without a listener would end the process. */
function guarded(listener: RequestListener, { logger }: AppDependencies): RequestListener {
  const onBroken = (error: Error) =>
    logger.debug({ err: error }, 'an answer could not be written to its end');
  return (request, response) => {
    response.on('error', onBroken);
    listener(request, response);
  };
}

/** While a store cannot be written, requests that would write are refused; reads continue. */
function refuseWrites({ storage }: AppDependencies): RequestHandler {
  return (request, _response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const failure =
      reads || request.path.startsWith('/v1/sessions') ? undefined : firstFailure(storage());
    next(failure && storageFailed(failure));
  };
}

/** Records refused requests for the audit journal, with the caller if there is one. */
function refusalsOf(deps: AppDependencies): Parameters<typeof problemHandler>[1] {
  return (request, status, code) =>
    deps.refusals.note(status, { by: askerOf(request, deps), route: routeOf(request), code });
}

function askerOf(request: Request, deps: AppDependencies): Actor | null {
  try {
    const { caller, viewer } = viewing(request, deps);
    return whoOf(caller, viewer);
  } catch {
    return null;
  }
}

function security(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      // TLS ends at a proxy, or is not used (loopback), so the page may be plain http.
      directives: { 'upgrade-insecure-requests': null },
    },
  });
}

/** 405 with the permitted methods for a known path (RFC 9110 15.5.6), otherwise 404. */
function noRoute(): RequestHandler {
  const known = lazily(() =>
    apiPaths().map(({ path, methods }) => ({
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
      methods,
    })),
  );
  return (request, response, next) => {
    const { method, path } = request;
    const methods = known()
      .filter(({ pattern }) => pattern.test(path))
      .flatMap((one) => one.methods);
    if (methods.length === 0) {
      next(new GatewayError('ROUTE_NOT_FOUND', `There is no ${path}; see /docs.`));
      return;
    }
    response.set('Allow', methods.join(', '));
    const message = `${path} takes ${methods.join(', ')}, not ${method}.`;
    next(new GatewayError('METHOD_NOT_ALLOWED', message, { details: { allowed: methods } }));
  };
}
