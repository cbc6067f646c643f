import { execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { exitOf, type Outcome } from '../../integration/topology/support.js';
import type { HostNetwork } from './namespaces.js';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../../../../network/bin/yici-network.mjs', import.meta.url));
const client = fileURLToPath(new URL('./client.js', import.meta.url));

type Verb =
  'approvals' | 'approve' | 'backup' | 'commit' | 'join' | 'restore' | 'snapshot' | 'status';

/** One department's host: what its operator types there, in its rendered folder and nowhere else. */
export class DepartmentOnHost {
  readonly id: string;
  readonly #hosts: HostNetwork;
  readonly #folder: string;
  readonly #binDir: string;
  #nodes: ChildProcess | undefined;
  #said = '';

  constructor(id: string, hosts: HostNetwork, folder: string, binDir: string) {
    this.id = id;
    this.#hosts = hosts;
    this.#folder = folder;
    this.#binDir = binDir;
  }

  /** `yici-network node up`, until it says that its nodes are in the channel. */
  async up(...more: readonly string[]): Promise<void> {
    const nodes = this.#hosts.start(
      this.id,
      ...[process.execPath, command, 'node', 'up', '--dir', this.#folder],
      ...['--bin-dir', this.#binDir, ...more],
    );
    this.#nodes = nodes;
    nodes.stderr?.on('data', (text: Buffer) => (this.#said += text.toString()));
    const ready = once(nodes.stdout!, 'data');
    const ended = once(nodes, 'exit').then(([code]: unknown[]) => {
      throw new TypeError(`node up of ${this.id} ended with ${String(code)}:\n${this.#said}`);
    });
    await Promise.race([ready, ended]);
    ended.catch(() => undefined);
  }

  /** A command of `yici-network node`; gives its result. */
  async node(verb: Verb, ...more: readonly string[]): Promise<unknown> {
    const [program, args] = this.#hosts.on(
      this.id,
      ...[process.execPath, command, 'node', verb, ...more, '--dir', this.#folder, '--json'],
    );
    const { stdout } = await run(program, args).catch(
      // A status that is not well is a result too, with exit code 1.
      (error: unknown) => {
        if (verb === 'status' && error instanceof Error && 'stdout' in error) {
          if (typeof error.stdout === 'string' && error.stdout !== '')
            return { stdout: error.stdout };
        }
        throw error;
      },
    );
    return JSON.parse(stdout);
  }

  /** Any command of `yici-network`, on the host's folder; gives its result, whether or not what it checked is in order. */
  async command(...args: readonly string[]): Promise<unknown> {
    const { out, err } = await this.types(...args, '--json');
    if (out === '') throw new RangeError(err);
    return JSON.parse(out);
  }

  /** Types a command of `yici-network` there, with the host's folder. */
  async types(...args: readonly string[]): Promise<Outcome> {
    const all = [process.execPath, command, ...args, '--dir', this.#folder];
    const child = this.#hosts.start(this.id, ...all);
    const [out, err, code] = await Promise.all([
      text(child.stdout!),
      text(child.stderr!),
      exitOf(child),
    ]);
    return { code, out, err };
  }

  /** Blocks from `from` on, as the department's own peer has them, as files in `out`. */
  async exportBlocks(out: string, from: number): Promise<void> {
    const [program, args] = this.#hosts.on(
      this.id,
      ...[process.execPath, command, 'blocks', 'export', '--dir', this.#folder],
      ...['--department', this.id, '--out', out, '--from', String(from)],
    );
    await run(program, args);
  }

  /** The code with which a command of `yici-network node` refuses. */
  async refusal(verb: 'approve' | 'commit'): Promise<string> {
    try {
      await this.node(verb);
      return 'none';
    } catch (error) {
      return /"code":"([A-Z_]+)"/.exec(String(error))?.[1] ?? String(error);
    }
  }

  /** Loses what one of its nodes has, as with its disk. */
  lose(kind: 'peer' | 'orderer'): void {
    rmSync(join(this.#folder, 'fabric', this.id, kind, 'data'), { recursive: true });
  }

  /** A client of the department on its own host, with its service account's key: see client.ts. */
  async client(...args: readonly string[]): Promise<string> {
    const [program, words] = this.#hosts.on(
      this.id,
      ...[process.execPath, client, this.#folder, this.id, ...args],
    );
    const { stdout } = await run(program, words);
    return stdout.trim();
  }

  async down(): Promise<void> {
    const nodes = this.#nodes;
    if (nodes === undefined || nodes.exitCode !== null || nodes.signalCode !== null) return;
    const ended = once(nodes, 'exit');
    nodes.kill('SIGTERM');
    const force = setTimeout(() => nodes.kill('SIGKILL'), 40_000);
    await ended;
    clearTimeout(force);
  }
}
