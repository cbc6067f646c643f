import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, link, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { nodeOptions } from './node-options.js';

const program = fileURLToPath(new URL('bare-reader-process.js', import.meta.url));

/** A bare server in a process of its own; see bare-reader-process.ts. */
export class BareReader {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  static async start(...folder: readonly string[]): Promise<BareReader> {
    const child = spawn(process.execPath, [...nodeOptions, program, ...folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const url of createInterface({ input: child.stdout })) {
      return new BareReader(url, child);
    }
    return assert.fail('the bare server did not start');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGTERM');
    await closed;
  }
}

/** A second LevelDB over the same tables: they never change, so they are linked; what does change is copied. */
export async function linkedStore(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    if (name === 'LOCK') continue;
    const put = name.endsWith('.ldb') ? link : copyFile;
    await put(join(from, name), join(to, name));
  }
}
