import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readIdentityFolder, YiciClient } from '@yici/client';
import { readDemoData } from '@yici/client/testing';
import { alternate, ratioOf, spread } from '../support/measure.js';
import type { BenchOptions } from '../support/options.js';
import type { Report } from '../support/report.js';
import { Stack } from '../support/stack.js';

const run = promisify(execFile);
const loader = fileURLToPath(new URL('../support/load-modules.js', import.meta.url));

/**
 * Goal 8: from spawning the gateway, its folder holding keys and a genesis block but no chain, to the answer that a
 * department's registration is committed: the chain begun, the chaincode started and approved by six departments, a login,
 * a signed command. Against a process that only imports what the gateway imports. Each chain is verified afterwards.
 */
export async function measureColdStart(report: Report, options: BenchOptions): Promise<void> {
  const kept = await Stack.make();
  try {
    await kept.start();
    await kept.stop();
    const figures = await alternate(
      {
        start: async () => {
          await forgetChain(kept);
          return firstTransaction(kept);
        },
        fresh: freshTransaction,
        modules: loadModules,
      },
      options.rounds,
    );
    report.spread('spawn to first committed transaction, keys there', spread(figures.start), 'ms');
    report.spread('  in an empty folder, keys made first', spread(figures.fresh), 'ms');
    report.spread('  spawn and load the modules', spread(figures.modules), 'ms');
    report.goal({
      goal: '8',
      what: 'cold start to the first committed transaction / module load',
      ratio: ratioOf(figures.start, figures.modules),
      bound: { atMost: 2.5 },
    });
  } finally {
    await kept.remove();
  }
}

async function forgetChain(stack: Stack): Promise<void> {
  for (const folder of ['embedded', 'gateway']) {
    await rm(join(stack.state, folder), { recursive: true, force: true });
  }
}

async function freshTransaction(): Promise<number> {
  const stack = await Stack.make();
  try {
    return await firstTransaction(stack);
  } finally {
    await stack.remove();
  }
}

async function firstTransaction(stack: Stack): Promise<number> {
  const { departments } = await readDemoData();
  const own = departments.find(({ id }) => id === 'hrss');
  assert.ok(own !== undefined);
  const start = performance.now();
  await stack.start();
  const identity = await readIdentityFolder(stack.identityFolder('hrss.head1'));
  const client = new YiciClient({ baseUrl: stack.url, identity });
  await client.login();
  await client.execute('department.register', { ...own });
  const milliseconds = performance.now() - start;
  await stack.stop();
  const { verdict, findings } = await stack.verifyChain();
  assert.equal(verdict, 'VERIFIED', findings[0]?.detail);
  return milliseconds;
}

async function loadModules(): Promise<number> {
  const start = performance.now();
  await run(process.execPath, [loader]);
  return performance.now() - start;
}
