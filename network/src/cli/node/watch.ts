import { setTimeout as delay } from 'node:timers/promises';
import type { CommandContext } from '../context.js';
import { wholeNumber } from '../options.js';
import { stopSignal } from '../signals.js';

export interface WatchOption {
  /** Seconds between two looks; true: {@link everySeconds}. */
  readonly watch?: number | true;
}

const everySeconds = 5;

export const watchOption = [
  '--watch [seconds]',
  {
    zh: `每隔若干秒（缺省 ${everySeconds}）再看一次，直到 Ctrl-C；退出码为最后一次的`,
    en: `look again every so many seconds (default ${everySeconds}) until Ctrl-C; the exit code is the last look's`,
  },
  wholeNumber(1, 3_600),
] as const;

/** Does what shows a status once, or again and again until SIGINT or SIGTERM; returns what it returned last. */
export async function watching(
  { environment: { stdout } }: CommandContext,
  { watch }: WatchOption,
  look: () => Promise<boolean>,
): Promise<boolean> {
  if (watch === undefined) return await look();
  const stop = new AbortController();
  const { signal } = stop;
  void stopSignal().then(() => stop.abort());
  const seconds = watch === true ? everySeconds : watch;
  for (;;) {
    // A terminal shows the newest look alone; in a file or a pipe they follow each other.
    if ('isTTY' in stdout && stdout.isTTY === true) stdout.write('\u001b[H\u001b[2J');
    const well = await look();
    await delay(seconds * 1_000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return well;
  }
}
