import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Ends the processes of a network that ended without stopping them. See reaper-main. */
export class Reaper {
  readonly #child: ChildProcess;

  constructor() {
    const script = fileURLToPath(new URL('./reaper-main.js', import.meta.url));
    this.#child = spawn(process.execPath, [script], {
      stdio: ['pipe', 'ignore', 'ignore'],
      // Detached from the terminal: Ctrl-C would end it before it is needed.
      detached: true,
    });
    this.#child.on('error', () => undefined);
    this.#child.stdin?.on('error', () => undefined);
  }

  /** Reports a process that started or ended. */
  note(pid: number, alive: boolean): void {
    this.#child.stdin?.write(`${alive ? '+' : '-'}${pid}\n`);
  }

  /** Ends the reaper; the caller has stopped its processes. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await ended;
  }
}
