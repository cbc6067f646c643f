#!/usr/bin/env node
// `npm run fabric`: from a fresh clone to the demo on real Fabric, every department with its own peer. Installs and builds
// what is missing, installs Fabric's official release once for the user, brings the network up, runs the gateway over it,
// plays the demo story, says how every node is, and keeps it all running until Ctrl-C; with --once it stops at the end.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { auditAlone } from './audit.mjs';
import { getReady, onStop, readOptions, spawnGateway } from './command.mjs';
import { exitCodes, root } from './prepare.mjs';

const usage = `npm run fabric -- [options]

  --state DIR    data folder (default .yici-fabric)
  --port PORT    gateway's port (default 8080)
  --topology F   topology of a new data folder (default: the demo's, network/demo/topology.yaml)
  --host HOST    address the gateway listens on (default 127.0.0.1)
  --reset        begin anew: removes the data folder's keys, chain and index first
  --once         stop everything after the story; the exit code says how it went
  --no-demo      neither load the demo data nor play the story
  --json         one line of JSON when ready instead of the text
  --help

Where Fabric's release comes from, when it is not installed (yici-network fabric install --help):
  --archive FILE  the release archive, fetched before
  --mirror URL    a folder with the release archives
  --sha256 HEX    digest of an archive that is not the official one
  --bin-dir DIR   binaries that are here already

Example:
  $ npm run fabric -- --once --archive ./hyperledger-fabric-linux-amd64-3.1.5.tar.gz
`;

const network = 'network/dist/bin/yici-network.js';
const client = 'client/dist/bin/yici.js';

const text = { type: 'string' };
const options = readOptions(usage, join(root, '.yici-fabric'), {
  ...{ archive: text, mirror: text, sha256: text, 'bin-dir': text },
  once: { type: 'boolean', default: false },
});
const { state } = options;
await getReady(options);

/** What runs, to be stopped in the opposite order. */
const running = [];
let stopping;
onStop(() => void end(0));

await installFabric();
if (options.reset) await must(network, ['reset', '--force', '--dir', state]);
await bringUp();
const ready = await openDoor();
const story = options['no-demo'] ? 0 : await playStory(ready);
await report();
if (options.once) await end(story);
else if (story !== 0) process.exitCode = story;

/** Fabric's release, once for all projects of this user. */
async function installFabric() {
  const given = ['archive', 'mirror', 'sha256', 'bin-dir'].flatMap((name) =>
    options[name] === undefined ? [] : [`--${name}`, options[name]],
  );
  const code = await run(network, ['fabric', 'install', ...given]);
  if (code === 0) return;
  process.stderr.write(`
yici: Fabric 未安装，真实网络无法启动 Fabric is not installed, so no real network can start. Any one of these mends it:
  npm run fabric -- --mirror URL     内网镜像 a mirror in your own network that holds the release archives
  npm run fabric -- --archive FILE   另行取得的发布包 the release archive, brought here another way
  npm run fabric -- --bin-dir DIR    已有的程序 binaries that are here already
  npm start                          不需要 Fabric：嵌入式引擎 needs none: the embedded engine, one machine
`);
  await end(code);
}

