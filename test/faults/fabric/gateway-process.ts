import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const program = fileURLToPath(new URL('main.js', import.meta.resolve('@yici/gateway/testing')));
const readySchema = z.object({ ready: z.literal(true), genesisHash: z.string() });

export interface GatewayProcessOptions {
  readonly config: string;
  readonly port: number;
  readonly logFile: string;
  /** Arguments of node itself. */
  readonly node?: readonly string[];
  /** The command line that runs a command where the gateway is: on this machine, or on a department's host. */
  readonly on?: (...command: readonly string[]) => [string, string[]];
}

/** A department's gateway as a process of its own: to be killed and started again. */
export class GatewayProcess {
  readonly #options: GatewayProcessOptions;
  #child: ChildProcess | undefined;

  constructor(options: GatewayProcessOptions) {
    this.#options = options;
  }

  /** Starts it and waits until it serves. */
  async start(): Promise<void> {
    const { config, port, logFile, node = [] } = this.#options;
    const on = this.#options.on ?? ((first = '', ...rest) => [first, rest]);
    const args = ['--config', config, '--port', String(port), '--ready-json'];
    const [command, rest] = on(process.execPath, ...node, program, ...args);
    const log = openSync(logFile, 'a');
    const child = spawn(command, rest, { stdio: ['ignore', 'pipe', log] });
    closeSync(log);
    this.#child = child;
    for await (const line of createInterface({ input: child.stdout! })) {
      readySchema.parse(JSON.parse(line));
      return;
    }
    throw new RangeError(
      `the gateway did not start: ${readFileSync(logFile, 'utf8').slice(-2_000)}`,
    );
  }

  /** As `kill -9` does. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** As a service manager stops it. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
