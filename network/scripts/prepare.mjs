// Makes a fresh clone runnable with nothing but Node and npm: checks Node, installs, builds. Only Node's own
// modules may be imported here, because this runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languageOf } from '../../terminal/language.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const programs = [
  'chaincode',
  'api',
  'terminal',
  'ledger',
  'keys',
  'network',
  'gateway',
  'papers',
  'client',
];
const packages = [...programs, 'test', 'test/e2e/console'];
/** Where a package's JavaScript is: chaincode's in the folder that the other packages import it from. */
const outputs = { chaincode: 'chaincode/library/dist', 'test/e2e/console': 'test/dist' };
const outputOf = (folder) => join(root, outputs[folder] ?? join(folder, 'dist'));
const installStamp = join(root, 'node_modules', '.yici-installed');
const buildStamp = join(root, 'node_modules', '.yici-built');
const consoleStamp = join(root, 'node_modules', '.yici-console-built');

/** Exit codes of every command of this project (docs/errors.md). */
export const exitCodes = { usage: 2, environment: 3 };

const language = languageOf(process.argv.slice(2), process.env);
// What is started from here speaks the same language.
process.env.YICI_LANG = language;

/** Says words in the language of this run. */
export const say = (words) => words[language];

/** Says one sentence on standard error. */
export function note(words) {
  process.stderr.write(`yici: ${say(words)}\n`);
}

/** Says one sentence and ends. */
export function refuse(words, code = exitCodes.environment) {
  note(words);
  process.exit(code);
}

/** Refuses a Node older than package.json's `engines`. */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (!fits) {
    refuse({
      zh: `NODE_TOO_OLD：当前为 Node ${version}，请安装 Node 24（最低 20.19，Node 22 须 22.12 以上）。`,
      en: `NODE_TOO_OLD: this is Node ${version}; install Node 24 (the least is 20.19, of 22 it is 22.12).`,
    });
  }
}

/** Refuses a folder that cannot be written, before anything is written to it. */
export function requireWritable(folder) {
  let existing = resolve(folder);
  while (!existsSync(existing)) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
  } catch {
    refuse({
      zh: `FOLDER_NOT_WRITABLE：${existing} 不可写，请另选目录或者修改其权限。`,
      en: `FOLDER_NOT_WRITABLE: ${existing} cannot be written; choose another folder or mend its permissions.`,
    });
  }
  if (!statSync(existing).isDirectory())
    refuse({
      zh: `FOLDER_NOT_WRITABLE：${existing} 不是目录。`,
      en: `FOLDER_NOT_WRITABLE: ${existing} is not a folder.`,
    });
}

/** Refuses a TCP port that somebody holds. */
export async function requireFreePort(host, port) {
  await new Promise((done) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
        refuse({
          zh: `ADDRESS_NOT_HERE：${host} 不是本机的地址；请用 --host 改为本机的地址。`,
          en: `ADDRESS_NOT_HERE: ${host} is no address of this machine; name one of its own with --host.`,
        });
      }
      const why =
        error.code === 'EADDRINUSE'
          ? { zh: '已被占用', en: 'is in use' }
          : { zh: `不能打开（${error.code}）`, en: `cannot be opened (${error.code})` };
      refuse({
        zh: `PORT_IN_USE：${host}:${port} ${why.zh}；请停止占用的程序，或者用 --port 更换端口。`,
        en: `PORT_IN_USE: ${host}:${port} ${why.en}; stop what holds it or choose another with --port.`,
      });
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(done));
  });
}

