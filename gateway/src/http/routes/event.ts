import { Router, type Request, type Response } from 'express';
import { eventId, otherReads } from '@yici/api';
import type { z } from 'zod';
import { maySee } from '../../access/access.js';
import type { EventRow } from '../../index-store/model.js';
import type { Authenticated } from '../../sessions/authenticate.js';
import { validated } from '../../validate.js';
import { authenticated, type AppDependencies } from '../context.js';
import { EventStream, type Position } from './event-stream.js';
import { recordRead } from './recorded-reads.js';
import type { Room } from '../room.js';

const read = otherReads['events.follow'];
type EventFilter = z.output<typeof read.query>;

/** Open event streams, so that a stopping gateway can end them. */
export class EventStreams {
  readonly #open = new Set<EventStream>();

  add(stream: EventStream, response: Response): void {
    if (response.closed) return;
    this.#open.add(stream);
    response.once('close', () => this.#open.delete(stream));
  }

  get size(): number {
    return this.#open.size;
  }

  close(): void {
    for (const stream of this.#open) stream.end();
  }
}

/** Server-sent events (WHATWG HTML 9.2): every contract event that concerns the caller, resumable without loss. */
export function eventRouter(
  deps: AppDependencies,
  streams: EventStreams,
  places: Room,
  heartbeat: number,
): Router {
  const router = Router();
  router.get(read.path, async (request, response) => {
    const found = authenticated(request, deps);
    const filter = validated(read.query, request.query, 'query');
    const start = startPosition(request, filter, deps);
    response.once('close', places.take(found.caller.fingerprint));
    const viewer = deps.viewers.of(found.caller);
    const { query } = request;
    await recordRead(deps, response, { ...found, viewer, read, params: {}, query, body: null });
    const stream = streamOf(response, deps, found, filter);
    writeHead(response);
    streams.add(stream, response);
    stream.begin(start, heartbeat);
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

function writeHead(response: Response): void {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
}

function streamOf(
  response: Response,
  { index, feed, viewers, logger }: AppDependencies,
  { caller, isOpen }: Authenticated,
  filter: EventFilter,
): EventStream {
  return new EventStream(response, {
    past: ({ block, index: position }) => index.eventsAfter(block, position),
    subscribe: (listener) => feed.subscribe(listener),
    concerns: (event) => matches(event, filter) && maySee(viewers.of(caller), event.parties),
    mayGoOn: isOpen,
    onFailed: (error) =>
      logger.warn({ err: error }, 'an event stream could not go on and was ended'),
  });
}

function matches(event: EventRow, filter: EventFilter): boolean {
  if (filter.name !== undefined && !event.name.startsWith(filter.name)) return false;
  if (filter.caseNo === undefined) return true;
  const payload = event.payload;
  if (typeof payload !== 'object' || payload === null) return false;
  if ('caseNo' in payload) return payload.caseNo === filter.caseNo;
  // Filing or advancing a one thing opens several cases at once.
  return (
    'caseNos' in payload &&
    Array.isArray(payload.caseNos) &&
    payload.caseNos.includes(filter.caseNo)
  );
}
