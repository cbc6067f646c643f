import { setTimeout as pause } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { peerFailure } from './failures.js';
import type { GrpcPeer } from './grpc.js';

const unavailable: number = status.UNAVAILABLE;

/** How long a call waits for any peer to come back when all are away, in milliseconds: longer than the longest backoff. */
const timeout = 3_000;
/**
 * How long a recovered peer must be connected before it is preferred again, in milliseconds: a peer that has just
 * started does not yet know the other endorsers by gossip.
 */
const settle = 10_000;
/** Polling interval of a waiting call, in milliseconds. */
const pollEvery = 50;
/** How often a stream from a peer that stands in looks whether the preferred one is back, in ms. */
const lookEvery = 5_000;

interface PeerWithFallback extends GrpcPeer {
  /** Whether calls go to another peer than the first of the list. */
  readonly standingIn: () => boolean;
}

/**
 * Combines several peers: calls go to the first available one in the list, and a call with a lost connection is
 * repeated at the next. This is safe for every call: an envelope submitted twice is ordered once. Only lost connections
 * count; other errors of a peer are passed on. A stream from a fallback peer ends when a preferred one is available
 * again, and a broken stream ends with its failure: the follower opens the next one from its current position.
 */
export function withFallback(peers: readonly GrpcPeer[]): PeerWithFallback {
  const choice = new Choice(peers);
  return {
    evaluate: (request) => choice.first((peer) => peer.evaluate(request)),
    endorse: (request) => choice.first((peer) => peer.endorse(request)),
    submit: (request) => choice.first((peer) => peer.submit(request)),
    deliver: (envelope, kind, signal) =>
      choice.stream((peer, until) => peer.deliver(envelope, kind, until), signal),
    standingIn: () => choice.standingIn(),
    connected: () => peers.some((peer) => peer.connected()),
    close: () => {
      for (const peer of peers) peer.close();
    },
  };
}

type Open = (peer: GrpcPeer, signal: AbortSignal) => AsyncIterable<Uint8Array>;

/** Chooses the peer for a call. */
class Choice {
  readonly #peers: readonly GrpcPeer[];
  /** Peers whose connection was lost, each with the time since when it is connected again. */
  readonly #lost = new Map<GrpcPeer, number | undefined>();

  constructor(peers: readonly GrpcPeer[]) {
    this.#peers = peers;
  }

  standingIn(): boolean {
    return this.#inOrder()[0] !== this.#peers[0];
  }

  async first<T>(attempt: (peer: GrpcPeer) => Promise<T>): Promise<T> {
    const failures: unknown[] = [];
    for (const peer of this.#inOrder()) {
      try {
        return await attempt(peer);
      } catch (error) {
        if (!this.#isLost(peer, error)) throw error;
        failures.push(error);
      }
    }
    const back = await this.#firstBack();
    if (back === undefined) throw failures[0];
    return attempt(back);
  }

  /** The first peer to reconnect; a restart takes only a moment. */
  async #firstBack(): Promise<GrpcPeer | undefined> {
    const deadline = performance.now() + timeout;
    while (performance.now() < deadline) {
      const back = this.#peers.find((peer) => peer.connected());
      if (back !== undefined) return back;
      await pause(pollEvery);
    }
    return undefined;
  }

  async *stream(open: Open, signal = new AbortController().signal): AsyncGenerator<Uint8Array> {
    const failures: unknown[] = [];
    for (const peer of this.#inOrder()) {
      let begun = false;
      const watch = this.#untilBetter(peer);
      try {
        for await (const message of open(peer, AbortSignal.any([signal, watch.signal]))) {
          begun = true;
          yield message;
        }
        return;
      } catch (error) {
        if (!this.#isLost(peer, error) || begun) throw error;
        failures.push(error);
      } finally {
        watch.stop();
      }
    }
    throw failures[0];
  }

  /** Settled peers first, the others after them, each group in the order of the list. */
  #inOrder(): GrpcPeer[] {
    const away = (peer: GrpcPeer) => !this.#isSettled(peer);
    return [...this.#peers.filter((peer) => !away(peer)), ...this.#peers.filter(away)];
  }

  #isLost(peer: GrpcPeer, error: unknown): boolean {
    if (peerFailure(error)?.code !== unavailable || peer.connected()) return false;
    this.#lost.set(peer, undefined);
    return true;
  }

  /** Whether a peer was never lost, or has been back for long enough. */
  #isSettled(peer: GrpcPeer): boolean {
    if (!this.#lost.has(peer)) return true;
    if (!peer.connected()) {
      this.#lost.set(peer, undefined);
      return false;
    }
    const since = this.#lost.get(peer) ?? performance.now();
    this.#lost.set(peer, since);
    if (performance.now() - since < settle) return false;
    this.#lost.delete(peer);
    return true;
  }

  /** Aborts when a peer that comes before this one in the list is connected. */
  #untilBetter(peer: GrpcPeer): { signal: AbortSignal; stop: () => void } {
    const abort = new AbortController();
    const better = this.#peers.slice(0, this.#peers.indexOf(peer));
    if (better.length === 0) return { signal: abort.signal, stop: () => undefined };
    const timer = setInterval(() => {
      if (better.some((each) => this.#isSettled(each) && each.connected())) abort.abort();
    }, lookEvery);
    return {
      signal: abort.signal,
      stop: () => clearInterval(timer),
    };
  }
}
