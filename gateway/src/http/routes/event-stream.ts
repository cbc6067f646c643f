import type { ServerResponse } from 'node:http';
import type { EventRow } from '../../index-store/model.js';
import type { Applied } from '../../index-store/feed.js';
import { without } from '../../without.js';

export interface Position {
  readonly block: number;
  readonly index: number;
}

interface EventStreamDependencies {
  /** Events after a position, in order. */
  readonly past: (position: Position) => AsyncIterable<EventRow>;
  /** Calls the listener after each indexed block; the result unsubscribes. */
  readonly subscribe: (listener: (applied: Applied) => void) => () => void;
  /** Whether an event is for this reader. */
  readonly concerns: (event: EventRow) => boolean;
  /** Whether the session is still open or the API key still valid; checked before each event. */
  readonly mayGoOn: () => boolean;
  readonly onFailed: (error: unknown) => void;
}

/** Number of consecutive heartbeats without progress of the reader after which it is disconnected: two minutes by default. */
const maxIdleBeats = 8;

/**
 * Server-sent events for one reader. It stores a position instead of a queue: a reader that is behind gets events from the
 * index as fast as it reads, one that has caught up gets each block when it is indexed. So a slow reader costs at most
 * one full buffer. A reader that reads nothing is disconnected and can resume with Last-Event-ID.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #deps: EventStreamDependencies;
  readonly #stops: (() => void)[] = [];
  #position: Position = { block: -1, index: -1 };
  #state: 'behind' | 'live' | 'over' = 'behind';
  /** Number of blocks indexed while it was behind. */
  #missed = 0;
  #idleBeats = 0;

  constructor(response: ServerResponse, dependencies: EventStreamDependencies) {
    this.#response = response;
    this.#deps = dependencies;
  }

  /**
   * Starts after the position `start`; subscribes before it reads the index, so that no event is missed. `heartbeat`:
   * milliseconds between two heartbeats.
   */
  begin(start: Position, heartbeat: number): void {
    // The client disconnected meanwhile: there will be no other 'close' event to stop what is started here.
    if (this.#response.closed) return;
    this.#position = start;
    const beat = setInterval(() => this.#beat(), heartbeat);
    const unsubscribe = this.#deps.subscribe((applied) => {
      try {
        this.#onBlock(applied);
      } catch (error) {
        this.#fail(error);
      }
    });
    this.#stops.push(unsubscribe, () => clearInterval(beat));
    this.#response.on('drain', () => (this.#idleBeats = 0));
    this.#response.once('close', () => this.#stop());
    this.#response.write(': connected\n\n');
    void this.#catchUp();
  }

  /** Ends the stream; a reader with a full buffer is disconnected. */
  end(): void {
    this.#stop();
    if (this.#response.writableNeedDrain) this.#response.destroy();
    else this.#response.end();
  }

  /** Removes timers and listeners, so that nothing more is written. */
  #stop(): void {
    this.#state = 'over';
    for (const stop of this.#stops.splice(0)) stop();
  }

  #onBlock({ events }: Applied): void {
    // A block without events may be a config that shuts this reader out; before an event it is looked at anyway.
    if (events.length === 0 && !this.#deps.mayGoOn()) {
      this.end();
      return;
    }
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

  /** Sends events from the index as fast as the reader takes them, until it has caught up. */
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

  /** Disconnects the reader, which can resume from its position. */
  #fail(error: unknown): void {
    this.#stop();
    this.#response.destroy();
    this.#deps.onFailed(error);
  }

  /** False when the buffer is full; the index iterator is then closed and reopened later. */
  async #sendPast(): Promise<boolean> {
    for await (const event of this.#deps.past(this.#position)) {
      if (this.#isOver() || !this.#send(event)) return false;
    }
    return true;
  }

  /** False when the buffer is full (the event is sent nevertheless), or when the reader may not continue. */
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

  /** Waits for space in the buffer; false when the stream is over. */
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

  /** A heartbeat, so that proxies keep an idle stream open; ends the stream of an invalid session or a stuck reader. */
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
