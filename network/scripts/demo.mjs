#!/usr/bin/env node
// `npm run demo`: plays the story against the running `npm start` or `npm run fabric`, or on a network of its own that it starts
// and removes; at the end the supervision office verifies the whole chain alone.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { auditAlone, isNetworkFolder, runProgram } from './audit.mjs';
import { note, prepare, root } from './prepare.mjs';

const args = process.argv.slice(2);
prepare();
if (args.some((arg) => ['--help', '-h'].includes(arg))) process.exit(await story([]));
const url = given('--gateway') ?? process.env.YICI_GATEWAY ?? 'http://127.0.0.1:8080';
const network = await networkAt(url);
if (network !== undefined) process.exit(await onRunning(network));
// A gateway that was named and does not answer is for the story to say.
if (given('--gateway') !== undefined) process.exit(await story([]));
process.exit(await onOwnNetwork());

/** The value of an option of ours, as `--name value` or `--name=value`. */
function given(name) {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  return at < 0 ? undefined : (args[at].split('=', 2)[1] ?? args[at + 1]);
}

/** What a gateway says of its network; undefined when none answers. */
async function networkAt(address) {
  try {
    const response = await fetch(`${address}/v1/network`, { signal: AbortSignal.timeout(2000) });
    const facts = await response.json();
    return response.ok && 'genesisHash' in facts ? facts : undefined;
  } catch {
    return undefined;
  }
}

function story(more) {
  return runProgram('client/dist/bin/yici.js', ['demo', 'run', ...more, ...args]);
}

/** Identities lie in the network's folder: that of `npm start`, that of `npm run fabric`, or the one named. */
async function onRunning({ engine, genesisHash }) {
  const named = given('--identities');
  const folder = engine === 'fabric' ? '.yici-fabric' : '.yici';
  const identities = named === undefined ? join(root, folder, 'identities') : resolve(named);
  const told = await story(named === undefined ? ['--identities', identities] : []);
  const state = dirname(identities);
  if (told !== 0 || !isNetworkFolder(state)) return told;
  return auditAlone({ state, url, genesisHash, ...output() });
}

/** With --json standard output is the story's. */
function output() {
  return { stdout: args.includes('--json') ? 2 : 1 };
}

async function onOwnNetwork() {
  note({
    zh: '没有运行中的网关，为演示临时启动一个…',
    en: 'no gateway runs; starting one for this story ...',
  });
  const folder = mkdtempSync(join(tmpdir(), 'yici-demo-'));
  const state = join(folder, 'state');
  const gateway = spawn(process.execPath, await gatewayArgs(folder, state), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => gateway.once('exit', (code) => done(code ?? 70)));
  try {
    const first = await Promise.race([firstLine(gateway.stdout), ended]);
    if (typeof first === 'number') return first;
    const ready = JSON.parse(first);
    const told = await story([
      ...['--gateway', ready.url],
      ...['--identities', join(state, 'identities')],
    ]);
    const { url: address, genesisHash } = ready;
    return told || (await auditAlone({ state, url: address, genesisHash, ...output() }));
  } finally {
    gateway.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** On ports that are free, so that it stands beside whatever runs. */
async function gatewayArgs(folder, state) {
  const topology = join(folder, 'topology.yaml');
  const demo = readFileSync(join(root, 'network/demo/topology.yaml'), 'utf8');
  writeFileSync(topology, demo.replace(/\b(peer|orderer|port): \d+/g, '$1: 0'));
  return [
    ...[join(root, 'gateway/dist/main.js'), '--ready-json', '--no-listen-peers'],
    ...['--state', state, '--topology', topology, '--port', String(await freePort())],
    ...['--log-level', 'warn'],
  ];
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
