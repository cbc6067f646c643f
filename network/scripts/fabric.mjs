#!/usr/bin/env node
// `npm run fabric`: from a fresh clone to the demo on real Fabric, every department with its own peer. Installs and builds
// what is missing, installs Fabric's official release once for the user, brings the network up, runs the gateway over it,
// plays the demo story, says how every node is, and keeps it all running until Ctrl-C; with --once it stops at the end.
import { spawn } from 'node:child_process';
import { closeSync, createWriteStream, existsSync, mkdirSync, openSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { auditAlone } from './audit.mjs';
import { getReady, onStop, readOptions, spawnGateway } from './command.mjs';
import { exitCodes, note, root, say } from './prepare.mjs';

const usage = say({
  zh: `npm run fabric -- [选项]

  --state 目录     数据目录（缺省 .yici-fabric）
  --port 端口      网关端口（缺省 8080）
  --topology 文件  新数据目录所用的拓扑文件（缺省为演示的 network/demo/topology.yaml）
  --host 地址      网关监听地址（缺省 127.0.0.1）
  --reset          重新开始：先清除数据目录中的密钥、账本和索引
  --once           演示之后全部停止，退出码为演示结果
  --no-demo        不装载演示数据，也不演示
  --json           就绪时输出一行 JSON
  --lang zh|en     显示语言（YICI_LANG）
  --help           显示帮助

尚未安装 Fabric 时，安装包的来源（见 yici-network fabric install --help）：
  --archive 文件  另行取得的安装包
  --mirror 网址   存放安装包的目录的网址
  --sha256 哈希   非官方安装包的 SHA-256
  --bin-dir 目录  已有的程序

示例：
  $ npm run fabric -- --once --archive ./hyperledger-fabric-linux-amd64-3.1.5.tar.gz
`,
  en: `npm run fabric -- [options]

  --state DIR    data folder (default .yici-fabric)
  --port PORT    gateway's port (default 8080)
  --topology F   topology of a new data folder (default: the demo's, network/demo/topology.yaml)
  --host HOST    address the gateway listens on (default 127.0.0.1)
  --reset        begin anew: removes the data folder's keys, chain and index first
  --once         stop everything after the story; the exit code says how it went
  --no-demo      neither load the demo data nor play the story
  --json         one line of JSON when ready instead of the text
  --lang zh|en   language of what is shown (YICI_LANG)
  --help         show this

Where Fabric's release comes from, when it is not installed (yici-network fabric install --help):
  --archive FILE  the release archive, fetched before
  --mirror URL    a folder with the release archives
  --sha256 HEX    digest of an archive that is not the official one
  --bin-dir DIR   binaries that are here already

Example:
  $ npm run fabric -- --once --archive ./hyperledger-fabric-linux-amd64-3.1.5.tar.gz
`,
});

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
  note({
    zh: `没有安装 Fabric，真实网络无法启动。以下任一方式均可：
  npm run fabric -- --mirror 网址   内网镜像
  npm run fabric -- --archive 文件  另行取得的安装包
  npm run fabric -- --bin-dir 目录  已有的程序
  npm start                        不需要 Fabric：嵌入式引擎，一台机器`,
    en: `Fabric is not installed, so no real network can start. Any one of these mends it:
  npm run fabric -- --mirror URL     a mirror in your own network that holds the release archives
  npm run fabric -- --archive FILE   the release archive, brought here another way
  npm run fabric -- --bin-dir DIR    binaries that are here already
  npm start                          needs none: the embedded engine, one machine`,
  });
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
    ended.then((code) => endedEarly({ zh: '网络', en: 'the network' }, code || 70));
    return;
  }
  if (stopping !== undefined) await end(failure);
  const logFile = join(state, 'logs', 'network.log');
  const folder = relative(process.cwd(), state) || '.';
  note({
    zh: `日志在 ${logFile}。此目录如有仍在运行的网络：\n  npx yici-network down --dir ${folder}`,
    en: `its log is ${logFile}. A network that still runs on this folder:\n  npx yici-network down --dir ${folder}`,
  });
  await end(failure);
}

