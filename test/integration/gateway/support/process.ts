import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const main = join(
  dirname(createRequire(import.meta.url).resolve('@yici/gateway/testing')),
  'main.js',
);

/** What a gateway process says when it is ready. */
export interface Ready {
  readonly url: string;
  readonly genesisHash: string;
  readonly indexed: number;
}

/** How a process that did not become ready ended. */
export interface Ended {
  readonly code: number | null;
  readonly errors: string;
}

/** `yici-gateway` as a process of its own, the embedded network inside it. */
export class GatewayProcess {
  readonly #child: ChildProcess;
  readonly ready: Promise<Ready>;
  readonly ended: Promise<Ended>;

  constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, [main, '--json', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const errors: string[] = [];
    this.#child.stderr?.on('data', (part) => errors.push(String(part)));
    this.ended = once(this.#child, 'exit').then(([code]) => ({
      code: typeof code === 'number' ? code : null,
      errors: errors.join(''),
    }));
    this.ready = Promise.race([this.#firstLine(), this.#failed()]);
    // A test that waits for the end only must not fail for a rejection nobody looks at.
    this.ready.catch(() => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** As `kill -9` does: no warning, no cleaning up. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** Stops it where it is (`SIGSTOP`), or lets it go on (`SIGCONT`). */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(name);
  }

  async stop(): Promise<Ended> {
    this.#child.kill('SIGTERM');
    return this.ended;
  }

  async #firstLine(): Promise<Ready> {
    const lines = createInterface({ input: this.#child.stdout! });
    const [line] = (await once(lines, 'line')) as [string];
    return JSON.parse(line) as Ready;
  }

  async #failed(): Promise<never> {
    const { code, errors } = await this.ended;
    throw new TypeError(`the gateway ended with ${String(code)}: ${errors}`);
  }
}
