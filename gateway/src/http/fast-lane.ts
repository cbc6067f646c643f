import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { viewOf, type Viewer } from '../access.js';
import { authenticate } from '../sessions/authenticate.js';
import type { Caller } from '../sessions/caller.js';
import { clientKey } from './client-key.js';
import { isRecorded } from './recorded-reads.js';
import type { AppDependencies } from './context.js';
import type { Metrics } from './metrics.js';
import { readerOf } from './read-routes.js';
import type { RequestCounter } from './request-counter.js';
import { newRequestId } from './request-id.js';

/** GET /v1/cases/{caseNo}, without a query: the read that officials' systems repeat most. */
const casePath = /^\/v1\/cases\/([0-9A-Za-z]{1,36}-[0-9]{8}-[0-9]{4})$/;
const route = '/v1/cases/:caseNo';
/** As the journal of reads names it. */
const readPath = '/v1/cases/{caseNo}';

/** The same protections that helmet gives to every other answer, as far as JSON has use for them. */
const headers = {
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

export interface FastLaneOptions {
  readonly counter: RequestCounter;
  /** 0 is no limit. */
  readonly requestsPerMinute: number;
}

/**
 * Answers the hottest read before Express sees it, which would cost several times the read itself. Only a plain success
 * is answered here; whatever else there is to say (no session, no such case, too many requests) Express says.
 */
export function fastLane(
  deps: AppDependencies,
  metrics: Metrics,
  options: FastLaneOptions,
  express: RequestListener,
): RequestListener {
  return (request, response) => {
    const start = process.hrtime.bigint();
    const text = visibleCase(request, deps, options);
    if (text === undefined) {
      express(request, response);
      return;
    }
    answer(response, text);
    metrics.answered('GET', route, 200, Number(process.hrtime.bigint() - start) / 1e9);
  };
}

function visibleCase(
  request: IncomingMessage,
  deps: AppDependencies,
  options: FastLaneOptions,
): string | undefined {
  if (request.method !== 'GET' || request.headers['x-request-id'] !== undefined) return undefined;
  const caseNo = casePath.exec(request.url ?? '')?.[1];
  if (caseNo === undefined || !withinLimit(request, options)) return undefined;
  const found = whoAsks(request, deps);
  if (found === undefined) return undefined;
  const view = viewOf(found.viewer);
  if (view === undefined || !deps.index.isInView(view, caseNo)) return undefined;
  deps.journal.read(...readerOf(found.caller, found.viewer), readPath);
  return deps.index.recordText('case', caseNo);
}

/** A request over the limit goes on to Express, which counts it again and refuses it. */
function withinLimit(request: IncomingMessage, options: FastLaneOptions): boolean {
  const { counter, requestsPerMinute } = options;
  if (requestsPerMinute === 0) return true;
  const key = clientKey(request.headers.authorization, request.socket.remoteAddress);
  return counter.increment(key).totalHits <= requestsPerMinute;
}

function whoAsks(
  request: IncomingMessage,
  deps: AppDependencies,
): { readonly caller: Caller; readonly viewer: Viewer } | undefined {
  try {
    const { authorization } = request.headers;
    const { caller } = authenticate(authorization, deps.login.sessions, deps.accounts);
    // Recorded before it is answered: see recorded-reads.ts.
    if (isRecorded(caller)) return undefined;
    return { caller, viewer: deps.viewers.of(caller) };
  } catch {
    return undefined;
  }
}

function answer(response: ServerResponse, text: string): void {
  response.writeHead(200, {
    ...headers,
    'X-Request-Id': newRequestId(),
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