function run(command, args, folder = root) {
  // npm's own messages go to standard error: standard output belongs to the command that was asked for.
  const result = spawnSync(command, args, {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status === 0) return;
  const line = `${command} ${args.join(' ')}`;
  const end = result.status ?? result.signal ?? result.error?.message;
  refuse({
    zh: `PREPARE_FAILED：“${line}”未成功，结果为 ${end}。`,
    en: `PREPARE_FAILED: "${line}" ended with ${end}.`,
  });
}

/**
 * Installs what a folder's lock file names, once. Its .npmrc has `ignore-scripts`: no package runs a script of its own, with
 * whatever npm; none needs to (classic-level and esbuild bring their binaries).
 */
function install(folder, stamp) {
  const lock = lockDigest(folder);
  if (stampOf(stamp) === lock) return;
  note({ zh: '正在安装依赖…', en: 'installing dependencies ...' });
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  writeFileSync(stamp, lock);
}

const stampOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function lockDigest(folder) {
  return createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
}

function* sources(folder) {
  for (const path of filesIn(folder)) if (/\.ts$|tsconfig.*\.json$/.test(path)) yield path;
}

/** Names, sizes and times of all sources: a cheap answer to "is dist/ current?". */
function sourceDigest() {
  const hash = createHash('sha256');
  for (const name of packages) {
    for (const path of sources(join(root, name))) {
      const { mtimeMs, size } = statSync(path);
      hash.update(`${path}\0${mtimeMs}\0${size}\n`);
    }
  }
  return hash.digest('hex');
}

/**
 * What can be built, each including the one before: the programs; the suites and benchmarks too; all of it with its types
 * checked. Types take ten times as long as the JavaScript, and tell who only wants to run it nothing.
 */
const builds = [
  { name: 'programs', folders: programs, with: 'network/scripts/transpile.mjs' },
  { name: 'suites', folders: packages, with: 'network/scripts/transpile.mjs' },
  { name: 'checked', folders: packages, with: 'node_modules/typescript/bin/tsc', args: ['-b'] },
];

function isBuilt(rank, digest) {
  const [name, of] = stampOf(buildStamp).split(' ');
  return (
    of === digest &&
    builds.findIndex((build) => build.name === name) >= rank &&
    builds[rank].folders.every((folder) => existsSync(outputOf(folder)))
  );
}

function build(wanted) {
  const rank = builds.findIndex(({ name }) => name === wanted);
  const digest = sourceDigest();
  if (isBuilt(rank, digest)) return;
  const { folders, with: script, args = [] } = builds[rank];
  note({ zh: '正在构建…', en: 'building ...' });
  run(process.execPath, [join(root, script), ...args, ...folders]);
  sweep();
  writeFileSync(buildStamp, `${wanted} ${digest}`);
}

/** tsc leaves the output of a source that is gone; of the chaincode, the id of its package would cover it. */
function sweep() {
  const output = outputOf('chaincode');
  for (const path of readdirSync(output, { recursive: true }).map(String)) {
    const source = join(root, 'chaincode/src', path.replace(/\.js$/, '.ts'));
    if (path.endsWith('.js') && !existsSync(source)) rmSync(join(output, path));
  }
}

/** What the console's build depends on: its own files, and the other packages as they were built. */
function consoleDigest() {
  const hash = createHash('sha256').update(stampOf(buildStamp));
  for (const path of filesIn(join(root, 'console'))) {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

/** Bundles the web console that the gateway serves. */
function bundle() {
  const digest = consoleDigest();
  const folder = join(root, 'console');
  if (stampOf(consoleStamp) === digest && existsSync(join(folder, 'dist/index.html'))) return;
  note({ zh: '正在构建控制台…', en: 'building the console …' });
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  run(process.execPath, [vite, 'build', '--logLevel', 'error'], folder);
  writeFileSync(consoleStamp, digest);
}

/** Installs what the lock file names, once; builds what is out of date of `wanted`, a name in `builds`. */
export function prepare(wanted = 'programs') {
  requireNode();
  install(root, installStamp);
  build(wanted);
  bundle();
}

/** Installs the SDK of the engine fabric-network, which nothing but that engine and its suites needs. */
export const prepareFabricNetwork = () => prepareApart('gateway', 'fabric-network');

/** Installs OpenTelemetry's SDK, which nothing but a gateway whose traces are wanted needs. */
export const prepareTracing = () => prepareApart('gateway', 'tracing');

/** Installs what only suites look with: a browser, and a reader of PDF. */
export const prepareBrowser = () => prepareApart('test', 'browser');

/**
 * Compiles the binding of PKCS#11, which nothing but keys in tokens needs, against the headers that are installed with Node: they are
 * fetched from nowhere. Without them or a compiler it stays uncompiled, and what needs it says so.
 */
export function prepareTokens() {
  const folder = join(root, 'node_modules', 'pkcs11js');
  if (existsSync(join(folder, 'build/Release/pkcs11.node')) || !existsSync(folder)) return;
  const prefix = resolve(dirname(process.execPath), '..');
  if (!existsSync(join(prefix, 'include/node'))) return;
  note({ zh: '正在编译 PKCS#11 支持…', en: 'compiling the support for PKCS#11 …' });
  const options = ['--ignore-scripts=false', `--nodedir=${prefix}`, '--loglevel=error'];
  spawnSync('npm', ['rebuild', 'pkcs11js', ...options], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
}

function prepareApart(...path) {
  const folder = join(root, ...path);
  install(folder, join(folder, 'node_modules', '.yici-installed'));
}
