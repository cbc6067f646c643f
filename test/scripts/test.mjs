#!/usr/bin/env node
// `npm test [-- FOLDER ...]`: installs and builds what is missing, runs every suite (or those of the folders named,
// such as "unit/ledger"), and ends with mocha's own count. Each room runs in a process of its own: chaincode brings an
// older copy of Fabric's generated messages, and the two copies share one global namespace.
import { fork } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  prepare,
  prepareBrowser,
  prepareFabricNetwork,
  prepareTokens,
  prepareTracing,
  root,
} from '../../network/scripts/prepare.mjs';

const suites = ['unit', 'integration', 'conformance', 'attacks', 'e2e', 'faults'];
const built = join(root, 'test', 'dist');
const roomScript = fileURLToPath(new URL('./room.mjs', import.meta.url));

/**
 * Test files by room, e.g. `unit/ledger`, in the order of `suites`; a file that lies in no folder is a room by itself. Beyond units,
 * which start nothing, a folder in a room is a room too: what it starts is its own, so that both can run side by side.
 */
function rooms(chosen) {
  const found = new Map();
  for (const file of readdirSync(built, { recursive: true }).map(String).sort()) {
    const places = file.split(/[\\/]/);
    const [suite] = places;
    if (!file.endsWith('.test.js') || !suites.includes(suite)) continue;
    // tsc leaves the output of a source that is gone.
    if (!existsSync(join(root, 'test', file.replace(/\.js$/, '.ts')))) continue;
    if (chosen.length > 0 && !chosen.some((folder) => file.startsWith(folder))) continue;
    const deep = suite === 'unit' ? 2 : Math.max(2, places.length - 1);
    const name = places
      .slice(0, deep)
      .join('/')
      .replace(/\.test\.js$/, '');
    found.set(name, [...(found.get(name) ?? []), join(built, file)]);
  }
  const rank = ([name]) => suites.indexOf(name.split('/')[0]);
  return [...found].sort((one, other) => rank(one) - rank(other));
}

/** What mocha counted in one room; a room that could not even report is one failure. */
function runRoom([name, files], output) {
  const started = Date.now();
  return new Promise((done) => {
    let result = {
      passes: 0,
      failures: 1,
      pending: 0,
      leftOut: [],
      failed: [`${name} did not report`],
    };
    // Suites read what programs say: in Chinese, whatever this machine speaks.
    const env = { ...process.env, YICI_LANG: 'zh' };
    const child = fork(roomScript, files, { cwd: root, env, stdio: ['ignore', ...output, 'ipc'] });
    const said = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (part) => said.push(part));
    child.on('message', (message) => (result = message));
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(said));
      if (code === 2 || code === null) {
        result = {
          ...result,
          failures: result.failures + 1,
          failed: [...result.failed, `${name} did not end by itself`],
        };
      }
      done({ ...result, name, seconds: (Date.now() - started) / 1000 });
    });
  });
}

/** Rooms of whole gateways or networks with ports of their own that mostly wait, the longest first: for a browser, for a limit of a minute to pass. */
const waiting = [
  ...['e2e/console', 'e2e/console/story', 'e2e/manual', 'integration/gateway', 'e2e/demo'],
  ...['e2e/first-day', 'faults/fabric', 'faults/disk', 'faults/kill', 'integration/operations'],
  ...['integration/topology', 'integration/fabric-network', 'e2e/release'],
];
/** Attacks that look at the clock, at memory or at rates: beside others they would measure those. */
const measuring = /^attacks\/(00|09)-/;
/** Suites on real Fabric, but for its long fault, have the machine to themselves: its peers give up on each other after seconds. */
const isWaiting = ([name]) =>
  waiting.includes(name) ||
  (name.startsWith('integration/') && name !== 'integration/fabric') ||
  (name.startsWith('attacks/') && !name.endsWith('-fabric') && !measuring.test(name));
const orderOf = ([name]) => (waiting.includes(name) ? waiting.indexOf(name) : waiting.length);

/** Rooms that start no node, and those that mostly wait, run side by side, each heard when it is over; the others one by one. */
async function runRooms(all) {
  const results = [];
  const sideBySide = async (rooms) => {
    const left = [...rooms];
    const lane = async () => {
      for (let room = left.shift(); room !== undefined; room = left.shift()) {
        const result = await runRoom(room, ['pipe', 'pipe']);
        const { passes, failures, seconds } = result;
        console.log(
          `== ${room[0]}: ${passes} passed, ${failures} failed, ${Math.round(seconds)} s`,
        );
        results.push(result);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, lane));
  };
  const units = all.filter(([name]) => name.startsWith('unit/'));
  const slow = all.filter(isWaiting).sort((one, other) => orderOf(one) - orderOf(other));
  await sideBySide(units);
  for (const room of all.filter((one) => !units.includes(one) && !slow.includes(one))) {
    console.log(`\n== ${room[0]}`);
    results.push(await runRoom(room, ['inherit', 'inherit']));
  }
  await sideBySide(slow);
  return results;
}

/** Rooms whose suites look at a page of the console, or at a paper. */
const looking = [
  'e2e/console',
  'e2e/console/story',
  'e2e/fabric',
  'integration/gateway',
  'unit/papers',
];

/** Rooms whose suites sign with keys in tokens. */
const tokens = ['integration/pkcs11', 'conformance/authorities'];

prepare('checked');
const started = Date.now();
const chosen = rooms(process.argv.slice(2));
if (chosen.some(([name]) => name === 'integration/fabric-network')) prepareFabricNetwork();
if (chosen.some(([name]) => name === 'integration/tracing')) prepareTracing();
if (chosen.some(([name]) => tokens.includes(name))) prepareTokens();
if (chosen.some(([name]) => looking.includes(name))) prepareBrowser();
const results = await runRooms(chosen);
const sum = (pick) => results.reduce((total, result) => total + pick(result), 0);
const [passed, failed, skipped] = [
  sum((r) => r.passes),
  sum((r) => r.failures),
  sum((r) => r.pending),
];
for (const result of results) {
  for (const title of result.leftOut) console.log(`left out: ${title}`);
  for (const title of result.failed) console.log(`failed: ${title}`);
}
const slowest = results.toSorted((one, other) => other.seconds - one.seconds).slice(0, 8);
console.log(
  `longest: ${slowest.map(({ name, seconds }) => `${name} ${Math.round(seconds)} s`).join(', ')}`,
);
console.log(
  `${results.length} rooms in ${Math.round((Date.now() - started) / 1000)} s, Node ${process.versions.node}`,
);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
