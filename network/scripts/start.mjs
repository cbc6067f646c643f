#!/usr/bin/env node
// `npm start`: from a fresh clone to a running demo. Installs and builds what is missing, runs the gateway with the embedded
// network in it, loads the demo data once and says what to try next.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { getReady, onStop, readOptions, spawnGateway } from './command.mjs';
import { root } from './prepare.mjs';

const usage = `npm start -- [options]

  --state DIR    data folder (default .yici)
  --port PORT    gateway's port (default 8080)
  --topology F   topology of a new data folder (default: the demo's, network/demo/topology.yaml)
  --host HOST    address to listen on (default 127.0.0.1)
  --reset        begin anew: removes the data folder's keys, chain and index first
  --no-demo      do not load the demo data
  --verbose      list every write of the demo data
  --json         one line of JSON when ready instead of the text
  --help

Example:
  $ npm start -- --port 8090 --state /var/lib/yici
`;

const demoDepartments = {
  ...{ organization: '组织部', establishment: '编办', hrss: '人力社保局', finance: '财政局' },
  ...{ drc: '发改委', nrp: '自然资源和规划局', construction: '建设局', medical: '医保局' },
  ...{ fund: '公积金中心', archives: '档案馆', offices: '机关事务中心', data: '数据局' },
  ...{ supervision: '督查室', reform: '政府办（跑改办）' },
};

const options = readOptions(usage, join(root, '.yici'), {
  verbose: { type: 'boolean', default: false },
});
const { state, port } = options;
await getReady(options);
if (options.reset) program('network/dist/bin/yici-network.js', ['reset', '--dir', state]);

const given = options.topology === undefined ? [] : ['--topology', resolve(options.topology)];
const gateway = spawnGateway(options, ['--state', state, ...given]);
let stopping = false;
onStop(() => {
  stopping = true;
  gateway.kill('SIGTERM');
});
gateway.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' ? 0 : 70)));

for await (const line of createInterface({ input: gateway.stdout })) {
  const message = parse(line);
  if (message?.ready === true) await welcome(message);
  else process.stdout.write(`${line}\n`);
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Runs one of the project's programs to its end; its failure is ours. */
function program(file, args) {
  const { status } = spawnSync(process.execPath, [join(root, file), ...args], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(status ?? 70);
}

async function welcome(ready) {
  // The marker lives in the data folder, so that --reset forgets it too.
  const marker = join(state, 'gateway', 'demo-loaded');
  if (!options['no-demo'] && isDemo() && !existsSync(marker)) {
    process.stderr.write('yici: 装载演示数据 loading the demo data ...\n');
    const status = await loadDemo(ready.url);
    if (stopping) return;
    if (status === 0) writeFileSync(marker, `${new Date().toISOString()}\n`);
    else
      process.stderr.write(
        'yici: 演示数据未能装载，下次启动时再试 the demo data could not be loaded; it is tried again at the next start.\n',
      );
  }
  process.stdout.write(options.json ? `${JSON.stringify(ready)}\n` : text(ready));
}

/** The demo's data and commands are for the demo's departments: a topology of one's own has others. */
function isDemo() {
  return Object.keys(demoDepartments).every((id) =>
    existsSync(join(state, 'identities', `${id}.head1`)),
  );
}

function loadDemo(url) {
  const args = ['demo', 'load', '--gateway', url, '--identities', join(state, 'identities')];
  if (options.verbose) args.push('--verbose');
  const loader = spawn(process.execPath, [join(root, 'client/dist/bin/yici.js'), ...args], {
    stdio: ['ignore', 2, 2],
  });
  return new Promise((done) => loader.on('exit', done));
}

function text({ url, channel, genesisHash }) {
  const identities = relative(process.cwd(), join(state, 'identities')) || '.';
  const at = port === 8080 && options.host === '127.0.0.1' ? '' : ` --gateway ${url}`;
  return `
一次 Yici 已就绪 ready: ${url}
  通道 channel        ${channel}（嵌入式引擎，一台机器，一个信任点 embedded engine: one machine, one point of trust）
  创世哈希 genesis    ${genesisHash}
  接口 API            ${url}/docs
${isDemo() ? demoText(identities, at) : ownText(identities, at)}

Ctrl-C 停止 stops. 数据在 state in ${relative(process.cwd(), state) || '.'}
`;
}

function demoText(identities, at) {
  const more = state === join(root, '.yici') ? at : `${at} --identities ${identities}`;
  const names = Object.entries(demoDepartments).map(([id, name]) => `${id} ${name}`);
  const lines = [names.slice(0, 6), names.slice(6, 12), names.slice(12)];
  return `  演示身份 identities ${identities}/<department>.<clerk1|head1>
${lines.map((line) => `    ${line.join(' · ')}`).join('\n')}

接着试 try next, in another terminal:
  npm run demo${more === '' ? '' : ` --${more}`}    # 一件事、数据共享、职责分工协调、红牌、独立复核 the story; a bit over a minute
  npx yici matter list --identity ${identities}/offices.clerk1${at}
  npx yici one-thing list --identity ${identities}/drc.clerk1${at}
  npx yici dataset list --identity ${identities}/hrss.clerk1${at}
  npx yici inbox --identity ${identities}/finance.clerk1${at}`;
}

/** The ledger of a topology of one's own is empty: its departments come first. */
function ownText(identities, at) {
  const users = readdirSync(join(state, 'identities')).sort();
  const head = users.find((user) => user.endsWith('.head1')) ?? users[0];
  return `  身份 identities     ${identities}/
    ${users.join(' · ')}

接着做 next, in another terminal (docs/operations.md):
  npx yici whoami --identity ${identities}/${head}${at}
  npx yici department register --help
  npx yici department list --identity ${identities}/${head}${at}`;
}
