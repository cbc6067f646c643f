#!/usr/bin/env node
// `npm run release [-- --out FOLDER]`: builds, then makes what a department's host needs and no more as one archive, with a bill of
// materials (CycloneDX) and the SHA-256 of both. The archive runs after `npm ci --omit=dev` in its folder. It depends on the files and
// the commit's time alone, so that two departments that make it of one commit with one Node can compare the digests.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { exitCodes, note, prepare, refuse, root, say } from './prepare.mjs';

const usage = say({
  zh: `用法：npm run release -- [--out 目录] [--json] [--lang zh|en]

把部门主机所需的文件打成一个发布包，并附物料清单（CycloneDX）和 SHA-256。

示例：
  $ npm run release -- --out release
`,
  en: `Usage: npm run release -- [--out FOLDER] [--json] [--lang zh|en]

Makes the release archive of what a department's host needs, its bill of materials (CycloneDX) and their SHA-256.

Example:
  $ npm run release -- --out release
`,
});

/** The console is bundled: it brings no package of its own. */
const whole = ['console/dist', 'docs', 'monitoring', 'packaging'];
const single = ['LICENSE', 'README.md', 'README.zh-CN.md', 'CHANGELOG.md', '.npmrc'];

const options = optionsOf(process.argv.slice(2));
if (options.help) {
  process.stdout.write(usage);
  process.exit(0);
}
prepare('checked');
const { default: tar } = await import('tar-stream');
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** Packages of the archive, each with the files that its package.json names. */
const workspaces = own.workspaces.filter((each) => !['console', 'test'].includes(each));
const name = `yici-${own.version}`;
const staging = mkdtempSync(join(tmpdir(), 'yici-release-'));
try {
  const out = resolve(options.out);
  mkdirSync(out, { recursive: true });
  const folder = join(staging, name);
  stage(folder);
  lock(folder);
  const bill = billOfMaterials(folder);
  writeFileSync(join(folder, 'sbom.cdx.json'), bill);
  writeFileSync(join(out, `${name}.cdx.json`), bill);
  await archive(folder, join(out, `${name}.tar.gz`));
  report(out, [`${name}.tar.gz`, `${name}.cdx.json`]);
} finally {
  rmSync(staging, { recursive: true, force: true });
}

function optionsOf(args) {
  try {
    return parseArgs({
      args,
      options: {
        out: { type: 'string', default: 'release' },
        json: { type: 'boolean', default: false },
        lang: { type: 'string' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }).values;
  } catch (error) {
    return refuse(
      { zh: `用法有误：${error.message}`, en: `USAGE: ${error.message}` },
      exitCodes.usage,
    );
  }
}

function stage(folder) {
  note({ zh: '正在收集文件…', en: 'collecting the files …' });
  for (const path of packedFiles()) copy(folder, path);
  for (const path of whole) if (existsSync(join(root, path))) copy(folder, path);
  for (const path of single) copy(folder, path);
  copy(folder, 'chaincode/package-lock.json');
  copy(folder, 'package-lock.json');
  for (const workspace of workspaces) reduce(join(folder, workspace));
  writeJson(join(folder, 'package.json'), { ...own, scripts: undefined, workspaces });
  reduce(folder);
}

/** Takes out what only builds and tests need. */
function reduce(folder) {
  const file = join(folder, 'package.json');
  writeJson(file, { ...JSON.parse(readFileSync(file, 'utf8')), devDependencies: undefined });
}

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

function copy(folder, path) {
  const to = join(folder, path);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(join(root, path), to, { recursive: true });
}

/** By npm's own rules, without the output of sources that are gone, which tsc leaves. */
function packedFiles() {
  const named = workspaces.map((workspace) => `--workspace=${workspace}`);
  const packed = JSON.parse(npm(root, 'pack', '--dry-run', '--json', ...named));
  return packed.flatMap(({ files }, index) =>
    files
      .map(({ path }) => path)
      .filter((path) => hasSource(workspaces[index], path))
      .map((path) => join(workspaces[index], path)),
  );
}

function hasSource(workspace, path) {
  const output = /^(?:library\/)?dist\/(.+?)(?:\.d\.ts|\.js)$/.exec(path);
  if (output === null) return true;
  const source = join(root, workspace.replace('chaincode/library', 'chaincode'), 'src', output[1]);
  return ['.ts', '.tsx'].some((ending) => existsSync(source + ending));
}

/** The lock file of the whole repository, without what the archive leaves out; nothing is looked up. */
function lock(folder) {
  note({ zh: '正在整理依赖的锁定文件…', en: 'reducing the lock file …' });
  npm(folder, 'install', '--package-lock-only', '--offline', '--ignore-scripts');
}

/** Without npm's random serial number and the time of making. */
function billOfMaterials(folder) {
  const made = JSON.parse(
    npm(folder, 'sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'),
  );
  delete made.serialNumber;
  made.metadata.timestamp = new Date(commitSeconds() * 1000).toISOString();
  return `${JSON.stringify(made, null, 2)}\n`;
}

function npm(cwd, ...args) {
  return execFileSync('npm', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 256 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
}

/** SOURCE_DATE_EPOCH as reproducible-builds.org has it, else the commit's time; 0 outside a checkout. */
function commitSeconds() {
  const given = process.env.SOURCE_DATE_EPOCH;
  if (given !== undefined) return Number(given);
  try {
    const text = execFileSync('git', ['log', '-1', '--format=%ct'], {
      cwd: root,
      encoding: 'utf8',
    });
    return Number(text);
  } catch {
    return 0;
  }
}

async function archive(folder, file) {
  note({ zh: '正在打包…', en: 'packing …' });
  const pack = tar.pack();
  const written = pipeline(pack, createGzip({ level: 9 }), createWriteStream(file));
  const mtime = new Date(commitSeconds() * 1000);
  for (const path of filesIn(folder)) {
    const mode = /\/bin\/[^/]+\.mjs$/.test(path) ? 0o755 : 0o644;
    const entry = { name: relative(dirname(folder), path).replaceAll('\\', '/'), mode, mtime };
    pack.entry(entry, readFileSync(path));
  }
  pack.finalize();
  await written;
  chmodSync(file, 0o644);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .sort();
}

function report(out, names) {
  const made = names.map((file) => {
    const bytes = readFileSync(join(out, file));
    return { file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  const sums = made.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join('');
  writeFileSync(join(out, 'SHA256SUMS'), sums);
  process.stdout.write(options.json ? `${JSON.stringify({ folder: out, files: made })}\n` : sums);
}
