import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { demoTopologyFile } from '@yici/network/testing';
import { z } from 'zod';

const programs = {
  gateway: fileURLToPath(new URL('main.js', import.meta.resolve('@yici/gateway/testing'))),
  yici: fileURLToPath(new URL('bin/yici.js', import.meta.resolve('@yici/client'))),
  demo: fileURLToPath(new URL('../../../../network/scripts/demo.mjs', import.meta.url)),
  backOffice: fileURLToPath(new URL('../../../../docs/examples/back-office.mjs', import.meta.url)),
};

const readySchema = z.object({ ready: z.literal(true), url: z.url() });

export interface Finished {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** The gateway with an embedded network of its own, as a real process on free ports, and `yici` beside it. */
export class RunningGateway {
  readonly url: string;
  readonly folder: string;
  readonly #process: ChildProcess;

  private constructor(url: string, folder: string, process: ChildProcess) {
    this.url = url;
    this.folder = folder;
    this.#process = process;
  }

  static async start(): Promise<RunningGateway> {
    const folder = await mkdtemp(join(tmpdir(), 'yici-e2e-'));
    const topology = join(folder, 'topology.yaml');
    await writeFile(topology, onFreePorts(await readFile(demoTopologyFile, 'utf8')));
    const config = join(folder, 'gateway.yaml');
    await writeFile(
      config,
      'limits: { requestsPerMinute: 0, anonymousPerMinute: 0, loginsPerMinute: 0 }\n',
    );
    const args = ['--state', join(folder, 'state'), '--topology', topology, '--config', config];
    const child = spawn(
      process.execPath,
      [programs.gateway, ...args, '--port', '0', '--ready-json', '--no-listen-peers'],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const errors = collect(child.stderr);
    for await (const line of createInterface({ input: child.stdout })) {
      return new RunningGateway(readySchema.parse(JSON.parse(line)).url, folder, child);
    }
    await rm(folder, { recursive: true, force: true });
    throw new RangeError(`the gateway did not start: ${errors()}`);
  }

  identity(user: string): string {
    return join(this.identities, user);
  }

  get identities(): string {
    return join(this.folder, 'state', 'identities');
  }

  /** Runs `yici` as a process of its own, by default with a settings folder of this gateway's. */
  yici(args: readonly string[], stdin = ''): Promise<Finished> {
    return this.#run([programs.yici, ...args], stdin);
  }

  /** `npm run demo` against this gateway. */
  npmRunDemo(): Promise<Finished> {
    return this.#run([programs.demo, '--gateway', this.url, '--identities', this.identities], '');
  }

  /** The example of docs/integration.md, as a custodial account of this gateway's. */
  async backOffice(account: string): Promise<Finished> {
    const file = join(this.folder, 'state', 'gateway', 'custody', 'api-keys.json');
    const keys = z.record(z.string(), z.string()).parse(JSON.parse(await readFile(file, 'utf8')));
    return this.#run([programs.backOffice], '', { YICI_API_KEY: keys[account] ?? '' });
  }

  async #run(
    args: readonly string[],
    stdin: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Finished> {
    const child = spawn(process.execPath, args, {
      env: {
        ...more,
        PATH: process.env['PATH'],
        YICI_HOME: join(this.folder, 'home'),
        YICI_GATEWAY: this.url,
      },
    });
    const out = collect(child.stdout);
    const err = collect(child.stderr);
    child.stdin.end(stdin);
    await once(child, 'close');
    return { exitCode: child.exitCode, out: out(), err: err() };
  }

  /** Stops the gateway as a service manager would. */
  async stop(): Promise<number | null> {
    const closed = once(this.#process, 'close');
    this.#process.kill('SIGTERM');
    await closed;
    await rm(this.folder, { recursive: true, force: true });
    return this.#process.exitCode;
  }
}

function onFreePorts(topology: string): string {
  return topology.replace(/\b(peer|orderer|port): \d+/g, '$1: 0');
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: string[] = [];
  stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  return () => chunks.join('');
}
