import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { caseNo } from '@yici/chaincode/model';
import { maySee } from '../access.js';
import type { EventRow } from '../index-store/model.js';
import type { Authenticated } from '../sessions/authenticate.js';
import { validated } from '../validate.js';
import { without } from '../without.js';
import { authenticated, type AppDependencies } from './context.js';
import { recordStream } from './recorded-reads.js';
import type { Room } from './room.js';

const eventId = z.string().regex(/^\d{1,15}-\d{1,7}$/, '<block>-<transaction>');

export const eventsQuery = z.strictObject({
  after: eventId
    .optional()
    .describe('Begin after this event; the Last-Event-ID header does the same and wins.'),
  name: z.string().max(64).optional().describe('Only events whose name begins so, e.g. `case.`'),
  caseNo: caseNo.optional(),
});
type EventFilter = z.infer<typeof eventsQuery>;

interface Position {
  readonly block: number;
  readonly index: number;
}

/** A stream that its reader does not keep up with is ended; it comes back with Last-Event-ID. */
const mostBuffered = 1024 * 1024;
const heartbeat = 15_000;

/** Open event streams, so that a stopping gateway can end them. */
export class EventStreams {
  readonly #open = new Set<Response>();

  add(response: Response): void {
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
  }

  get size(): number {
    return this.#open.size;
  }

  close(): void {
    for (const response of this.#open) response.end();
  }
}

/** Server-sent events (WHATWG HTML 9.2): every contract event that concerns the caller, resumable without loss. */
export function eventRouter(deps: AppDependencies, streams: EventStreams, places: Room): Router {
  const router = Router();
  router.get('/v1/events', async (request, response) => {
    const found = authenticated(request, deps);
    const filter = validated(eventsQuery, request.query, 'query');
    const start = startPosition(request, filter, deps);
    response.once('close', places.take(found.caller.fingerprint));
    await recordStream(deps, response, { ...found, viewer: deps.viewers.of(found.caller) }, filter);
    begin(response, streams);
    await new EventStream(response, deps, found, filter).run(start);
  });
  return router;
}

function startPosition(request: Request, filter: EventFilter, deps: AppDependencies): Position {
  const header = request.get('last-event-id');
  const given = header === undefined ? filter.after : validated(eventId, header, 'Last-Event-ID');
  if (given === undefined) {
    return { block: deps.index.checkpoint()?.block ?? 0, index: 9_999_999 };
  }
  const [block, index] = given.split('-').map(Number);
  return { block: block ?? 0, index: index ?? 0 };
}

function begin(response: Response, streams: EventStreams): void {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  streams.add(response);
}

class EventStream {
  readonly #response: Response;
  readonly #deps: AppDependencies;
  readonly #found: Authenticated;
  readonly #filter: EventFilter;
  #sent: Position = { block: -1, index: -1 };
  /** Events that came while the past was read; undefined once it has been. */
  #early: EventRow[] | undefined = [];

  constructor(
    response: Response,
    deps: AppDependencies,
    found: Authenticated,
    filter: EventFilter,
  ) {
    this.#response = response;
    this.#deps = deps;
    this.#found = found;
    this.#filter = filter;
  }

  /** Listens first and reads the past second, so that nothing falls between the two. */
  async run(start: Position): Promise<void> {
    this.#sent = start;
    const unsubscribe = this.#deps.feed.subscribe(({ events }) => {
      if (this.#early === undefined) this.#send(events);
      else this.#early.push(...events);
    });
    const beat = setInterval(() => {
      this.#beat();
    }, heartbeat);
    this.#response.once('close', () => {
      unsubscribe();
      clearInterval(beat);
    });
    this.#response.write(': connected\n\n');
    for await (const event of this.#deps.index.eventsAfter(start.block, start.index)) {
      if (this.#response.writableEnded || this.#response.closed) return;
      this.#send([event]);
    }
    const early = this.#early;
    this.#early = undefined;
    this.#send(early ?? []);
  }

  #send(events: readonly EventRow[]): void {
    const fresh = events.filter((event) => isAfter(event, this.#sent));
    if (fresh.length === 0) return;
    const viewer = this.#deps.viewers.of(this.#found.caller);
    for (const event of fresh) {
      this.#sent = event;
      if (matches(event, this.#filter) && maySee(viewer, event.parties)) this.#write(event);
    }
  }

  #write(event: EventRow): void {
    const data = JSON.stringify(without(event, 'parties'));
    this.#response.write(`id: ${event.id}\nevent: ${event.name}\ndata: ${data}\n\n`);
    if (this.#response.writableLength > mostBuffered) this.#response.end();
  }

  /** Keeps proxies from closing a quiet stream; ends one whose session has ended meanwhile. */
  #beat(): void {
    const { token } = this.#found;
    if (token !== undefined && !this.#deps.login.sessions.isOpen(token)) this.#response.end();
    else this.#response.write(': still here\n\n');
  }
}

function isAfter(event: Position, position: Position): boolean {
  return (
    event.block > position.block || (event.block === position.block && event.index > position.index)
  );
}

function matches(event: EventRow, filter: EventFilter): boolean {
  if (filter.name !== undefined && !event.name.startsWith(filter.name)) return false;
  if (filter.caseNo === undefined) return true;
  const payload = event.payload;
  if (typeof payload !== 'object' || payload === null) return false;
  if ('caseNo' in payload) return payload.caseNo === filter.caseNo;
  // Filing or moving on a one thing opens several cases at once.
  return (
    'caseNos' in payload &&
    Array.isArray(payload.caseNos) &&
    payload.caseNos.includes(filter.caseNo)
  );
}
