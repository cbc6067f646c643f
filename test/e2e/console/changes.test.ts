import { join } from 'node:path';
import { readTopology } from '@yici/network/testing';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { yiciNetworkHere } from '../../integration/topology/support.js';
import type { RunningGateway } from '../../support/gateway/running-gateway.js';
import { checkAccess } from './support/access.js';
import { picture } from './support/picture.js';
import { openStage } from './support/stage.js';
import { Visitor } from './support/visitor.js';

const printed = z.object({
  fingerprint: z.string(),
  consent: z.object({ missing: z.array(z.string()) }),
});
const setting = 'policies.lifecycleEndorsement=ALL Endorsement';

describe('changes of the channel in the console', function () {
  this.timeout(240_000);
  let gateway: RunningGateway;
  let browser: Browser;

  before(async () => {
    ({ browser, gateway } = await openStage());
  });

  const at = (name: string) => join(gateway.folder, name);

  async function network(...args: string[]): Promise<unknown> {
    const run = await yiciNetworkHere(...args, '--dir', at('state'), '--json');
    expect(run.code, run.err).to.equal(0);
    return JSON.parse(run.out);
  }

  /** Enters with the files of an identity, as an administrator gets them. */
  async function entered(user: string): Promise<Visitor> {
    await network('identity', 'export', user, '--out', at(user));
    const one = await Visitor.at(browser, gateway.url);
    await one.page.getByTestId('new-passphrase').fill('correct horse battery');
    const files = ['cert.pem', 'key.pem', 'connection.json'].map((name) => at(join(user, name)));
    await one.page.locator('input[type=file]').setInputFiles(files);
    await one.page.getByTestId('keep').click();
    await one.page.getByTestId('who').getByText(user).waitFor();
    await one.visit('/ledger/changes');
    return one;
  }

  it('are read from their bytes, signed with the key in the browser, and brought into force', async () => {
    const propose = ['propose', 'set', setting, '--out', at('change.json')];
    const { fingerprint, consent } = printed.parse(
      await network(
        ...['channel', ...propose, '--department', 'establishment', '--gateway', gateway.url],
      ),
    );
    const finance = await entered('finance.admin');
    const { page } = finance;
    const change = page.getByTestId('change');
    await change.getByText('更改出块（batch.*）').waitFor();
    await change.getByText('MAJORITY Endorsement → ALL Endorsement').waitFor();
    await change.getByText(fingerprint).waitFor();
    expect(await change.getByTestId('submit').isDisabled()).to.equal(true);
    expect(await checkAccess(page)).to.deep.equal([]);
    await picture(page, 'channel-change');
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    await change.getByTestId('sign').click();
    await page.getByTestId('sure').click();
    const refused = page.locator('.ant-alert-error');
    await change.getByTestId('signed').getByText('财政局').or(refused).first().waitFor();
    expect(await refused.allTextContents()).to.deep.equal([]);
    expect(sent.some((body) => body.includes('PRIVATE KEY'))).to.equal(false);

    const others = readTopology(at('state/topology.yaml')).departments.filter(
      ({ id, mspId }) => id !== 'finance' && consent.missing.includes(mspId),
    );
    const ids = others.map(({ id }) => id);
    const sign = ['channel', 'sign', fingerprint, '--department', ...ids, '--yes'];
    await network(...sign, '--gateway', gateway.url);
    await finance.visit('/ledger');
    await finance.visit('/ledger/changes');
    await change.getByTestId('submit').click();
    await page.getByText('没有待签名的更改。').waitFor({ timeout: 60_000 });
    const shown = await network('channel', 'show');
    expect(JSON.stringify(shown)).to.include('"policies.lifecycleEndorsement":"ALL Endorsement"');
    await finance.leave();
  });

  it('are shown to who is no administrator, and signed by them not', async () => {
    const propose = ['propose', 'set', 'batch.timeout=90ms', '--out', at('other.json')];
    await network(
      ...['channel', ...propose, '--department', 'establishment', '--gateway', gateway.url],
    );
    const clerk = await entered('finance.clerk1');
    const change = clerk.page.getByTestId('change').filter({ hasText: 'batch.timeout' });
    await change.waitFor();
    expect(await change.getByTestId('sign').isDisabled()).to.equal(true);
    expect(await change.getByTestId('submit').isDisabled()).to.equal(true);
    await clerk.leave();
  });
});
