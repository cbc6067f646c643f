import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { RunningGateway } from '../../../support/gateway/running-gateway.js';
import { openBrowser } from './browser.js';

/** A browser, and a gateway of the demo that shows its roles. */
export interface Stage {
  readonly browser: Browser;
  readonly gateway: RunningGateway;
}

/** Opens both, for one suite. @param shown what is on the ledger before: nothing, the demo's data, or its whole story */
export async function openStage(shown: 'nothing' | 'data' | 'story' = 'data'): Promise<Stage> {
  const browser = await openBrowser();
  const gateway = await RunningGateway.start({ roles: true, enrolmentsPerMinute: 10 });
  if (shown === 'data') {
    const loaded = await gateway.yici(['demo', 'load', '--identities', gateway.identities]);
    expect(loaded.exitCode, loaded.err).to.equal(0);
  }
  if (shown === 'story') {
    const played = await gateway.npmRunDemo();
    expect(played.exitCode, played.err).to.equal(0);
  }
  return { browser, gateway };
}

export async function closeStage({ browser, gateway }: Stage): Promise<void> {
  await browser.close();
  expect(await gateway.stop()).to.equal(0);
}
