import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../logger.js';

export interface ProcessOptions {
  /** Display name: `peer0.finance`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The complete environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Both output streams are appended to it. */
  readonly logFile: string;
  /** `pipe` provides a standard input that ends with this process. */
  readonly input: 'ignore' | 'pipe';
  /** Runs it in its own session: Ctrl-C in the terminal reaches only the supervisor, which stops processes in order. */
  readonly ownSession?: boolean;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly stopWithin: number;
}

export interface ProcessEvents extends Pick<Logger, 'info' | 'warn'> {
  /** Called with the id of every process that starts or has ended. */
  readonly changed?: (pid: number, alive: boolean) => void;
}

export interface ProcessHealth {
  readonly running: boolean;
  readonly pid?: number;
  readonly restarts: number;
}

const shortestPause = 100;
const maxPause = 10_000;
/** A process that ran this long counts as started; a later failure resets the back-off. */
const settled = 30_000;
const pollEvery = 25;

/**
 * Time limit for becoming healthy, in milliseconds, and permitted number of early ends. An ended process is noticed at
 * once; a running one loads its code or opens its ledgers, which takes long on a busy machine or slow disk.
 */
export const startPatience = { within: 180_000, ends: 2 } as const;

/** Supervises one process: starts it, restarts it with growing pauses when it ends, stops it by its id. */
export class SupervisedProcess {
  readonly #options: ProcessOptions;
  readonly #events: ProcessEvents;
  readonly #closing = new AbortController();
  #child: ChildProcess | undefined;
  #restarts = 0;
  #pause = shortestPause;

  constructor(options: ProcessOptions, events: ProcessEvents) {
    this.#options = options;
    this.#events = events;
  }

  /** Starts it without waiting. */
  start(): void {
    const { logFile, command, args } = this.#options;
    mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
    const log = openSync(logFile, 'a', 0o600);
    const started = performance.now();
    const child = spawn(command, [...args], {
      cwd: this.#options.folder,
      env: { ...this.#options.env },
      stdio: [this.#options.input, log, log],
      detached: this.#options.ownSession === true,
    });
    closeSync(log);
    this.#child = child;
    this.#watch(child, started);
  }

  health(): ProcessHealth {
    const pid = this.#child?.pid;
    return {
      running: this.#child !== undefined && isAlive(this.#child),
      ...(pid === undefined ? {} : { pid }),
      restarts: this.#restarts,
    };
  }

  /**
   * Waits until the check succeeds; returns false after the time limit, after more than `ends` ends, or when closed meanwhile.
   */
  async becomes(
    check: () => Promise<boolean>,
    { within, ends = Infinity }: { readonly within: number; readonly ends?: number },
  ): Promise<boolean> {
    const deadline = performance.now() + within;
    const before = this.#restarts;
    while (performance.now() < deadline && !this.#closing.signal.aborted) {
      if (await check()) return true;
      if (this.#restarts - before > ends) return false;
      await this.#pauseFor(pollEvery);
    }
    return false;
  }

  /** Stops it; kills it when it takes too long. */
  async close(): Promise<void> {
    this.#closing.abort();
    const child = this.#child;
    if (child === undefined || child.pid === undefined || !isAlive(child)) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), this.#options.stopWithin);
    // A stopped (SIGSTOP) process handles SIGTERM only after SIGCONT.
    if (process.platform !== 'win32') child.kill('SIGCONT');
    await ended;
    clearTimeout(force);
  }

  #watch(child: ChildProcess, started: number): void {
    const { name } = this.#options;
    if (child.pid !== undefined) this.#events.changed?.(child.pid, true);
    let over = false;
    const end = (fields: object) => {
      if (over) return;
      over = true;
      if (child.pid !== undefined) this.#events.changed?.(child.pid, false);
      if (this.#closing.signal.aborted) return;
      void this.#restart({ name, ...fields }, performance.now() - started);
    };
    child.once('error', (error) => end({ reason: error.message }));
    child.once('exit', (code, signal) => end({ code, signal }));
  }

  async #restart(fields: object, lived: number): Promise<void> {
    this.#pause = lived > settled ? shortestPause : Math.min(this.#pause * 2, maxPause);
    this.#events.warn({ ...fields, pause: this.#pause }, 'process ended, restarting');
    await this.#pauseFor(this.#pause);
    if (this.#closing.signal.aborted) return;
    this.#restarts += 1;
    this.start();
  }

  #pauseFor(milliseconds: number): Promise<unknown> {
    return delay(milliseconds, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** The end of a log file, for error details. */
export function logTail(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(-2_000);
  } catch {
    return '';
  }
}
