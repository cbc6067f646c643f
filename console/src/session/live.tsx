import type { YiciClient } from '@yici/client/web';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, type ReactNode } from 'react';
import { newContext } from '../above.js';
import { usePresent, useSession } from './session.js';
import { noteTrouble, setTrouble, settleTrouble, troubleOf } from './trouble.js';

/** Calls the listener whenever the ledger has something new for the caller; the result unsubscribes. */
type Subscribe = (listener: () => void) => () => void;

const [Provider, useSubscribe] = newContext<Subscribe>('events');

/** One stream of events for all pages; a browser opens few connections to one gateway at a time. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const { client } = usePresent();
  const { renewals } = useSession();
  const queries = useQueryClient();
  const feed = useMemo(makeFeed, []);
  useEffect(() => {
    const stop = new AbortController();
    void follow(client, stop.signal, {
      onEvent: feed.tell,
      onResumed: () => void queries.invalidateQueries(),
    });
    return () => stop.abort();
  }, [client, renewals, feed, queries]);
  return <Provider value={feed.subscribe}>{children}</Provider>;
}

/** Asks again whenever the ledger has something new for the caller. */
export function useLive(refetch: () => unknown): void {
  const subscribe = useSubscribe();
  useEffect(() => subscribe(() => void refetch()), [subscribe, refetch]);
}

/** Milliseconds over which events are told as one: a block may hold hundreds. */
const together = 250;

function makeFeed() {
  const listeners = new Set<() => void>();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const subscribe: Subscribe = (listener) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  const tell = () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      for (const listener of listeners) listener();
    }, together);
  };
  return { subscribe, tell };
}

interface Following {
  readonly onEvent: () => void;
  /** The stream is there again after it was lost: whatever is shown may be old. */
  readonly onResumed: () => void;
}

/** Follows the stream until the signal, and takes it up behind the last event that was seen. Ends when the session has. */
async function follow(client: YiciClient, signal: AbortSignal, told: Following): Promise<void> {
  let after: string | undefined;
  let failures = 0;
  const onOpen = () => {
    if (failures > 0) told.onResumed();
    failures = 0;
    settleTrouble('lost');
  };
  const onEvent = (id: string) => {
    after = id;
    told.onEvent();
  };
  while (!signal.aborted) {
    try {
      await readOnce(client, { after, signal, onOpen, onEvent });
    } catch (error) {
      if (isOver(signal)) return;
      noteTrouble(error);
      if (troubleOf(error) === 'expired') return;
    }
    if (isOver(signal)) return;
    failures += 1;
    await pause(failures, signal);
  }
}

// A function, since the signal changes while the stream is read, which a type does not know.
const isOver = (signal: AbortSignal): boolean => signal.aborted;

interface Reading {
  readonly after: string | undefined;
  readonly signal: AbortSignal;
  readonly onOpen: () => void;
  readonly onEvent: (id: string) => void;
}

/** Longer than the gateway is silent between two heartbeats, in milliseconds. */
const longestSilence = 45_000;

async function readOnce(
  client: YiciClient,
  { after, signal, onOpen, onEvent }: Reading,
): Promise<void> {
  const broken = new AbortController();
  const give = () => {
    broken.abort();
    setTrouble('lost');
  };
  let silence = setTimeout(give, longestSilence);
  const onBeat = () => {
    clearTimeout(silence);
    silence = setTimeout(give, longestSilence);
    onOpen();
  };
  addEventListener('offline', give);
  try {
    const either = AbortSignal.any([signal, broken.signal]);
    for await (const { id } of client.events({ after, signal: either, onBeat })) onEvent(id);
  } finally {
    clearTimeout(silence);
    removeEventListener('offline', give);
  }
}

/** Longer after each failure, up to ten seconds; at once when the computer is on the network again. */
function pause(failures: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const wait = setTimeout(over, Math.min(10_000, 500 * 2 ** failures));
    function over() {
      clearTimeout(wait);
      removeEventListener('online', over);
      signal.removeEventListener('abort', over);
      done();
    }
    addEventListener('online', over);
    signal.addEventListener('abort', over);
  });
}
