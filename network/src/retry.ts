import { setTimeout as delay } from 'node:timers/promises';
import type { Sentence } from '@yici/ledger';
import { NetworkError } from './errors.js';
import { wordsOf } from './to-error.js';

const pollEvery = 200;

/**
 * Repeats a call while its failure may be temporary; then the last failure is thrown. For conditions that a network
 * needs some time to reach: gossip, a leader, a first connection.
 */
export async function retrying<T>(
  work: () => Promise<T>,
  isTransient: (error: unknown) => boolean,
  within: number,
): Promise<T> {
  const deadline = performance.now() + within;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || performance.now() > deadline) throw error;
      await delay(pollEvery);
    }
  }
}

/** Waits until the check succeeds. @throws NetworkError CHANNEL_NOT_READY with the given sentence */
export async function until(
  check: () => Promise<boolean>,
  { within, signal }: { readonly within: number; readonly signal: AbortSignal | undefined },
  words: Sentence,
): Promise<void> {
  const deadline = performance.now() + within;
  while (!(await check())) {
    if (performance.now() > deadline || signal?.aborted === true)
      throw new NetworkError('CHANNEL_NOT_READY', words);
    await delay(pollEvery);
  }
}

/** The result of a call; undefined when it fails, or has none in time (milliseconds). */
export async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T | undefined> {
  const giveUp = new AbortController();
  const late = delay(milliseconds, undefined, { signal: giveUp.signal }).catch(() => undefined);
  try {
    return await Promise.race([work.catch(() => undefined), late]);
  } finally {
    giveUp.abort();
  }
}

/** A failure of the network as CHANNEL_NOT_READY, with its cause and, by file, the end of the logs that may tell more. */
export function notReady(
  { zh, en }: Sentence,
  cause: unknown,
  logs: Readonly<Record<string, string>>,
): NetworkError {
  const why = wordsOf(cause);
  const words = { zh: `${zh}：${why.zh}`, en: `${en}: ${why.en}` };
  return new NetworkError('CHANNEL_NOT_READY', words, { cause, details: { logs } });
}
