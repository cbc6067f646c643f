#!/usr/bin/env node
// `npm test [-- FOLDER ...]`: installs and builds what is missing, runs every suite (or those of the folders named,
// such as "unit/ledger"), and ends with mocha's own count.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from '../../network/scripts/prepare.mjs';

/** How long open handles may keep the process after the last test; longer means that a test left something open. */
const lingerMs = 15_000;
const suites = ['unit', 'integration', 'conformance', 'e2e', 'faults'];

const built = join(root, 'test', 'dist');

function testFiles(chosen) {
  return readdirSync(built, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.test.js') && suites.includes(file.split(/[\\/]/)[0]))
    .filter((file) => chosen.length === 0 || chosen.some((folder) => file.startsWith(folder)))
    .sort()
    .map((file) => join(built, file));
}

async function runMocha(files) {
  const { default: Mocha } = await import(
    pathToFileURL(join(root, 'node_modules/mocha/index.js')).href
  );
  const options = JSON.parse(readFileSync(join(root, '.mocharc.json'), 'utf8'));
  const mocha = new Mocha({ ...options, spec: undefined, reporter: 'spec' });
  files.forEach((file) => mocha.addFile(file));
  await mocha.loadFilesAsync();
  const leftOut = [];
  return await new Promise((done) => {
    const runner = mocha.run(() => done({ stats: runner.stats, leftOut }));
    runner.on('pending', (test) => leftOut.push(test.fullTitle()));
  });
}

prepare();
process.chdir(root);
const files = testFiles(process.argv.slice(2));
const { stats, leftOut } = await runMocha(files);
for (const title of leftOut) console.log(`left out: ${title}`);
const empty = stats.passes + stats.failures === 0;
if (empty)
  console.log(
    `no test ran in ${files.map((file) => relative(root, file)).join(', ') || 'no file'}`,
  );
console.log(`${stats.passes} passed, ${stats.failures} failed, ${stats.pending} skipped`);
process.exitCode = stats.failures > 0 || empty ? 1 : 0;
setTimeout(() => {
  process.stderr.write(
    `open after the last test: ${process.getActiveResourcesInfo().join(', ')}\n`,
  );
  process.exit(1);
}, lingerMs).unref();
