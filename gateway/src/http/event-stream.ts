import type { ServerResponse } from 'node:http';
import type { EventRow } from '../index-store/model.js';
import type { Applied } from '../index-store/feed.js';
import { without } from '../without.js';

/** Where an event stands. */
export interface Position {
  readonly block: number;
  readonly index: number;
}

interface EventStreamOptions {
  /** Milliseconds between two signs of life. */
  readonly heartbeat: number;
}

interface EventStreamDependencies {
  /** Events after a position, in order. */
  readonly past: (position: Position) => AsyncIterable<EventRow>;
  /** Calls the listener after each block that is in the index; the result ends it. */
  readonly subscribe: (listener: (applied: Applied) => void) => () => void;
  /** Whether an event is for this reader. */
  readonly concerns: (event: EventRow) => boolean;
  /** Whether the reader may still read: false once its session has ended or its API key was revoked. Asked before each event. */
  readonly mayGoOn: () => boolean;
  readonly onFailed: (error: unknown) => void;
}

/** So many heartbeats in a row at which the reader had taken nothing, and it is given up: two minutes by default. */
const maxIdleBeats = 8;

/**
 * One reader's server-sent events. It keeps a place in the chain of events and no queue: a reader that is behind is sent
 * from the index as fast as it takes, one that is up with it gets each block as it comes. So what a slow reader costs is one
 * full buffer however far behind it is, and one that takes nothing is ended; it comes back with Last-Event-ID.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #deps: EventStreamDependencies;
  readonly #stops: (() => void)[] = [];
  #position: Position = { block: -1, index: -1 };
  #state: 'behind' | 'live' | 'over' = 'behind';
  /** Blocks that came while it was behind. */
  #missed = 0;
  #idleBeats = 0;

  constructor(response: ServerResponse, dependencies: EventStreamDependencies) {
    this.#response = response;
    this.#deps = dependencies;
  }

  /** Begins after `start`; listens first and reads the past second, so that nothing falls between the two. */
  begin(start: Position, { heartbeat }: EventStreamOptions): void {
    // Gone while its request was looked at: its `close` has been and would never end what is begun here.
    if (this.#response.closed) return;
    this.#position = start;
    const beat = setInterval(() => {
      this.#beat();
    }, heartbeat);
    const unsubscribe = this.#deps.subscribe((applied) => {
      try {
        this.#onBlock(applied);
      } catch (error) {
        this.#fail(error);
      }
    });
    this.#stops.push(unsubscribe, () => {
      clearInterval(beat);
    });
    this.#response.on('drain', () => (this.#idleBeats = 0));
    this.#response.once('close', () => {
      this.#stop();
    });
    this.#response.write(': connected\n\n');
    void this.#catchUp();
  }

  /** Ends it; a reader that has a full buffer to take first is cut off. */
  end(): void {
    this.#stop();
    if (this.#response.writableNeedDrain) this.#response.destroy();
    else this.#response.end();
  }

  /** From here on nothing is written: no timer and no listener is left that could. */
  #stop(): void {
    this.#state = 'over';
    for (const stop of this.#stops.splice(0)) stop();
  }

  #onBlock({ events }: Applied): void {
    if (this.#state !== 'live') {
      this.#missed += 1;
      return;
    }
    for (const event of events) {
      if (this.#send(event)) continue;
      if (this.#isOver()) return;
      this.#state = 'behind';
      void this.#catchUp();
      return;
    }
  }

  /** Sends what the index has as the reader takes it, until it is up with it. */
  async #catchUp(): Promise<void> {
    try {
      while (await this.#drained()) {
        const missed = this.#missed;
        if (!(await this.#sendPast()) || this.#missed > missed) continue;
        this.#state = 'live';
        return;
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The reader comes back and goes on where it was. */
  #fail(error: unknown): void {
    this.#stop();
    this.#response.destroy();
    this.#deps.onFailed(error);
  }

  /** False when the buffer is full before the end: what is open in the index is then not kept open. */
  async #sendPast(): Promise<boolean> {
    for await (const event of this.#deps.past(this.#position)) {
      if (this.#isOver() || !this.#send(event)) return false;
    }
    return true;
  }

  /** False when the buffer is full, the event being on its way all the same, or when the reader may not read on. */
  #send(event: EventRow): boolean {
    if (!isAfter(event, this.#position)) return true;
    this.#position = event;
    if (!this.#deps.concerns(event)) return true;
    if (!this.#deps.mayGoOn()) {
      this.end();
      return false;
    }
    const data = JSON.stringify(without(event, 'parties'));
    return this.#response.write(`id: ${event.id}\nevent: ${event.name}\ndata: ${data}\n\n`);
  }

  /** Resolves true when there is room in the buffer, false when the stream is over. */
  async #drained(): Promise<boolean> {
    const response = this.#response;
    if (!this.#isOver() && response.writableNeedDrain) {
      await new Promise<void>((resolve) => {
        const done = () => {
          response.off('drain', done).off('close', done);
          resolve();
        };
        response.on('drain', done).on('close', done);
      });
    }
    return !this.#isOver();
  }

  #isOver(): boolean {
    return this.#state === 'over';
  }

  /** Keeps proxies from closing a quiet stream; ends one whose session has ended, or whose reader takes nothing. */
  #beat(): void {
    if (!this.#deps.mayGoOn()) {
      this.end();
    } else if (!this.#response.writableNeedDrain) {
      this.#response.write(': still here\n\n');
    } else {
      this.#idleBeats += 1;
      if (this.#idleBeats >= maxIdleBeats) this.end();
    }
  }
}

function isAfter(event: Position, position: Position): boolean {
  return (
    event.block > position.block || (event.block === position.block && event.index > position.index)
  );
}
