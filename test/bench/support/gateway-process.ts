import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { nodeOptions } from './node-options.js';

const program = fileURLToPath(new URL('main.js', import.meta.resolve('@yici/gateway/testing')));

const readySchema = z.object({ url: z.url(), pid: z.number(), genesisHash: z.string() });
const apiKeysSchema = z.record(z.string(), z.string());

/** What a gateway says when it is ready. */
export type GatewayFacts = z.infer<typeof readySchema>;

/** Starts a gateway as `npm start` does, on a free port; resolves when it says that it is ready. */
export async function startGateway(
  args: readonly string[],
  options: readonly string[] = [],
): Promise<{ readonly child: ChildProcess; readonly ready: GatewayFacts }> {
  const all = [...nodeOptions, ...options, program, ...args, '--port', '0', '--ready-json'];
  const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, ready: readySchema.parse(JSON.parse(line)) };
  }
  return assert.fail(`the gateway did not start: ${errors.join('')}`);
}

/** API keys of the custodial accounts, by account. */
export async function readApiKeys(state: string): Promise<Readonly<Record<string, string>>> {
  const file = join(state, 'gateway', 'custody', 'api-keys.json');
  return apiKeysSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** Stops a gateway as a service manager would. */
export async function stopGateway(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}