/** Resolves when the network is ready; its words go to standard error. */
function isUp(child) {
  return new Promise((done) => {
    child.on('message', ({ kind, text, code, message, words }) => {
      const said = (one) => (typeof one === 'string' ? one : say(one));
      if (kind === 'ready') done(undefined);
      else if (stopping === undefined)
        process.stderr.write(
          kind === 'failed' ? `yici: ${code}: ${said(words ?? message)}\n` : `${said(text)}\n`,
        );
    });
  });
}

async function openDoor() {
  const config = join(state, 'gateway.yaml');
  if (!existsSync(config)) {
    note({
      zh: '拓扑中没有角色为网关（gateway）的用户。',
      en: 'no department of the topology has a user whose role is gateway.',
    });
    await end(exitCodes.usage);
  }
  const gateway = spawnGateway(options, ['--config', config], 'pipe');
  keepLog(gateway.stderr);
  const ended = over(gateway);
  running.push(() => stopped(gateway, ended));
  const line = new Promise((done) => createInterface({ input: gateway.stdout }).once('line', done));
  const first = await Promise.race([line, ended]);
  if (typeof first !== 'string') await end(first || 70);
  ended.then((code) => endedEarly({ zh: '网关', en: 'the gateway' }, code || 70));
  return JSON.parse(first);
}

/** Log lines, which are JSON, go beside the network's; why it cannot start is for whoever looks on. */
function keepLog(lines) {
  const log = createWriteStream(join(state, 'logs', 'gateway.log'), { flags: 'a', mode: 0o600 });
  createInterface({ input: lines }).on('line', (line) =>
    (line.startsWith('{') ? log : process.stderr).write(`${line}\n`),
  );
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
    story === 0
      ? ''
      : say({
          zh: `\n  演示未完成，退出码 ${story}，见上文。\n`,
          en: `\n  The story ended with code ${story}; see above.\n`,
        });
  const rest = options.once
    ? ''
    : `
${say({ zh: '接着试（另开一个终端）：', en: 'Try next, in another terminal:' })}
  npx yici inbox --identity ${identities}/finance.clerk1${at}
  npx yici-network status --dir ${folder}
  npx yici-network blocks export --dir ${folder} --out blocks && npx yici audit verify blocks --pin ${ready.genesisHash}

${say({ zh: `Ctrl-C 停止。数据在 ${folder}，日志在 ${folder}/logs`, en: `Ctrl-C stops. State in ${folder}, logs in ${folder}/logs` })}
`;
  const { url, channel, genesisHash } = ready;
  return say({
    zh: `${verdict}
一次${options.once ? '已在此演示' : '已就绪'}：${url}
  通道      ${channel}（Fabric 引擎：各部门自己的节点，此处都在一台机器上）
  创世哈希  ${genesisHash}
  接口文档  ${url}/docs
${rest}`,
    en: `${verdict}
Yici ${options.once ? 'was at' : 'is ready:'} ${url}
  channel   ${channel} (Fabric engine: every department's own nodes, here all on one machine)
  genesis   ${genesisHash}
  API       ${url}/docs
${rest}`,
  });
}

/** Runs one of the project's programs; answers its exit code. By default its result goes to standard error. */
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
  note({
    zh: `${what.zh}自行停止，退出码 ${code}。`,
    en: `${what.en} ended by itself with code ${code}.`,
  });
  void end(code);
}

/** Stops what runs, gateway before network, and ends with the code given or the one noted before. Never resolves. */
function end(code) {
  stopping ??= (async () => {
    if (running.length > 0) note({ zh: '正在停止…', en: 'stopping ...' });
    for (const stop of running.reverse()) await stop();
    process.exit(code || process.exitCode || 0);
  })();
  return new Promise(() => undefined);
}
