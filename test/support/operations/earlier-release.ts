import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';

const run = promisify(execFile);
const gatewayScript = 'gateway/bin/yici-gateway.mjs';
const clientScript = 'client/bin/yici.mjs';
const departmentShown = z.object({ id: z.string(), claims: z.array(z.unknown()) });
const note = z.object({ release: z.string() });

/** A data folder that an earlier release left, unpacked, with a gateway of this one over it. */
export class EarlierFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'yici-upgrade-'));
  #url = '';
  #said = '';
  #gateway: ChildProcess | undefined;

  async unpack(archive: string): Promise<void> {
    await run('tar', ['xzf', archive, '-C', this.folder]);
  }

  /** Starts this release's gateway, until it serves. */
  async serve(...options: readonly string[]): Promise<void> {
    const [port = 0] = await freePorts(1);
    this.#url = `http://127.0.0.1:${String(port)}`;
    const args = [gatewayScript, ...options, '--port', String(port)];
    const gateway = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#gateway = gateway;
    gateway.stderr.on('data', (text: Buffer) => (this.#said += text.toString()));
    const ended = once(gateway, 'exit').then(() => expect.fail(this.#said));
    await Promise.race([once(gateway.stdout, 'data'), ended]);
    ended.catch(() => undefined);
  }

  /** What the gateway logged. */
  get said(): string {
    return this.#said;
  }

  /** A command of `yici` at that gateway. */
  async yici(user: string, ...words: readonly string[]): Promise<unknown> {
    const identity = join(this.folder, 'identities', user);
    const options = ['--gateway', this.#url, '--identity', identity, '--json'];
    const { stdout } = await run(process.execPath, [clientScript, ...words, ...options]);
    return JSON.parse(stdout);
  }

  async claims(department: string): Promise<readonly unknown[]> {
    const shown = await this.yici(`${department}.clerk1`, 'department', 'show', department);
    const { id, claims } = departmentShown.parse(shown);
    expect(id).to.equal(department);
    return claims;
  }

  /** The release that the folder notes, and that of this code. */
  releases(): readonly [string, string] {
    const own = note.parse(JSON.parse(readFileSync(join(this.folder, 'release.json'), 'utf8')));
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    return [own.release, version];
  }

  async close(): Promise<void> {
    const gateway = this.#gateway;
    if (gateway?.exitCode !== null || gateway.signalCode !== null) return;
    const ended = once(gateway, 'exit');
    gateway.kill('SIGTERM');
    await ended;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
