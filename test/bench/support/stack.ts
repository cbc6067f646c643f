import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChainVerifier, type AuditReport } from '@yici/ledger';
import { dataFolder } from '@yici/network';
import { demoTopologyFile, readBlockFiles } from '@yici/network/testing';
import { readApiKeys, startGateway, stopGateway, type GatewayFacts } from './gateway-process.js';

/** The six demo departments on free ports; the limiter counts as always and never refuses. */
const configuration = 'limits: { requestsPerMinute: 1000000000, loginsPerMinute: 1000000000 }\n';

/** The gateway with the embedded network in it, as a process of its own in a folder of its own. */
export class Stack {
  readonly folder: string;
  readonly state: string;
  #process: ChildProcess | undefined;
  #ready: GatewayFacts | undefined;

  private constructor(folder: string) {
    this.folder = folder;
    this.state = join(folder, 'state');
  }

  /** A new folder with the demo topology and nothing else. */
  static async make(folder?: string): Promise<Stack> {
    if (folder !== undefined) await mkdir(folder, { recursive: true });
    const stack = new Stack(folder ?? (await mkdtemp(join(tmpdir(), 'yici-bench-'))));
    const topology = await readFile(demoTopologyFile, 'utf8');
    const onFreePorts = topology.replace(/\b(peer|orderer|port): \d+/g, '$1: 0');
    await writeFile(join(stack.folder, 'topology.yaml'), onFreePorts);
    await writeFile(join(stack.folder, 'gateway.yaml'), configuration);
    return stack;
  }

  /** The folder of a stack that was stopped. */
  static kept(folder: string): Stack {
    return new Stack(folder);
  }

  get url(): string {
    return this.#facts.url;
  }

  get genesisHash(): string {
    return this.#facts.genesisHash;
  }

  identityFolder(user: string): string {
    return join(this.state, 'identities', user);
  }

  /** Starts the gateway as `npm start` does; resolves when it says that it is ready. `more` goes to node itself. */
  async start(more: readonly string[] = []): Promise<void> {
    const { folder, state } = this;
    const args = [
      ...['--state', state, '--topology', join(folder, 'topology.yaml')],
      ...['--config', join(folder, 'gateway.yaml'), '--no-listen-peers'],
    ];
    const { child, ready } = await startGateway(args, more);
    this.#process = child;
    this.#ready = ready;
  }

  /** API keys of the custodial accounts, by account. */
  apiKeys(): Promise<Readonly<Record<string, string>>> {
    return readApiKeys(this.state);
  }

  /** Raw blocks from `from` on, read beside the running network. */
  blocks(from = 0n): ReturnType<typeof readBlockFiles> {
    return readBlockFiles(dataFolder(this.state), from);
  }

  /** Verifies the whole chain from its blocks and the genesis hash. */
  async verifyChain(): Promise<AuditReport> {
    const verifier = new ChainVerifier({ genesisHash: this.genesisHash });
    for await (const { number, bytes } of this.blocks()) await verifier.add(number, bytes);
    return verifier.report();
  }

  /** Stops the gateway as a service manager would. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child !== undefined) await stopGateway(child);
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  get #facts(): GatewayFacts {
    assert.ok(this.#ready !== undefined, 'the gateway was not started');
    return this.#ready;
  }
}
