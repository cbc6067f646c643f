import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { Router, type Request, type RequestHandler } from 'express';
import { GatewayError } from '../errors.js';
import type { Scheduler } from '../scheduler/scheduler.js';
import type { StoreStates } from '../store/states.js';
import { endRequest, requestSpan } from '../tracing.js';
import { isOneOf } from './addresses.js';
import type { Limits } from './limits.js';
import { addResources, type Resources } from './resource-metrics.js';

/** Sources of the metrics that are read at collection. */
interface MetricSources {
  readonly indexedHeight: () => number;
  readonly sessions: () => number;
  readonly eventStreams: () => number;
  readonly scheduler: Pick<Scheduler, 'obstacle' | 'due' | 'counts'>;
  readonly storage: () => StoreStates;
  readonly resources: Resources;
}

/** A gateway's Prometheus metrics, in a registry of its own. */
export interface Metrics {
  readonly registry: Registry;
  readonly observe: RequestHandler;
  /** Records an answer of the fast lane. */
  readonly answered: (method: string, route: string, status: number, seconds: number) => void;
  /** Counts a custodial command by its outcome: `passed` or an error code. */
  readonly transaction: (command: string, outcome: string) => void;
}

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  // Gauges by a counter's name, which promtool refuses; those of each type stay.
  for (const what of ['handles', 'requests', 'resources']) {
    registry.removeSingleMetric(`nodejs_active_${what}_total`);
  }
  addGauges(registers, sources);
  addScheduled(registers, sources.scheduler);
  addStores(registers, sources.storage);
  addResources(registers, sources.resources);
  const seconds = new Histogram({
    name: 'yici_http_request_seconds',
    help: 'Time to answer, by route pattern and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  const transactions = new Counter({
    name: 'yici_transactions_total',
    help: 'Transactions by command and how they ended.',
    labelNames: ['command', 'outcome'] as const,
    registers,
  });
  return {
    registry,
    observe: observedBy(seconds),
    answered: (method, route, status, taken) => seconds.observe({ method, route, status }, taken),
    transaction: (command, outcome) => transactions.inc({ command, outcome }),
  };
}

/** Times each request and spans it. */
function observedBy(seconds: Histogram<'method' | 'route' | 'status'>): RequestHandler {
  return (request, response, next) => {
    const { method } = request;
    const stop = seconds.startTimer();
    const { span, within } = requestSpan(method, request.headers);
    // Also when the caller left before the answer was written: a span that never ends is never exported.
    response.once('close', () => endRequest(span, method, routeOf(request), response.statusCode));
    response.once('finish', () => {
      stop({ method, route: routeOf(request), status: response.statusCode });
    });
    within(next);
  };
}

function addGauges(registers: Registry[], sources: MetricSources): void {
  const gauges = {
    yici_index_block: ['Newest block in the read index.', sources.indexedHeight],
    yici_sessions: ['Open sessions.', sources.sessions],
    yici_event_streams: ['Open event streams.', sources.eventStreams],
    yici_scheduler_on: [
      'Whether this gateway proposes what time makes due.',
      () => (sources.scheduler.obstacle === undefined ? 1 : 0),
    ],
    yici_scheduler_due: ['What was due at the last look.', () => sources.scheduler.due],
  } as const;
  for (const [name, [help, read]] of Object.entries(gauges)) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }
}

function addStores(registers: Registry[], storage: () => StoreStates): void {
  new Gauge({
    name: 'yici_store_failing',
    help: '1 while a store takes no writes: a full or broken disk.',
    labelNames: ['store'] as const,
    registers,
    collect() {
      for (const [store, failure] of storage()) this.set({ store }, failure === undefined ? 0 : 1);
    },
  });
}

function addScheduled(registers: Registry[], scheduler: MetricSources['scheduler']): void {
  new Counter({
    name: 'yici_scheduler_proposals_total',
    help: 'Proposals of what time makes due, by command and how they ended.',
    labelNames: ['command', 'outcome'] as const,
    registers,
    collect() {
      this.reset();
      for (const { command, outcome, count } of scheduler.counts()) {
        this.inc({ command, outcome }, count);
      }
    },
  });
}

/** The route's pattern instead of the path, so that the number of label values is bounded. */
export function routeOf(request: { route?: unknown; baseUrl: string }): string {
  const route: unknown = request.route;
  if (
    typeof route === 'object' &&
    route !== null &&
    'path' in route &&
    typeof route.path === 'string'
  ) {
    return request.baseUrl + route.path;
  }
  return 'other';
}

/** Metrics for Prometheus, only for the configured addresses. */
export function metricsRouter(metrics: Metrics, { metricsFrom, trustedProxies }: Limits): Router {
  const may = isOneOf(metricsFrom);
  const router = Router();
  router.get('/metrics', async (request, response) => {
    if (!may(request.ip) || (trustedProxies.length === 0 && cameThroughProxy(request))) {
      const message = 'Metrics are for the addresses named in limits.metricsFrom.';
      throw new GatewayError('ADDRESS_REFUSED', message);
    }
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return router;
}

/** The headers of an unknown proxy are not trusted, but they show that the loopback address is not the client's. */
const cameThroughProxy = (request: Request): boolean =>
  ['x-forwarded-for', 'forwarded', 'via'].some((name) => request.get(name) !== undefined);
