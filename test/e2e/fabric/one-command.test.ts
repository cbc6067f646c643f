import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shownRules } from '@yici/client/testing';
import { dataFolder } from '@yici/network';
import { demoTopologyFile, readRunning } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { isAlive } from '../../support/fabric-network.js';
import { needsFabric } from '../../support/fabric.js';

const script = fileURLToPath(new URL('../../../../network/scripts/fabric.mjs', import.meta.url));
const doneSchema = z.object({
  ready: z.literal(true),
  engine: z.literal('fabric'),
  genesisHash: z.string(),
  story: z.number(),
});

describe('npm run fabric', function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'yici-one-'));

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    const child = spawn(process.execPath, [script, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    });
    const out = collected(child.stdout);
    const errors = collected(child.stderr);
    const [code] = z.tuple([z.number(), z.unknown()]).parse(await once(child, 'close'));
    return { code, out: out(), errors: errors() };
  }

  it('says what to do where Fabric is not installed and cannot be fetched, and starts nothing', async () => {
    const state = join(folder, 'nothing');
    const args = ['--once', '--port', '0', '--state', state, '--mirror', 'http://127.0.0.1:1/'];
    const { code, errors } = await run(args, { ...process.env, XDG_CACHE_HOME: folder });
    expect(code).to.equal(3);
    expect(errors).to.include('--archive').and.include('--bin-dir').and.include('npm start');
    expect(existsSync(state)).to.equal(false);
  });

  it('refuses an option it does not know with the exit code for usage', async () => {
    expect((await run(['--nothing'])).code).to.equal(2);
    expect((await run(['--port', 'eighty'])).code).to.equal(2);
  });

  it('brings every department up, plays the story of the foundation, and stops all of it', async function () {
    needsFabric(this, 'peer', 'orderer');
    const topology = join(folder, 'topology.yaml');
    const demo = readFileSync(demoTopologyFile, 'utf8');
    writeFileSync(topology, demo.replace(/\b(peer|orderer|port): \d+/g, '$1: 0'));
    const state = join(folder, 'state');
    const bin = process.env['YICI_FABRIC_BIN'];
    const { code, out, errors } = await run([
      ...['--once', '--json', '--port', '0', '--state', state, '--topology', topology],
      ...(bin === undefined ? [] : ['--bin-dir', bin]),
    ]);
    expect(code, errors).to.equal(0);
    expect(doneSchema.parse(JSON.parse(out)).story).to.equal(0);
    expect(errors).to.contain(`不符合办理规则未登记 ${shownRules.length} 次`);
    expect(errors).to.match(/━━ 独立复核[\s\S]*核验通过/);
    expect(await readRunning(dataFolder(state))).to.equal(undefined);
    const left = z.array(z.looseObject({ name: z.string(), pid: z.number().optional() }));
    const noted = left.parse(JSON.parse(readFileSync(dataFolder(state).nodes, 'utf8')));
    expect(noted.filter(({ pid }) => pid !== undefined && isAlive(pid))).to.deep.equal([]);
  });
});

function collected(stream: NodeJS.ReadableStream): () => string {
  const chunks: string[] = [];
  stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  return () => chunks.join('');
}