/** The network in a process of its own, out of the terminal's reach, so that a Ctrl-C stops the gateway before it. */
async function bringUp() {
  const given = ['topology', 'bin-dir'].flatMap((name) =>
    options[name] === undefined ? [] : [`--${name}`, resolve(options[name])],
  );
  mkdirSync(join(state, 'logs'), { recursive: true, mode: 0o700 });
  const log = openSync(join(state, 'logs', 'network.log'), 'a', 0o600);
  const args = ['up', '--foreground', '--engine', 'fabric', '--dir', state, ...given];
  const child = spawn(process.execPath, [join(root, network), ...args], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ended = over(child);
  running.push(() => stopped(child, ended));
  const failure = await Promise.race([isUp(child), ended.then((code) => code || 70)]);
  if (failure === undefined) {
    ended.then((code) => endedEarly('the network', code || 70));
    return;
  }
  if (stopping !== undefined) await end(failure);
  process.stderr
    .write(`yici: its log is ${join(state, 'logs', 'network.log')}. A network that still runs on this folder:
  npx yici-network down --dir ${relative(process.cwd(), state) || '.'}
`);
  await end(failure);
}

/** Resolves when the network is ready; its words go to standard error. */
function isUp(child) {
  return new Promise((done) => {
    child.on('message', ({ kind, text, code, message }) => {
      if (kind === 'ready') done(undefined);
      else if (stopping === undefined)
        process.stderr.write(kind === 'failed' ? `yici: ${code}: ${message}\n` : `${text}\n`);
    });
  });
}

async function openDoor() {
  const config = join(state, 'gateway.yaml');
  if (!existsSync(config)) {
    process.stderr.write('yici: no department of the topology has a user whose role is gateway.\n');
    await end(exitCodes.usage);
  }
  const gateway = spawnGateway(options, ['--config', config]);
  const ended = over(gateway);
  running.push(() => stopped(gateway, ended));
  const line = new Promise((done) => createInterface({ input: gateway.stdout }).once('line', done));
  const first = await Promise.race([line, ended]);
  if (typeof first !== 'string') await end(first || 70);
  ended.then((code) => endedEarly('the gateway', code || 70));
  return JSON.parse(first);
}

/** Loads the demo data, which does nothing when it is there, plays the story, and has the chain verified alone. */
async function playStory({ url, genesisHash }) {
  const where = ['--gateway', url, '--identities', join(state, 'identities')];
  const stdout = options.json ? 2 : 1;
  return (
    (await run(client, ['demo', 'load', ...where])) ||
    (await run(client, ['demo', 'run', ...where], stdout)) ||
    (await auditAlone({ state, url, genesisHash, stdout }, run))
  );
}

async function report() {
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ ...ready, story })}\n`);
    return;
  }
  process.stdout.write('\n');
  await run(network, ['status', '--dir', state], 1);
  process.stdout.write(welcome());
}

function welcome() {
  const folder = relative(process.cwd(), state) || '.';
  const identities = join(folder, 'identities');
  const at = ready.url === 'http://127.0.0.1:8080' ? '' : ` --gateway ${ready.url}`;
  const verdict =
    story === 0 ? '' : `\n  演示未完成 the story ended with code ${story}; see above.\n`;
  const rest = options.once
    ? ''
    : `
接着试 try next, in another terminal:
  npx yici inbox --identity ${identities}/finance.clerk1${at}
  npx yici-network status --dir ${folder}
  npx yici-network blocks export --dir ${folder} --out blocks && npx yici audit verify blocks --pin ${ready.genesisHash}

Ctrl-C 停止 stops. 数据在 state in ${folder}
`;
  return `${verdict}
一次 Yici ${options.once ? '已演示 was at' : '已就绪 ready:'} ${ready.url}
  通道 channel      ${ready.channel}（Fabric 引擎，各部门自己的节点；此处都在一台机器上 every department's own nodes, here all on one machine）
  创世哈希 genesis  ${ready.genesisHash}
  接口 API          ${ready.url}/docs
${rest}`;
}

/** Runs one of the project's programs; answers its exit code. Its result goes to standard error unless told. */
async function run(file, args, stdout = 2) {
  const child = spawn(process.execPath, [join(root, file), ...args], {
    stdio: ['ignore', stdout, 2],
  });
  running.push(() => child.kill('SIGTERM'));
  const code = await over(child);
  // While everything stops, nothing that would come next is begun.
  return stopping === undefined ? code : end(code);
}

async function must(file, args) {
  const code = await run(file, args);
  if (code !== 0) await end(code);
}

/** How a process ended: its exit code, 0 when it was asked to by signal. */
function over(child) {
  return new Promise((done) => {
    child.once('error', (error) => {
      process.stderr.write(`yici: ${error.message}\n`);
      done(exitCodes.environment);
    });
    child.once('exit', (code, signal) => done(code ?? (signal === 'SIGTERM' ? 0 : 70)));
  });
}

async function stopped(child, ended) {
  child.kill('SIGTERM');
  await ended;
}

function endedEarly(what, code) {
  if (stopping !== undefined) return;
  process.stderr.write(`yici: ${what} ended by itself with code ${code}.\n`);
  void end(code);
}

/** Stops what runs, gateway before network, and ends with the code given or the one noted before. Never resolves. */
function end(code) {
  stopping ??= (async () => {
    if (running.length > 0) process.stderr.write('yici: 正在停止 stopping ...\n');
    for (const stop of running.reverse()) await stop();
    process.exit(code || process.exitCode || 0);
  })();
  return new Promise(() => undefined);
}
