import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { caseReads } from '@yici/api';
import { viewOf, type Viewer } from '../access/access.js';
import { authenticate } from '../sessions/authenticate.js';
import type { Caller } from '../callers/caller.js';
import { isRecorded } from './routes/recorded-reads.js';
import { expressPath, type AppDependencies } from './context.js';
import type { Metrics } from './metrics.js';
import type { RateLimits } from './rate-limits.js';
import { readerOf } from './routes/read-routes.js';
import { newRequestId } from './request-id.js';

/** GET /v1/cases/{caseNo} without a query: the most frequent read. */
const casePath = /^\/v1\/cases\/([0-9A-Za-z]{1,36}-[0-9]{8}-[0-9]{4,9})$/;
const { path } = caseReads['cases.get'];
const route = expressPath(path);

/** The headers that helmet sets on other answers, as far as they matter for JSON. */
const headers = {
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

/**
 * Answers the most frequent read before Express, which costs several times as much as the read itself. Only successes are
 * answered here; Express handles every other result (no session, no such case, too many requests).
 */
export function fastLane(
  deps: AppDependencies,
  metrics: Metrics,
  limits: RateLimits,
  express: RequestListener,
): RequestListener {
  return (request, response) => {
    const start = process.hrtime.bigint();
    const text = visibleCase(request, deps, limits);
    if (text === undefined) {
      express(request, response);
      return;
    }
    answer(response, text);
    metrics.answered('GET', route, 200, Number(process.hrtime.bigint() - start) / 1e9);
  };
}

/** After an error Express answers the request: its error handler does not cover this listener. */
function visibleCase(
  request: IncomingMessage,
  deps: AppDependencies,
  limits: RateLimits,
): string | undefined {
  const caseNo = caseNoOf(request);
  if (caseNo === undefined) return undefined;
  try {
    const found = whoAsks(request, deps);
    if (found === undefined) return undefined;
    const view = viewOf(found.viewer);
    if (view === undefined || !deps.index.isInView(view, caseNo)) return undefined;
    const text = deps.index.recordText('case', caseNo);
    // Counted last, because Express counts every request that is not answered here.
    if (text === undefined || !limits.within('requests', found.caller.fingerprint))
      return undefined;
    deps.journal.read(...readerOf(found.caller, found.viewer), path);
    return text;
  } catch {
    return undefined;
  }
}

function caseNoOf({ method, headers: given, url = '' }: IncomingMessage): string | undefined {
  if (method !== 'GET' || given['x-request-id'] !== undefined) return undefined;
  return casePath.exec(url)?.[1];
}

function whoAsks(
  request: IncomingMessage,
  deps: AppDependencies,
): { readonly caller: Caller; readonly viewer: Viewer } | undefined {
  const { authorization } = request.headers;
  const { caller } = authenticate(authorization, deps.login.sessions, deps.accounts);
  // Their reads are recorded before the answer: see recorded-reads.ts.
  if (isRecorded(caller)) return undefined;
  return { caller, viewer: deps.viewers.of(caller) };
}

function answer(response: ServerResponse, text: string): void {
  response.writeHead(200, {
    ...headers,
    'X-Request-Id': newRequestId(),
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
