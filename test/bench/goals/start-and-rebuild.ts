import { LongChain } from '../support/long-chain.js';
import type { BenchOptions } from '../support/options.js';
import type { Report } from '../support/report.js';
import { Stack } from '../support/stack.js';
import { measureColdStart } from './cold-start.js';
import { measureIndexRebuild } from './rebuild-index.js';
import { measureLedgerRebuild } from './rebuild-ledger.js';

/** Goal 8: a cold start, and everything derived from the blocks built anew from a long chain of them. */
export async function measureStartAndRebuild(report: Report, options: BenchOptions): Promise<void> {
  await measureColdStart(report, options);
  const stack = await Stack.make();
  try {
    await stack.start();
    const chain = await LongChain.grow(stack, options.transactions);
    await measureLedgerRebuild(report, options, chain);
    await measureIndexRebuild(report, options, chain);
  } finally {
    await stack.remove();
  }
}
