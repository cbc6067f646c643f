#!/usr/bin/env node
// `npm run demo`: plays the story against the running `npm start`, or on a network of its own that it starts and removes.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { prepare, root } from './prepare.mjs';

const args = process.argv.slice(2);
const named = args.some((arg) => /^--(gateway|identities|help)\b/.test(arg) || arg === '-h');
prepare();
if (named || (await answers('http://127.0.0.1:8080'))) process.exit(await story(args));
process.exit(await onOwnNetwork());

async function answers(url) {
  try {
    const response = await fetch(`${url}/v1/network`, { signal: AbortSignal.timeout(2000) });
    return response.ok && 'genesisHash' in (await response.json());
  } catch {
    return false;
  }
}

function run(file, fileArgs, stdio) {
  return spawn(process.execPath, [join(root, file), ...fileArgs], { stdio });
}

function story(storyArgs) {
  const child = run('client/dist/bin/yici.js', ['demo', 'run', ...storyArgs], 'inherit');
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
  return new Promise((done) => child.once('exit', (code) => done(code ?? 70)));
}

async function onOwnNetwork() {
  process.stderr.write(
    'yici: 没有运行中的网关，临时启动一个 no gateway runs; starting one for this story ...\n',
  );
  const state = mkdtempSync(join(tmpdir(), 'yici-demo-'));
  const port = await freePort();
  const gateway = run(
    'gateway/dist/main.js',
    [
      '--ready-json',
      '--state',
      state,
      '--port',
      String(port),
      '--log-level',
      'warn',
      '--no-listen-peers',
    ],
    ['ignore', 'pipe', 'inherit'],
  );
  const ended = new Promise((done) => gateway.once('exit', (code) => done(code ?? 70)));
  try {
    const ready = await Promise.race([firstLine(gateway.stdout), ended]);
    if (typeof ready === 'number') return ready;
    const options = ['--gateway', JSON.parse(ready).url, '--identities', join(state, 'identities')];
    return await story([...options, ...args]);
  } finally {
    gateway.kill('SIGTERM');
    await ended;
    rmSync(state, { recursive: true, force: true });
  }
}

function firstLine(stream) {
  return new Promise((done) => createInterface({ input: stream }).once('line', done));
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
