// Runs the test files of one room in this process and tells its parent mocha's own result.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../network/scripts/prepare.mjs';

/** How long open handles may keep the process after the last test; longer means that a test left something open. */
const lingerMs = 15_000;

const { default: Mocha } = await import(
  pathToFileURL(join(root, 'node_modules/mocha/index.js')).href
);
const mocha = new Mocha(JSON.parse(readFileSync(join(root, '.mocharc.json'), 'utf8')));
for (const file of process.argv.slice(2)) mocha.addFile(file);
await mocha.loadFilesAsync();

/** Why a test failed: the message and where, with what the error carries beyond it (its code, the end of a node's log). */
function reason(error) {
  const { details } = error ?? {};
  const more = details === undefined ? '' : `\n${JSON.stringify(details, null, 2)}`;
  return `${error?.stack ?? String(error)}`.split('\n').slice(0, 12).join('\n') + more;
}

const indented = (text) => text.replace(/^/gm, '    ');

const leftOut = [];
const failed = [];
const runner = mocha.run(() => {
  const { passes, failures, pending } = runner.stats;
  process.send({ passes, failures, pending, leftOut, failed }, () => process.disconnect());
  process.exitCode = failures > 0 ? 1 : 0;
  setTimeout(() => {
    process.stderr.write(
      `open after the last test: ${process.getActiveResourcesInfo().join(', ')}\n`,
    );
    process.exit(2);
  }, lingerMs).unref();
});
runner.on('pending', (test) => leftOut.push(test.fullTitle()));
runner.on('fail', (test, error) => failed.push(`${test.fullTitle()}\n${indented(reason(error))}`));
