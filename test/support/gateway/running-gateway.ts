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

/** Where npm puts the programs of this project. */
const binaries = fileURLToPath(new URL('../../../../node_modules/.bin', import.meta.url));

const readySchema = z.object({ ready: z.literal(true), url: z.url(), genesisHash: z.string() });

export interface Finished {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** The gateway with an embedded network of its own, as a real process on free ports, and `yici` beside it. */
export class RunningGateway {
  readonly url: string;
  readonly genesisHash: string;
  readonly folder: string;
  readonly #args: readonly string[];
  #process: ChildProcess;

  private constructor(
    { url, genesisHash }: z.output<typeof readySchema>,
    folder: string,
    { process, args }: Pick<Started, 'process' | 'args'>,
  ) {
    this.url = url;
    this.genesisHash = genesisHash;
    this.folder = folder;
    this.#process = process;
    this.#args = args;
  }

  /**
   * `listening`: its peers take connections, as those of `npm start` do. `roles`: visitors may take the demo's. `enrolmentsPerMinute`: no limit unless given. `onState`: told of its
   * data folder before anything is in it.
   */
  static async start({
    listening = false,
    roles = false,
    enrolmentsPerMinute = 0,
    onState,
  }: Options = {}): Promise<RunningGateway> {
    const folder = await mkdtemp(join(tmpdir(), 'yici-e2e-'));
    const topology = join(folder, 'topology.yaml');
    await writeFile(topology, onFreePorts(await readFile(demoTopologyFile, 'utf8')));
    const config = join(folder, 'gateway.yaml');
    await writeFile(
      config,
      `limits: { requestsPerMinute: 0, anonymousPerMinute: 0, loginsPerMinute: 0, enrolmentsPerMinute: ${enrolmentsPerMinute} }\n`,
    );
    const state = join(folder, 'state');
    onState?.(state);
    const args = ['--state', state, '--topology', topology, '--config', config];
    if (!listening) args.push('--no-listen-peers');
    if (roles) args.push('--demo-roles');
    const { ready, ...started } = await startGateway(args, '0');
    if (ready !== undefined) return new RunningGateway(ready, folder, started);
    await rm(folder, { recursive: true, force: true });
    throw new RangeError(`the gateway did not start: ${started.errors()}`);
  }

  /** Starts it again at the same address, after {@link halt}. */
  async restart(): Promise<void> {
    const { process, ready, errors } = await startGateway(this.#args, new URL(this.url).port);
    if (ready === undefined) throw new RangeError(`the gateway did not start again: ${errors()}`);
    this.#process = process;
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

  /** A line as it is typed at a shell in this gateway's folder. */
  shell(line: string, more?: Readonly<Record<string, string>>): Promise<Finished> {
    return this.#start('/bin/sh', ['-c', line], '', more);
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

  #run(
    args: readonly string[],
    stdin: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Finished> {
    return this.#start(process.execPath, args, stdin, more);
  }

  async #start(
    program: string,
    args: readonly string[],
    stdin: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Finished> {
    const child = spawn(program, args, {
      cwd: this.folder,
      env: {
        ...more,
        PATH: `${binaries}:${process.env['PATH'] ?? ''}`,
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
    await this.halt();
    await rm(this.folder, { recursive: true, force: true });
    return this.#process.exitCode;
  }

  /** Stops it and leaves its data where they are. */
  async halt(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const closed = once(this.#process, 'close');
    this.#process.kill('SIGTERM');
    await closed;
  }
}

interface Options {
  readonly enrolmentsPerMinute?: number;
  readonly listening?: boolean;
  readonly roles?: boolean;
  readonly onState?: (folder: string) => void;
}

interface Started {
  readonly process: ChildProcess;
  readonly args: readonly string[];
  /** Undefined when it ended instead. */
  readonly ready: z.output<typeof readySchema> | undefined;
  readonly errors: () => string;
}

/** The gateway's program, until it says that it is ready. */
export async function startGateway(args: readonly string[], port: string): Promise<Started> {
  const command = [programs.gateway, ...args, '--port', port, '--ready-json'];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  const errors = collect(child.stderr);
  const started = { process: child, args, errors };
  child.once('exit', (code) => {
    // A suite beside which it ends by itself would only say that nobody answers.
    if (code === 70) console.error(`the gateway ended:\n${errors().slice(-4_000)}`);
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { ...started, ready: readySchema.parse(JSON.parse(line)) };
  }
  return { ...started, ready: undefined };
}

function onFreePorts(topology: string): string {
  return topology.replace(/\b(peer|orderer|port): \d+/g, '$1: 0');
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: string[] = [];
  stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  return () => chunks.join('');
}
