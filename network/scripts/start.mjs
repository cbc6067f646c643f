#!/usr/bin/env node
// `npm start`: from a fresh clone to a running demo. Installs and builds what is missing, runs the gateway with the embedded
// network in it, loads the demo data once and says what to try next.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { getReady, onStop, readOptions, spawnGateway } from './command.mjs';
import { note, root, say } from './prepare.mjs';

const usage = say({
  zh: `npm start -- [选项]

  --state 目录     数据目录（缺省 .yici）
  --port 端口      网关端口（缺省 8080）
  --topology 文件  新数据目录所用的拓扑文件（缺省为演示的 network/demo/topology.yaml）
  --host 地址      监听地址（缺省 127.0.0.1）
  --reset          重新开始：先清除数据目录中的密钥、账本和索引
  --no-demo        不装载演示数据
  --verbose        逐条列出装载的演示数据
  --json           就绪时输出一行 JSON
  --lang zh|en     显示语言（YICI_LANG）
  --help           显示帮助

示例：
  $ npm start -- --port 8090 --state /var/lib/yici
`,
  en: `npm start -- [options]

  --state DIR    data folder (default .yici)
  --port PORT    gateway's port (default 8080)
  --topology F   topology of a new data folder (default: the demo's, network/demo/topology.yaml)
  --host HOST    address to listen on (default 127.0.0.1)
  --reset        begin anew: removes the data folder's keys, chain and index first
  --no-demo      do not load the demo data
  --verbose      list every write of the demo data
  --json         one line of JSON when ready instead of the text
  --lang zh|en   language of what is shown (YICI_LANG)
  --help         show this

Example:
  $ npm start -- --port 8090 --state /var/lib/yici
`,
});

/** Whom a visitor may be first: a role each. */
const firstLogins = [
  ['hrss.clerk1', { zh: '经办人（申报、会办）', en: 'a clerk, who files and gives opinions' }],
  ['offices.clerk1', { zh: '经办人（收件、受理）', en: 'a clerk, who receives and accepts' }],
  ['offices.head1', { zh: '负责人（会签、决定）', en: 'a head, who cosigns and decides' }],
  ['data.clerk1', { zh: '数据管理', en: 'who answers for shared data' }],
  ['supervision.supervisor1', { zh: '督查员', en: 'a supervisor' }],
];

const demoDepartments = {
  organization: { zh: '组织部', en: 'Organization Department' },
  establishment: { zh: '编办', en: 'Establishment Office' },
  hrss: { zh: '人力社保局', en: 'Human Resources and Social Security' },
  finance: { zh: '财政局', en: 'Finance Bureau' },
  drc: { zh: '发改委', en: 'Development and Reform Commission' },
  nrp: { zh: '自然资源和规划局', en: 'Natural Resources and Planning' },
  construction: { zh: '建设局', en: 'Construction Bureau' },
  medical: { zh: '医保局', en: 'Medical Security Bureau' },
  fund: { zh: '公积金中心', en: 'Housing Fund Centre' },
  archives: { zh: '档案馆', en: 'Archives' },
  offices: { zh: '机关事务中心', en: 'Government Offices Centre' },
  data: { zh: '数据局', en: 'Data Bureau' },
  supervision: { zh: '督查室', en: 'Supervision Office' },
  reform: { zh: '政府办', en: 'Government Office' },
};

const options = readOptions(usage, join(root, '.yici'), {
  verbose: { type: 'boolean', default: false },
});
const { state, port } = options;
await getReady(options);
if (options.reset) program('network/dist/bin/yici-network.js', ['reset', '--dir', state]);

const given = options.topology === undefined ? [] : ['--topology', resolve(options.topology)];
const { dataFolder, demoRolesIn } = await import('../dist/index.js');
const roles = mayShowRoles() ? ['--demo-roles'] : [];
const gateway = spawnGateway(options, ['--state', state, ...given, ...roles]);
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

/** The console lets a visitor take the demo's roles only where nobody but this machine's user can reach it. */
function mayShowRoles() {
  if (!['127.0.0.1', 'localhost', '::1'].includes(options.host)) return false;
  if (!existsSync(join(state, 'topology.yaml'))) return given.length === 0;
  return demoRolesIn(dataFolder(state)) !== undefined;
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
    note({ zh: '正在装载演示数据…', en: 'loading the demo data ...' });
    const status = await loadDemo(ready.url);
    if (stopping) return;
    if (status === 0) writeFileSync(marker, `${new Date().toISOString()}\n`);
    else
      note({
        zh: '演示数据未能装载，下次启动时再试。',
        en: 'the demo data could not be loaded; it is tried again at the next start.',
      });
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
  const folder = relative(process.cwd(), state) || '.';
  const rest = isDemo() ? demoText(identities, at) : ownText(identities, at);
  return say({
    zh: `
一次已就绪：${url}
  通道      ${channel}（嵌入式引擎：一台机器，一个信任点）
  创世哈希  ${genesisHash}
  控制台    ${url}
  接口文档  ${url}/docs
${rest}

Ctrl-C 停止。数据在 ${folder}
`,
    en: `
Yici is ready: ${url}
  channel   ${channel} (embedded engine: one machine, one point of trust)
  genesis   ${genesisHash}
  console   ${url}
  API       ${url}/docs
${rest}

Ctrl-C stops. State in ${folder}
`,
  });
}

function demoText(identities, at) {
  const more = state === join(root, '.yici') ? at : `${at} --identities ${identities}`;
  const names = Object.entries(demoDepartments).map(([id, name]) => `${id} ${say(name)}`);
  const lines = [names.slice(0, 5), names.slice(5, 10), names.slice(10)];
  const head = say({
    zh: `  演示身份  ${identities}/<部门代码>.<clerk1 经办人|head1 负责人>；督查室另有 supervisor1、supervisor2（督查员）`,
    en: `  identities  ${identities}/<department>.<clerk1|head1>, and supervision.supervisor1, .supervisor2`,
  });
  const story = say({
    zh: '一件事、数据共享、职责分工协调、红牌、独立复核，约两分钟',
    en: 'the story; about two minutes',
  });
  const roles = firstLogins.map(([user, what]) => {
    return `  npx yici login --identity ${identities}/${user}${at}    # ${say(what)}`;
  });
  return `${head}
${lines.map((line) => `    ${line.join(' · ')}`).join('\n')}

${say({ zh: '接着试（另开一个终端）：', en: 'Try next, in another terminal:' })}
  npm run demo${more === '' ? '' : ` --${more}`}    # ${story}
${roles.join('\n')}
  npx yici inbox    # ${say({ zh: '待办，以及每件事怎样办', en: 'what waits, and how each thing is done' })}`;
}

/** The ledger of a topology of one's own is empty: its departments come first. */
function ownText(identities, at) {
  const users = readdirSync(join(state, 'identities')).sort();
  const head = users.find((user) => user.endsWith('.head1')) ?? users[0];
  return `${say({ zh: '  身份目录 ', en: '  identities' })} ${identities}/
    ${users.join(' · ')}

${say({
  zh: '接着做（另开一个终端，见 docs/operations.md）：',
  en: 'Next, in another terminal (docs/operations.md):',
})}
  npx yici whoami --identity ${identities}/${head}${at}
  npx yici department register --help
  npx yici department list --identity ${identities}/${head}${at}`;
}
