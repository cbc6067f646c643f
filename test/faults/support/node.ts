import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { disksBelow, type Disks } from './disks.js';
import { portedTopology, type PortedTopology } from './topology.js';

const programs = {
  gateway: fileURLToPath(new URL('main.js', import.meta.resolve('@yici/gateway/testing'))),
  network: fileURLToPath(new URL('bin/yici-network.js', import.meta.resolve('@yici/network'))),
  yici: fileURLToPath(new URL('bin/yici.js', import.meta.resolve('@yici/client'))),
};

const readyzSchema = z.object({ obstacles: z.array(z.string()) }).loose();
const readySchema = z.object({ ready: z.literal(true), url: z.url(), genesisHash: z.string() });

/** How a program that was run to its end ended. */
export interface Finished {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** The gateway with the embedded network in it, as one process over one data folder: to be killed and started again. */
export class DoomedNode {
  readonly folder: string;
  readonly #ports: PortedTopology;
  /** File systems of their own, when disks are to be full. */
  #disks: Disks | undefined;
  #child: ChildProcess | undefined;
  #genesisHash = '';

  private constructor(folder: string, ports: PortedTopology) {
    this.folder = folder;
    this.#ports = ports;
  }

  static async create(): Promise<DoomedNode> {
    const folder = await mkdtemp(join(tmpdir(), 'yici-faults-'));
    const ports = await portedTopology();
    await writeFile(join(folder, 'topology.yaml'), ports.text);
    const limits = 'limits: { requestsPerMinute: 0, anonymousPerMinute: 0, loginsPerMinute: 0 }\n';
    await writeFile(join(folder, 'gateway.yaml'), limits);
    return new DoomedNode(folder, ports);
  }

  /** Gives every store a disk of its own. */
  withDisks(): Disks {
    this.#disks = disksBelow(this.state);
    return this.#disks;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Why it is not ready; empty when it is, undefined when it does not answer. */
  async obstacles(): Promise<readonly string[] | undefined> {
    try {
      const response = await fetch(`${this.url}/readyz`);
      const parsed = readyzSchema.safeParse(await response.json()).data;
      return response.status === 200 ? [] : (parsed?.obstacles ?? ['not ready']);
    } catch {
      return undefined;
    }
  }

  get state(): string {
    return join(this.folder, 'state');
  }

  get url(): string {
    return `http://127.0.0.1:${this.#ports.gatewayPort}`;
  }

  get genesisHash(): string {
    return this.#genesisHash;
  }

  get log(): string {
    return readFileSync(join(this.folder, 'gateway.log'), 'utf8');
  }

  /** Starts it and waits until it is ready; gives the milliseconds that took. */
  async start(...more: readonly string[]): Promise<number> {
    const started = performance.now();
    const child = this.launch(...more);
    for await (const line of createInterface({ input: child.stdout! })) {
      this.#genesisHash = readySchema.parse(JSON.parse(line)).genesisHash;
      return performance.now() - started;
    }
    throw new RangeError(`the gateway did not start: ${this.log.slice(-2_000)}`);
  }

  /** Starts it and does not wait. */
  launch(...more: readonly string[]): ChildProcess {
    const log = openSync(join(this.folder, 'gateway.log'), 'a');
    const options = ['--state', this.state, '--topology', join(this.folder, 'topology.yaml')];
    const rest = ['--config', join(this.folder, 'gateway.yaml'), '--ready-json'];
    const port = ['--port', String(this.#ports.gatewayPort)];
    this.#child = spawn(
      process.execPath,
      [programs.gateway, ...options, ...rest, ...port, ...more],
      {
        stdio: ['ignore', 'pipe', log],
      },
    );
    closeSync(log);
    return this.#child;
  }

  /** As `kill -9` does: no warning, no cleaning up. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As a service manager stops it; gives the exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** `kill -9` for the chaincode alone; false when there is none at this moment. */
  killChaincode(): boolean {
    const [first] = this.chaincodes();
    if (first === undefined) return false;
    process.kill(first.pid, 'SIGKILL');
    return true;
  }

  /** Chaincode processes of this network, also those that a killed gateway left behind. */
  chaincodes(): readonly { readonly pid: number; readonly ours: boolean }[] {
    const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], {
      encoding: 'utf8',
    });
    const address = `--chaincode-address=127.0.0.1:${this.#ports.chaincodePort}`;
    return stdout
      .split('\n')
      .filter((line) => line.split(/\s+/).includes(address))
      .map((line) => {
        const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
        return { pid, ours: parent === this.#child?.pid };
      });
  }

  /** Writes the blocks from `from` on as files. */
  async exportBlocks(out: string, from: bigint): Promise<void> {
    const args = ['blocks', 'export', '--dir', this.state, '--out', out, '--from', from.toString()];
    const { exitCode, err } = await run(programs.network, args);
    if (exitCode !== 0)
      throw new RangeError(`blocks export ended with ${String(exitCode)}: ${err}`);
  }

  /** `yici audit verify` over exported blocks. */
  audit(blocks: string): Promise<Finished> {
    return run(programs.yici, ['audit', 'verify', blocks, '--pin', this.#genesisHash, '--json']);
  }

  async dispose(): Promise<void> {
    await this.kill();
    this.#disks?.unmount();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    return child.exitCode;
  }
}

async function run(program: string, args: readonly string[]): Promise<Finished> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  await once(child, 'close');
  return { exitCode: child.exitCode, out: out(), err: err() };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: string[] = [];
  stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  return () => chunks.join('');
}
