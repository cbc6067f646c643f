import assert from 'node:assert/strict';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { loadResultSchema, type LoadResult } from './load.js';
import { nodeOptions } from './node-options.js';

const program = fileURLToPath(new URL('bare-client-process.js', import.meta.url));

export const bareOptionsSchema = z.strictObject({
  /** host:port of a peer. */
  address: z.string(),
  /** PEM; plain text when absent. */
  tlsRoot: z.string().exactOptional(),
  tlsHostname: z.string().exactOptional(),
  /** PEM; what a real peer asks every client for. */
  tlsClient: z.object({ certificatePem: z.string(), keyPem: z.string() }).exactOptional(),
  mspId: z.string(),
  certificatePem: z.string(),
  keyPem: z.string(),
  channel: z.string(),
  /**
   * `stock`: Fabric's client as its documentation sets it up. `node`: the same with node:crypto in the place of its own
   * cryptography. `yici`: our client over the gateway's own port to a peer, as the gateway goes to it.
   */
  client: z.enum(['stock', 'node', 'yici']),
});
export type BareClientOptions = z.infer<typeof bareOptionsSchema>;

export const roundSchema = z.strictObject({
  connections: z.int().positive(),
  amount: z.int().positive(),
});

/** Fabric's own client in a process of its own: submits and waits for each commit. */
export class BareClient {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;

  constructor(options: BareClientOptions) {
    this.#child = spawn(process.execPath, [...nodeOptions, program], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#child.stdin.write(`${JSON.stringify(options)}\n`);
  }

  /** Submits `amount` transactions, `connections` at a time. Every one must be committed as valid. */
  async send(connections: number, amount: number): Promise<LoadResult> {
    this.#child.stdin.write(`${JSON.stringify({ connections, amount })}\n`);
    const answer = await this.#answers.next();
    assert.ok(answer.done !== true, 'the bare client ended; its error is above');
    const result = loadResultSchema.parse(JSON.parse(answer.value));
    assert.equal(result.succeeded, amount);
    return result;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin.end();
    await ended;
  }
}
