import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';

const run = promisify(execFile);
const folders = 'test/fixtures/data-folders';
const bin = (path: string) => [process.execPath, path] as const;
const [node, gatewayScript] = bin('gateway/bin/yici-gateway.mjs');
const clientScript = 'client/bin/yici.mjs';
const department = z.object({ id: z.string(), claims: z.array(z.unknown()) });

/** Each is the data folder of a gateway on the embedded engine: a department that registered itself in block 3. */
for (const file of readdirSync(folders)) {
  const release = file.replace(/\.tar\.gz$/, '');
  describe(`a data folder of release ${release}`, function () {
    this.timeout(180_000);
    let state: string;
    let url: string;
    let said = '';
    let gateway: ChildProcess | undefined;

    before(async () => {
      state = mkdtempSync(join(tmpdir(), 'yici-upgrade-'));
      await run('tar', ['xzf', join(folders, file), '-C', state]);
      const [port = 0] = await freePorts(1);
      url = `http://127.0.0.1:${String(port)}`;
      gateway = spawn(node, [gatewayScript, '--state', state, '--port', String(port)], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      gateway.stderr?.on('data', (text: Buffer) => (said += text.toString()));
      const ended = once(gateway, 'exit').then(() => expect.fail(said));
      await Promise.race([once(gateway.stdout!, 'data'), ended]);
      ended.catch(() => undefined);
    });

    after(async () => {
      if (gateway?.exitCode === null) {
        gateway.kill('SIGTERM');
        await once(gateway, 'exit');
      }
      rmSync(state, { recursive: true, force: true });
    });

    const yici = async (user: string, ...words: string[]): Promise<unknown> => {
      const identity = join(state, 'identities', user);
      const options = ['--gateway', url, '--identity', identity, '--json'];
      const { stdout } = await run(node, [clientScript, ...words, ...options]);
      return JSON.parse(stdout);
    };

    it('is opened, its chaincode approved anew where the code is another, and read', async () => {
      expect(
        department.parse(await yici('offices.clerk1', 'department', 'show', 'offices')),
      ).to.deep.equal({ id: 'offices', claims: [] });
      const note = z.object({ release: z.string() });
      const own = note.parse(JSON.parse(readFileSync(join(state, 'release.json'), 'utf8')));
      const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
      expect(own.release).to.equal(version);
    });

    it('is written to', async () => {
      await yici('offices.head1', 'department', 'update', '--claim', 'supervision');
      const found = department.parse(await yici('offices.clerk1', 'department', 'show', 'offices'));
      expect(JSON.stringify(found.claims)).to.contain('supervision');
    });
  });
}
